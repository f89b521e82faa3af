import { describe, expect, it } from '@jest/globals';
import { InvariantError } from '../../models/kernel/errors.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import type { ScalingPolicy, StepView } from '../../models/simulate/policy.ts';
import { runPolicy, scoreCapacities } from '../../models/simulate/run.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { replayWith } from './series.ts';

/** Sixty steps with daily rise and fall, a spike and a blank stretch; the second half is scored. */
const need = Array.from({ length: 60 }, (_, i) => 5 + Math.round(4 * Math.sin(i / 4)) + (i % 17 === 0 ? 6 : 0));
const blank = need.map((_, i) => i > 40 && i < 44);
const wavy = (changes: Partial<Replay> = {}): Replay => ({
  ...replayWith({ need, blank, bootSteps: 2, lagSteps: 1, scoreFrom: 30 }),
  ...changes,
});

const watching = (see: (view: StepView) => void): ScalingPolicy => ({
  name: 'watching',
  start: () => (view) => {
    see(view);
    return { kind: 'hold' };
  },
});

describe('a score', () => {
  it('adds up what hand-made decisions cost', () => {
    // Needs 2 3 4 2, two ready at first, boot of one step: the unit ordered at step 0 serves from step 1.
    const score = scoreCapacities(replayWith({ need: [2, 3, 4, 2] }), [3, 3, 3, 2], {
      oracleJ: 20,
      keepDecisions: true,
    });
    expect(score).toEqual({
      J: 31,
      ratio: 1.55,
      cost: 11,
      short: 1,
      breachShare: 1 / 4,
      launches: 1,
      thetaU: 1 / 4 / 4,
      thetaO: 0,
      tauU: 1 / 4,
      tauO: 0,
      upsilon: 1 / 3,
      coldStart: { load: 4, share: 4 / 11 },
      decisions: Int32Array.of(3, 3, 3, 2),
      ready: Int32Array.of(2, 3, 3, 2),
      billed: Int32Array.of(3, 3, 3, 2),
    });
  });

  it('counts idle capacity relative to need', () => {
    const { thetaO, tauO } = scoreCapacities(replayWith({ need: [2, 1, 2] }), [2, 2, 2]);
    expect([thetaO, tauO]).toEqual([1 / 3, 1 / 3]);
  });

  it('waives shortage on blanks, and counts no load there', () => {
    const problem = replayWith({ need: [1, 3, 3], blank: [false, true, false], penalty: 10 });
    const score = scoreCapacities(problem, [1, 1, 1]);
    expect(score).toMatchObject({ J: 3 + 20, short: 2, breachShare: 1 / 3, coldStart: { load: 3, share: 3 / 4 } });
  });

  it('has no instability over one step, no share of no load and no ratio without an optimum', () => {
    const score = scoreCapacities({ ...replayWith({ need: [1] }), load: new Float64Array(1) }, [1]);
    expect(score).toMatchObject({ upsilon: null, ratio: null, coldStart: { load: 0, share: null } });
  });

  it('starts from another fleet when told so', () => {
    expect(scoreCapacities(replayWith({ need: [4, 4] }), [1, 1], { initialReady: 1 })).toMatchObject({
      short: 6,
      cost: 2,
    });
  });

  it('bills booting units', () => {
    const problem = replayWith({ need: [1, 1, 1], bootSteps: 2 });
    expect(scoreCapacities(problem, [3, 3, 3], { keepDecisions: true })).toMatchObject({
      cost: 9,
      ready: Int32Array.of(1, 1, 3),
    });
  });

  it('refuses capacities that do not match the scored steps', () => {
    expect(() => scoreCapacities(replayWith({ need: [1, 1] }), [1])).toThrow(InvariantError);
  });
});

describe('a run', () => {
  it('shows the load of lag steps ago beside the fleet of now', () => {
    const seen: number[][] = [];
    runPolicy(
      wavy(),
      watching(({ t, known, load, need: needs, ready }) => seen.push([t, known, load, needs, ready])),
    );
    expect(seen.slice(0, 2)).toEqual([
      [30, 29, need[29], need[29], need[30]],
      [31, 30, need[30], need[30], need[30]],
    ]);
  });

  it('lets nobody read past the newest known step', () => {
    const ahead = watching(({ history, known }) => history.loadAt(known + 1));
    expect(() => runPolicy(wavy(), ahead)).toThrow(/cannot be read: known are steps 0 to 29/);
  });

  it('shows blanks as blanks, and the last value to whoever wants it carried forward', () => {
    const seen: unknown[] = [];
    runPolicy(
      wavy({ lagSteps: 0 }),
      watching(({ t, history }) => {
        if (t === 42) seen.push(history.observed(40), history.loadAt(42), history.isBlank(42), history.mostNeeded(-5));
      }),
    );
    expect(seen).toEqual([
      Float64Array.of(need[40]!, Number.NaN, Number.NaN),
      need[42],
      true,
      Math.max(...need.slice(0, 43)),
    ]);
  });

  it('gives a policy no step of the scored part when it starts', () => {
    const lengths: number[] = [];
    runPolicy(wavy(), {
      name: 'curious',
      start: (past) => {
        lengths.push(past.load.length, past.need.length, past.blank.length);
        return () => ({ kind: 'hold' });
      },
    });
    expect(lengths).toEqual([30, 30, 30]);
  });

  it.each(policies)('$name decides the same twice', (policy) => {
    const once = runPolicy(wavy(), policy, { keepDecisions: true });
    expect(runPolicy(wavy(), policy, { keepDecisions: true })).toEqual(once);
  });

  const tail = 54;
  const futures = [
    { future: 'tripled', change: (v: number) => 3 * v },
    { future: 'idle', change: () => 1 },
    { future: 'shuffled', change: (_: number, i: number) => need[tail + ((i * 5) % 6)]! },
  ];
  it.each(policies.flatMap((policy) => futures.map((f) => ({ ...f, policy, name: policy.name }))))(
    '$name decides as before until a $future future is known',
    ({ policy, change }) => {
      const other = need.map((v, i) => (i < tail ? v : change(v, i - tail)));
      const [before, after] = [wavy(), wavy({ load: Float64Array.from(other), need: Int32Array.from(other) })].map(
        (problem) => runPolicy(problem, policy, { keepDecisions: true }).decisions?.slice(0, tail + 1 - 30),
      );
      expect(after).toEqual(before);
    },
  );
});
