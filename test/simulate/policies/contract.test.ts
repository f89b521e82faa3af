import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTrace } from '../../../cli/trace.ts';
import { optimum } from '../../../models/simulate/optimum.ts';
import { policies } from '../../../models/simulate/policies/registry.ts';
import type { ScalingPolicy } from '../../../models/simulate/policy.ts';
import { runPolicy } from '../../../models/simulate/run.ts';
import type { Replay } from '../../../models/simulate/scaling-problem.ts';
import { seeded } from '../../seeded.ts';
import { problemOf, replayWith } from '../series.ts';

/** Five days on a grid of half an hour: long enough for every pattern by the hour of the day, short enough to repeat. */
const STEPS = 240;
const PAST = 96;

const shape = fc.record({
  seed: fc.nat(1e6),
  level: fc.integer({ min: 1, max: 40 }),
  bootSteps: fc.integer({ min: 1, max: 4 }),
  lagSteps: fc.nat(2),
  penalty: fc.constantFrom(0.5, 5, 20, 100),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** A noisy day and night with spikes, zeros and blanks. */
function replayOf({ seed, level, ...rules }: Shape, tail: (load: number, i: number) => number = (v) => v): Replay {
  const next = seeded(seed);
  const load = Array.from({ length: STEPS }, (_, i) => {
    const day = level * (1 + Math.sin((2 * Math.PI * i) / 48)) * (0.5 + next());
    return next() < 0.03 ? 3 * day : next() < 0.03 ? 0 : day;
  }).map(tail);
  const blank = load.map((_, i) => i % 61 === 60);
  const need = load.map((v) => Math.max(1, Math.ceil(v - 1e-9)));
  return {
    ...replayWith({ need, blank, ...rules, scoreFrom: PAST }),
    load: Float64Array.from(load),
    stepSeconds: 1800,
  };
}

const decisionsOf = (problem: Replay, policy: ScalingPolicy): readonly number[] => [
  ...(runPolicy(problem, policy, { keepDecisions: true }).decisions ?? []),
];

describe.each(policies)('$name', (policy) => {
  it('is never cheaper than the optimum', () => {
    fc.assert(
      fc.property(
        shape.filter(({ penalty }) => penalty >= 1),
        (given) => {
          const problem = replayOf(given);
          expect(runPolicy(problem, policy).J).toBeGreaterThanOrEqual(optimum(problem).J);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('wants at least one unit and no more than three times what is ever needed', () => {
    fc.assert(
      fc.property(shape, (given) => {
        const problem = replayOf(given);
        const most = problem.need.reduce((a, b) => Math.max(a, b));
        const wanted = decisionsOf(problem, policy);
        expect(wanted.every(Number.isInteger)).toBe(true);
        expect(Math.min(...wanted)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...wanted)).toBeLessThanOrEqual(3 * most);
      }),
      { numRuns: 20 },
    );
  });

  it('decides the same until another future is known', () => {
    const future = fc.constantFrom<(v: number, i: number) => number>(
      (v) => 3 * v,
      () => 0,
      (_, i) => (i * 37) % 50,
    );
    fc.assert(
      fc.property(shape, fc.integer({ min: PAST, max: STEPS - 1 }), future, (given, from, change) => {
        const before = decisionsOf(replayOf(given), policy);
        const after = decisionsOf(
          replayOf(given, (v, i) => (i < from ? v : change(v, i))),
          policy,
        );
        // The change is first known `lag` steps later; the fleet of the first scored step is its need.
        const same = from === PAST ? 0 : from + given.lagSteps - PAST;
        expect(after.slice(0, same)).toEqual(before.slice(0, same));
      }),
      { numRuns: 20 },
    );
  });

  it('decides the same twice and leaves the load as it was', () => {
    const [problem, untouched] = [0, 0].map(() =>
      replayOf({ seed: 7, level: 9, bootSteps: 2, lagSteps: 1, penalty: 20 }),
    );
    expect(decisionsOf(problem!, policy)).toEqual(decisionsOf(problem!, policy));
    expect(problem).toEqual(untouched);
  });
});

describe('on a recorded load', () => {
  const file = path.resolve(import.meta.dirname, '../../../data/llm/llm_servegen_m-large_10min.csv.gz');
  const problem = problemOf(readTrace(file, {}).series);
  const tail = problem.scoreTo - Math.floor((problem.scoreTo - problem.scoreFrom) / 10);
  const best = optimum(problem).J;

  it.each(policies)('$name is dearer than the optimum', (policy) => {
    expect(runPolicy(problem, policy).J).toBeGreaterThan(best);
  });

  it.each(policies)('$name decides the same until a tripled last tenth is known', (policy) => {
    const tripled: Replay = {
      ...problem,
      load: problem.load.map((v, i) => (i < tail ? v : 3 * v)),
      need: problem.need.map((n, i) => (i < tail ? n : 3 * n)),
    };
    const until = tail - problem.scoreFrom;
    expect(decisionsOf(tripled, policy).slice(0, until)).toEqual(decisionsOf(problem, policy).slice(0, until));
  });
});
