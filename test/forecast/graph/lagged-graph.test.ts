import { describe, expect, it } from '@jest/globals';
import type { Dependents, GraphPath } from '../../../models/forecast/graph/graph-forecaster.ts';
import { laggedGraph } from '../../../models/forecast/graph/lagged-graph.ts';
import { instant, type Series } from '../../../models/kernel/series.ts';
import { seededNormal } from '../../seeded.ts';

const STEP_MS = 900_000;
const DAY = 96;
const KNOWN = 8 * DAY;
const AHEAD = 4;

const on = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: STEP_MS, values });
const graph = laggedGraph('graph', { mostLag: 6 });

/** Two callers with a day's wave and slow noise of their own, a bystander, and a callee that follows the callers. */
function world(seed: number) {
  const normal = seededNormal(seed);
  const n = KNOWN + AHEAD;
  const wandering = (daily: number): Float64Array => {
    let slow = 0;
    return Float64Array.from({ length: n }, (_, i) => {
      slow = 0.7 * slow + 6 * normal();
      return 200 + daily * Math.sin((2 * Math.PI * i) / DAY) + slow;
    });
  };
  const [one, two, bystander] = [wandering(40), wandering(20), wandering(40)];
  const callee = Float64Array.from(
    { length: n },
    (_, i) => 0.6 * one![Math.max(0, i - 4)]! + 0.3 * two![Math.max(0, i - 5)]! + normal(),
  );
  return { callee, others: { one: one!, two: two!, bystander: bystander! } };
}

function dependents({ callee, others }: ReturnType<typeof world>, names = Object.keys(others)): Dependents {
  const known = (values: Float64Array): Series => on(values.subarray(0, KNOWN));
  const named = Object.entries(others).filter(([name]) => names.includes(name));
  return { target: known(callee), others: named.map(([name, values]) => ({ name, series: known(values) })) };
}

