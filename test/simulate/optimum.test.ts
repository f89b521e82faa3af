import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { optimum } from '../../models/simulate/optimum.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import type { Move, ScalingPolicy } from '../../models/simulate/policy.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import { cheapestOfAll, smallProblem, steps, tryOut } from './optimum-tried-out.ts';
import { replayWith } from './series.ts';

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
        expect(tryOut(problem, [...capacity])).toBe(J);
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
