import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runGroups } from '../../../models/simulate/environment/run-groups.ts';
import { policies, policyNamed } from '../../../models/simulate/policies/registry.ts';
import { runPolicy, trailOf } from '../../../models/simulate/run.ts';
import type { Replay } from '../../../models/simulate/scaling-problem.ts';
import { priceOf } from '../../../models/simulate/score.ts';
import { seeded } from '../../seeded.ts';
import { gapped, problemOf, replayWith } from '../series.ts';

const problem = fc
  .record({
    need: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 20, maxLength: 120 }),
    blanks: fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
    bootSteps: fc.integer({ min: 1, max: 6 }),
    lagSteps: fc.integer({ min: 0, max: 3 }),
    stepSeconds: fc.constantFrom(30, 60, 300, 600),
  })
  .map(({ need, blanks, stepSeconds, ...rest }): Replay => {
    const blank = need.map((_, i) => blanks[i]! && blanks[i + 1] === true && i > 0);
    return { ...replayWith({ need, blank, scoreFrom: 8, ...rest }), stepSeconds };
  });

describe('an environment without any option', () => {
  it.each(['target-tracking-50', 'target-tracking-70', 'step-scaling', 'hpa-70', 'lcp', 'static-peak'])(
    'gives %s the same trail and the same price as the replay of one group',
    (name) => {
      const policy = policyNamed(name)!;
      fc.assert(
        fc.property(problem, fc.integer(), (replay, seed) => {
          const { trails, price } = runGroups({ groups: [{ name: 'a', replay }] }, policy, seed);
          const expected = trailOf(replay, policy);
          expect(trails[0]).toEqual(expected);
          expect(price).toBe(priceOf(replay, expected).J);
        }),
      );
    },
  );

  it('does so for several groups at once, each with its own load, boot and lag', () => {
    const policy = policyNamed('target-tracking-50')!;
    const uniform = seeded(11);
    const replays = [1, 2, 5].map((bootSteps) =>
      replayWith({
        need: Array.from({ length: 300 }, (_, i) => 1 + Math.round(20 * uniform() * (1 + Math.sin(i / 20)))),
        bootSteps,
        lagSteps: bootSteps - 1,
        scoreFrom: 150,
      }),
    );
    const groups = replays.map((replay, i) => ({ name: `group ${i}`, replay }));
    expect(runGroups({ groups }, policy, 3).trails).toEqual(replays.map((replay) => trailOf(replay, policy)));
  });

  it('does so for every policy there is, over a fortnight', () => {
    const values = Array.from({ length: 24 * 14 }, (_, i) => 100 + 60 * Math.sin(i / 3.8) + (i % 37 === 0 ? 90 : 0));
    const replay = problemOf(gapped(values, 3600), { bootSeconds: 5400, lagSeconds: 120 });
    for (const policy of policies) {
      const { price } = runGroups({ groups: [{ name: 'a', replay }] }, policy, 1);
      expect([policy.name, price]).toEqual([policy.name, runPolicy(replay, policy).J]);
    }
  });
});