const answerOf = (loads: Dependents, horizon = AHEAD): GraphPath => {
  const answer = graph.path(loads, horizon);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

const errorOf = (path: Float64Array, { callee }: ReturnType<typeof world>): number =>
  path.reduce((sum, value, k) => sum + Math.abs(value - callee[KNOWN + k]!), 0) / AHEAD;

const SEEDS = [1, 2, 3, 4, 5];

describe('a graph of loads', () => {
  it('finds who leads the target and by how long, and not the bystander', () => {
    const { leads } = answerOf(dependents(world(1)));
    expect(leads[0]).toMatchObject({ from: 'one', lagSteps: 4 });
    expect(leads.find(({ from }) => from === 'two')?.lagSteps).toBe(5);
    const strongest = Math.abs(leads[0]!.weight);
    for (const { from, weight } of leads)
      if (from === 'bystander') expect(Math.abs(weight)).toBeLessThan(strongest / 5);
  });

  it('errs less than half of what the same model errs without the others, over five worlds', () => {
    const total = (names?: readonly string[]): number =>
      SEEDS.map(world).reduce(
        (sum, one) => sum + errorOf(answerOf(dependents(one, names === undefined ? undefined : [...names])).path, one),
        0,
      );
    expect(total()).toBeLessThan(0.5 * total([]));
  });

  it('is the target alone where nobody leads it', () => {
    const one = world(2);
    const unrelated = dependents({ ...one, callee: world(3).callee });
    expect(answerOf(unrelated)).toEqual(answerOf({ ...unrelated, others: [] }));
  });

  it('goes on from where a load that grows from day to day has come to', () => {
    const growing = Float64Array.from({ length: KNOWN + DAY }, (_, i) => 200 + 0.5 * i + 20 * Math.sin(i / 15));
    const { path } = answerOf({ target: on(growing.subarray(0, KNOWN)), others: [] }, DAY);
    path.forEach((load, k) => {
      // A day's rise, and the slow wave that no day repeats.
      expect(Math.abs(load - growing[KNOWN + k]!)).toBeLessThan(48 + 20);
    });
    expect(Math.abs(path[0]! - growing[KNOWN]!)).toBeLessThan(5);
  });

  it.each([
    { case: 'alternates', levelOf: (d: number) => (d % 2 === 0 ? 0 : 50) },
    { case: 'falls from day to day', levelOf: (d: number) => 80 - 10 * d },
  ])('stays within what a load that $case has done, however far it looks', ({ levelOf }) => {
    const normal = seededNormal(3);
    const values = Float64Array.from({ length: KNOWN }, (_, i) => {
      const wave = 10 * Math.sin((2 * Math.PI * i) / DAY);
      return 20 + levelOf(Math.floor(i / DAY)) + wave + 0.2 * normal();
    });
    const { path } = answerOf({ target: on(values), others: [] }, 7 * DAY);
    expect(Math.max(...path)).toBeLessThan(Math.max(...values) + 10);
    expect(Math.min(...path)).toBeGreaterThan(Math.min(...values) - 10);
  });

  it.each([
    {
      case: 'an outage of three hours yesterday',
      change: (load: number, ago: number) => (ago > 40 && ago <= 52 ? 0 : load),
    },
    { case: 'a spike yesterday', change: (load: number, ago: number) => (ago === 50 ? 100 * load : load) },
    { case: 'a spike a week ago', change: (load: number, ago: number) => (ago === 7 * DAY ? 100 * load : load) },
  ])('expects no less and no more after $case', ({ change }) => {
    const normal = seededNormal(8);
    const load = Float64Array.from(
      { length: KNOWN + DAY },
      (_, i) => 100 + 40 * Math.sin((2 * Math.PI * i) / DAY) + normal(),
    );
    const known = load.subarray(0, KNOWN).map((value, i) => change(value, KNOWN - i));
    const { path } = answerOf({ target: on(known), others: [] }, DAY);
    const off = path.reduce((sum, value, k) => sum + Math.abs(value - load[KNOWN + k]!), 0) / DAY;
    expect(off).toBeLessThan(2.5);
  });

  it('forecasts a load of which its day leaves nothing', () => {
    const values = Float64Array.from({ length: KNOWN }, (_, i) => 100 + (i % DAY));
    const { path } = answerOf({ target: on(values), others: [] }, DAY);
    path.forEach((load, k) => {
      expect(load).toBeCloseTo(100 + k, 6);
    });
  });

  it('lets what it learned fade where it looks further ahead than loads follow each other', () => {
    const { callee, others } = world(4);
    const lifted = callee.map((load, i) => (i > KNOWN - 20 ? load + 60 : load));
    const known = dependents({ callee: lifted, others });
    const [near, far] = [6, 7].map((ahead) => answerOf(known, DAY).path[ahead - 1]! - callee[KNOWN - DAY + ahead - 1]!);
    expect(far).toBeGreaterThan(near! / 2);
  });

  it('does not take days alike for dependence', () => {
    const wave = (seed: number): Float64Array => {
      const normal = seededNormal(seed);
      return Float64Array.from({ length: KNOWN }, (_, i) => 100 + 50 * Math.sin((2 * Math.PI * i) / DAY) + normal());
    };
    const loads = { target: on(wave(1)), others: [{ name: 'alike', series: on(wave(2)) }] };
    expect(answerOf(loads).leads).toEqual([]);
  });

  it('knows nothing of what comes after the histories, and leaves them as they are', () => {
    const one = world(4);
    const before = one.others.one.slice();
    const answer = answerOf(dependents(one));
    const changed = { ...one, others: { ...one.others, one: one.others.one.map((v, i) => (i < KNOWN ? v : 9 * v)) } };
    expect(answerOf(dependents(changed))).toEqual(answer);
    expect(one.others.one).toEqual(before);
  });

  it.each([
    { case: 'another grid', series: { ...on(world(1).others.one.subarray(0, KNOWN)), stepMs: 60_000 } },
    { case: 'another end', series: on(world(1).others.one.subarray(0, KNOWN - 1)) },
    { case: 'a gap', series: on(world(1).others.one.slice(0, KNOWN).fill(Number.NaN, 5, 6)) },
    { case: 'no change', series: on(new Float64Array(KNOWN).fill(3)) },
  ])('leaves out a load with $case', ({ series }) => {
    const alone = { ...dependents(world(1)), others: [] };
    expect(answerOf({ ...alone, others: [{ name: 'odd', series }] })).toEqual(answerOf(alone));
  });

  it.each([
    { case: 'two days', values: new Float64Array(2 * DAY).fill(1), kind: 'too-short' },
    { case: 'a load that never changes', values: new Float64Array(4 * DAY).fill(1), kind: 'no-signal' },
    { case: 'a gap', values: new Float64Array(4 * DAY).fill(Number.NaN), kind: 'not-finite' },
  ])('refuses $case', ({ values, kind }) => {
    expect(graph.path({ target: on(values), others: [] }, 3)).toMatchObject({ ok: false, refusal: { kind } });
  });
});
