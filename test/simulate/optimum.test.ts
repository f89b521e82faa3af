import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { optimum } from '../../models/simulate/optimum.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import type { Move, ScalingPolicy } from '../../models/simulate/policy.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { replayWith } from './series.ts';

/** The definition of J, read off the page for one sequence of capacities. */
function priceOf(problem: Replay, capacity: readonly number[]): number {
  let before = problem.need[problem.scoreFrom]!;
  return capacity.reduce((J, n, i) => {
    const t = problem.scoreFrom + i;
    const launched = Math.max(0, n - before);
    const short = problem.blank[t] === 1 ? 0 : Math.max(0, problem.need[t]! - n);
    before = n;
    return J + n + problem.bootSteps * launched + problem.penalty * short;
  }, 0);
}

function cheapestOfAll(problem: Replay): number {
  const most = Math.max(...problem.need);
  const all = (steps: number): number[][] =>
    steps === 0 ? [[]] : all(steps - 1).flatMap((head) => Array.from({ length: most + 1 }, (_, n) => [...head, n]));
  return Math.min(...all(problem.scoreTo - problem.scoreFrom).map((capacity) => priceOf(problem, capacity)));
}

const steps = (maxLength: number, most: number) =>
  fc.array(fc.record({ need: fc.integer({ min: 1, max: most }), blank: fc.boolean() }), { minLength: 1, maxLength });

const smallProblem = fc
  .record({ steps: steps(4, 4), bootSteps: fc.integer({ min: 1, max: 6 }), penalty: fc.integer({ min: 0, max: 25 }) })
  .map(({ steps, ...rest }) =>
    replayWith({ ...rest, need: steps.map((s) => s.need), blank: steps.map((s) => s.blank) }),
  );

describe('the clairvoyant optimum', () => {
  it('is the cheapest of all sequences, on 1,500 small problems tried out in full', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        expect(optimum(problem).J).toBe(cheapestOfAll(problem));
      }),
      { numRuns: 1500 },
    );
  });

  it('comes with a sequence that costs what it says', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const { J, cost, short, capacity } = optimum(problem);
        expect(priceOf(problem, [...capacity])).toBe(J);
        expect(cost + problem.penalty * short).toBe(J);
      }),
    );
  });

  it.each([
    { case: 'follows a flat need', need: [3, 3, 3], bootSteps: 5, J: 9, capacity: [3, 3, 3] },
    { case: 'keeps units over a dip shorter than a boot', need: [3, 1, 3], bootSteps: 5, J: 9, capacity: [3, 3, 3] },
    {
      case: 'lets units go over a dip longer than a boot',
      need: [3, 1, 1, 3],
      bootSteps: 1,
      J: 10,
      capacity: [3, 1, 1, 3],
    },
    { case: 'launches ahead for a rise', need: [1, 3], bootSteps: 5, J: 14, capacity: [1, 3] },
    { case: 'lets a rise go that is dearer to serve', need: [1, 2, 1], bootSteps: 25, J: 23, capacity: [1, 1, 1] },
  ])('$case', ({ need, bootSteps, J, capacity }) => {
    const best = optimum(replayWith({ need, bootSteps }));
    expect([best.J, ...best.capacity]).toEqual([J, ...capacity]);
  });

  it('is never dearer than any policy', () => {
    const rival = fc.constantFrom(...policies);
    const erratic = fc
      .infiniteStream(
        fc.oneof(
          fc.nat(9).map((capacity): Move => ({ kind: 'desire', capacity })),
          fc.nat(9).map((ready): Move => ({ kind: 'release', ready })),
        ),
      )
      .map((moves): ScalingPolicy => ({ name: 'erratic', start: () => () => moves.next().value }));
    const shape = fc.record({
      steps: steps(60, 8),
      bootSteps: fc.integer({ min: 1, max: 6 }),
      lagSteps: fc.nat(2),
      penalty: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(shape, fc.oneof(rival, erratic), ({ steps, ...rest }, policy) => {
        const lead = [1, 2, 3, 4, 5, 6].map((need) => ({ need, blank: false }));
        const whole = [...lead, ...steps];
        const problem = replayWith({
          ...rest,
          need: whole.map((s) => s.need),
          blank: whole.map((s) => s.blank),
          scoreFrom: lead.length,
        });
        expect(runPolicy(problem, policy).J).toBeGreaterThanOrEqual(optimum(problem).J);
      }),
      { numRuns: 500 },
    );
  });
});
