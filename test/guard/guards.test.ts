import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../models/decide/decision.ts';
import { bounds } from '../../models/guard/bounds.ts';
import type { GuardFacts } from '../../models/guard/guard.ts';
import { reactiveFloor } from '../../models/guard/reactive-floor.ts';
import { scaleInCooldown } from '../../models/guard/scale-in-cooldown.ts';
import { scaleInHold } from '../../models/guard/scale-in-hold.ts';
import { stepLimit } from '../../models/guard/step-limit.ts';
import { units } from '../../models/kernel/units.ts';

const now = 10_000_000;

const facts = (given: Partial<GuardFacts>): GuardFacts => ({
  asOfMs: now,
  lever: units(10),
  capacity: units(10),
  least: units(2),
  most: units(40),
  needNow: undefined,
  recentWants: [],
  lastScaleInMs: undefined,
  ...given,
});

const want = (target: number): Decision => ({ target: units(target), rule: 'newsvendor', reasons: ['asked'] });

describe('scaleInHold', () => {
  const recent = (secondsAgo: number, target: number) => ({ asOfMs: now - secondsAgo * 1000, target: units(target) });

  it.each([
    { case: 'keeps what was wanted within the hold', wants: [recent(600, 9)], wanted: 5, target: 9 },
    { case: 'forgets what was wanted before it', wants: [recent(900, 9)], wanted: 5, target: 5 },
    { case: 'never raises above where the lever stands', wants: [recent(60, 30)], wanted: 5, target: 10 },
    { case: 'lets a raise pass', wants: [recent(60, 30)], wanted: 12, target: 12 },
  ])('$case', ({ wants, wanted, target }) => {
    expect(scaleInHold(900)(want(wanted), facts({ recentWants: wants })).target).toBe(target);
  });
});

describe('stepLimit', () => {
  it.each([
    { case: 'lets capacity double', wanted: 25, lever: 10, capacity: 10, target: 20 },
    {
      case: 'measures a raise from what is ordered, whoever ordered it',
      wanted: 25,
      lever: 2,
      capacity: 20,
      target: 25,
    },
    { case: 'lets one unit go even where a quarter is less', wanted: 0, lever: 2, capacity: 2, target: 1 },
    { case: 'cuts by a quarter at most', wanted: 2, lever: 10, capacity: 10, target: 8 },
  ])('$case', ({ wanted, lever, capacity, target }) => {
    const at = facts({ lever: units(lever), capacity: units(capacity) });
    expect(stepLimit({ out: 1, in: 0.25 })(want(wanted), at).target).toBe(target);
  });
});

describe('scaleInCooldown', () => {
  it.each([
    { case: 'holds a cut too soon after the last', secondsSince: 120, wanted: 5, target: 10 },
    { case: 'lets a cut pass once the cooldown is over', secondsSince: 300, wanted: 5, target: 5 },
    { case: 'always lets a raise pass', secondsSince: 1, wanted: 15, target: 15 },
  ])('$case', ({ secondsSince, wanted, target }) => {
    const at = facts({ lastScaleInMs: now - secondsSince * 1000 });
    expect(scaleInCooldown(300)(want(wanted), at).target).toBe(target);
  });

  it('says how much of the cooldown is left', () => {
    const held = scaleInCooldown(300)(want(5), facts({ lastScaleInMs: now - 120_000 }));
    expect(held.reasons.at(-1)).toBe('holding 10: 180 s of cooldown left');
  });
});

describe('reactiveFloor', () => {
  it('lifts a forecast that is below the present need', () => {
    expect(reactiveFloor(want(5), facts({ needNow: units(12) }))).toMatchObject({ target: 12, rule: 'reactive-floor' });
  });

  it('leaves a decision alone while blind, because there is no present need to speak of', () => {
    expect(reactiveFloor(want(5), facts({ needNow: undefined })).target).toBe(5);
  });
});

describe('bounds', () => {
  it.each([
    { case: 'below', wanted: 1, target: 2 },
    { case: 'above', wanted: 41, target: 40 },
    { case: 'within', wanted: 17, target: 17 },
  ])('answers $target for $wanted, $case the bounds', ({ wanted, target }) => {
    expect(bounds(want(wanted), facts({})).target).toBe(target);
  });
});
