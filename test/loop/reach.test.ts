import { describe, expect, it } from '@jest/globals';
import { planHorizonsOf, reachOf, usualReachOf } from '../../loop/policy.ts';
import { policy, policyInput } from './fixtures.ts';

const asked = (lead: object, publicationDelaySeconds = 0) =>
  policy({
    lead: { bootSeconds: 300, queueSeconds: 0, ...lead },
    load: { ...policyInput.load, publicationDelaySeconds },
  });

describe('the reach of a decision', () => {
  it.each([
    // The newest known step is over this very moment: what boots for one step serves from the step after the next.
    { case: 'at the end of a step', behind: 0, lead: {}, lagSteps: 0, bootSteps: 2 },
    { case: 'with no boot at all', behind: 0, lead: { bootSeconds: 0 }, lagSteps: 0, bootSteps: 1 },
    // 120 s into a step; ready at 420 s, inside the step after it: the first whole one is the third.
    { case: 'two minutes into a step', behind: 120, lead: {}, lagSteps: 1, bootSteps: 2 },
    {
      case: 'with a queue that reaches into the next step',
      behind: 290,
      lead: { queueSeconds: 20 },
      lagSteps: 2,
      bootSteps: 2,
    },
    { case: 'with readiness after the boot', behind: 0, lead: { readinessSeconds: 301 }, lagSteps: 0, bootSteps: 4 },
    { case: 'when two steps are missing', behind: 720, lead: {}, lagSteps: 3, bootSteps: 2 },
  ])('$case is lag $lagSteps, boot $bootSteps', ({ behind, lead, lagSteps, bootSteps }) => {
    expect(reachOf(asked(lead), behind)).toEqual({ lagSteps, bootSteps });
  });

  it('is usually that of a decision made as soon as a step is published', () => {
    expect(usualReachOf(asked({}, 120))).toEqual(reachOf(asked({}), 120));
  });
});

describe('the horizons of a plan', () => {
  it('are dense at first and reach six boot times beyond the lag', () => {
    expect(planHorizonsOf(asked({}, 120))).toEqual([1, 2, 3, 5, 8, 12]);
  });

  it('stay below a day, however long an instance boots', () => {
    const horizons = planHorizonsOf(asked({ bootSeconds: 7200 }));
    expect(horizons.at(-1)! * 300).toBeLessThan(86_400);
    expect(horizons.at(-1)).toBeGreaterThan(100);
  });
});
