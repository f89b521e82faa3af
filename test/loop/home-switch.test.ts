import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOME_ACTION, homeSwitch, needsRenewal } from '../../loop/home-switch.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import { nowMs, surroundings } from './fixtures.ts';

const terms = { wallMs: nowMs, lifeMinutes: 30, cadenceSeconds: 300 };
const minute = 60_000;

const action = (name: string, startMs: number, minSize?: number) => ({
  name,
  startMs: instant(startMs),
  minSize: minSize === undefined ? undefined : units(minSize),
  recurring: false,
});

describe('homeSwitch', () => {
  it('restores the base at the end of its life, on an odd second', () => {
    expect(homeSwitch(units(2), terms, surroundings())).toEqual({
      name: HOME_ACTION,
      startMs: nowMs + 30 * minute + 1000,
      minSize: 2,
    });
  });

  it('lies in the future, on a second that no other action of the group has', () => {
    const anyActions = fc.array(fc.integer({ min: 0, max: 40 * 60 }), { maxLength: 60 });
    fc.assert(
      fc.property(anyActions, fc.integer({ min: 0, max: 999 }), (seconds, ms) => {
        const scheduledActions = seconds.map((s, i) => action(`user-${i}`, nowMs + s * 1000));
        const at = { wallMs: nowMs + ms, lifeMinutes: 30, cadenceSeconds: 300 };
        const { startMs } = homeSwitch(units(2), at, surroundings({ scheduledActions }));
        expect(startMs).toBeGreaterThan(at.wallMs);
        expect(scheduledActions.map((a) => a.startMs)).not.toContain(startMs);
        expect((startMs / 1000) % 2).toBe(1);
      }),
    );
  });

  it("restores what the owner's own schedule sets before it fires", () => {
    const scheduledActions = [action('evening', nowMs + 20 * minute, 6), action('morning', nowMs + 10 * minute, 9)];
    expect(homeSwitch(units(2), terms, surroundings({ scheduledActions })).minSize).toBe(6);
  });

  it("leaves out the owner's schedules that are due later, and those that set no MinSize", () => {
    const scheduledActions = [action('later', nowMs + 40 * minute, 9), action('desired-only', nowMs + 5 * minute)];
    expect(homeSwitch(units(2), terms, surroundings({ scheduledActions })).minSize).toBe(2);
  });

  it('does not avoid its own earlier start', () => {
    const scheduledActions = [action(HOME_ACTION, nowMs + 30 * minute + 1000, 2)];
    expect(homeSwitch(units(2), terms, surroundings({ scheduledActions })).startMs).toBe(nowMs + 30 * minute + 1000);
  });
});

describe('needsRenewal', () => {
  const armed = (minutesLeft: number, base = 2) => ({
    name: HOME_ACTION,
    startMs: nowMs + minutesLeft * minute,
    minSize: units(base),
    base: units(base),
  });

  it.each([
    { case: 'nothing is armed', switch: undefined, due: true },
    { case: 'enough is left to miss two turns', switch: armed(16), due: false },
    { case: 'it would fire as the turn after two missed ones begins', switch: armed(15), due: true },
    { case: 'less than half of its life is left', switch: armed(14), due: true },
    { case: 'it was armed for another base', switch: armed(29, 3), due: true },
  ])('answers $due when $case', ({ switch: at, due }) => {
    expect(needsRenewal(at, units(2), terms)).toBe(due);
  });
});
