import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Decision } from '../../models/decide/decision.ts';
import { bounds } from '../../models/guard/bounds.ts';
import { type Guard, type GuardFacts, inOrder } from '../../models/guard/guard.ts';
import { reactiveFloor } from '../../models/guard/reactive-floor.ts';
import { scaleInCooldown } from '../../models/guard/scale-in-cooldown.ts';
import { scaleInHold } from '../../models/guard/scale-in-hold.ts';
import { stepLimit } from '../../models/guard/step-limit.ts';
import { maxUnits, minUnits, units } from '../../models/kernel/units.ts';

const guards: readonly (readonly [name: string, guard: Guard])[] = [
  ['scaleInHold', scaleInHold(900)],
  ['scaleInCooldown', scaleInCooldown(300)],
  ['stepLimit', stepLimit({ out: 1, in: 0.25 })],
  ['reactiveFloor', reactiveFloor],
  ['bounds', bounds],
];

const capacity = fc.integer({ min: 0, max: 500 }).map(units);

/** Facts as the loop can produce them: least ≤ most. */
const anyFacts: fc.Arbitrary<GuardFacts> = fc
  .record({
    asOfMs: fc.constant(10_000_000),
    lever: capacity,
    capacity,
    ends: fc.tuple(capacity, capacity),
    needNow: fc.option(capacity, { nil: undefined }),
    recentWants: fc.array(fc.record({ asOfMs: fc.integer({ min: 8_000_000, max: 9_999_999 }), target: capacity }), {
      maxLength: 5,
    }),
    lastScaleInMs: fc.option(fc.integer({ min: 9_000_000, max: 9_999_999 }), { nil: undefined }),
  })
  .map(({ ends: [a, b], ...rest }) => ({ ...rest, least: minUnits(a, b), most: maxUnits(a, b) }));

const anyWanted: fc.Arbitrary<Decision> = capacity.map((target) => ({
  target,
  rule: 'newsvendor',
  reasons: ['asked'],
}));

describe.each(guards)('%s', (_name, guard) => {
  it('changes nothing when it is applied to its own answer', () => {
    fc.assert(
      fc.property(anyWanted, anyFacts, (wanted, facts) => {
        const once = guard(wanted, facts);
        expect(guard(once, facts)).toEqual(once);
      }),
    );
  });

  it('gives a reason and a rule exactly when it changes the target', () => {
    fc.assert(
      fc.property(anyWanted, anyFacts, (wanted, facts) => {
        const { target, rule, reasons } = guard(wanted, facts);
        const changed = target !== wanted.target;
        expect(reasons).toHaveLength(changed ? 2 : 1);
        expect(rule !== wanted.rule).toBe(changed);
      }),
    );
  });
});

describe('a guard other than the bounds', () => {
  it.each(guards.filter(([name]) => name !== 'bounds'))('%s never turns a cut into a larger cut', (_name, guard) => {
    fc.assert(
      fc.property(anyWanted, anyFacts, (wanted, facts) => {
        if (wanted.target <= facts.lever) expect(guard(wanted, facts).target).toBeGreaterThanOrEqual(wanted.target);
      }),
    );
  });
});

describe('the chain', () => {
  it('ends within the bounds of the group, whatever was wanted', () => {
    const chain = inOrder(guards.map(([, guard]) => guard));
    fc.assert(
      fc.property(anyWanted, anyFacts, (wanted, facts) => {
        const { target } = chain(wanted, facts);
        expect(target).toBeGreaterThanOrEqual(facts.least);
        expect(target).toBeLessThanOrEqual(facts.most);
      }),
    );
  });

  it('never stays below the present need where the bounds allow it', () => {
    const chain = inOrder(guards.map(([, guard]) => guard));
    fc.assert(
      fc.property(anyWanted, anyFacts, (wanted, facts) => {
        if (facts.needNow === undefined) return;
        expect(chain(wanted, facts).target).toBeGreaterThanOrEqual(Math.min(facts.needNow, facts.most));
      }),
    );
  });
});
