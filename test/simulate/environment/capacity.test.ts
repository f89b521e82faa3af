import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { observe } from '../../../models/simulate/environment/observe.ts';
import type { Pool } from '../../../models/simulate/environment/scenario.ts';
import { heads, oneGroup, only, play, steady } from './course.ts';

const MINUTE = 60_000;
const pool = (zone: string, rest: Partial<Pool> = {}): Pool => ({
  type: 'm7g.large',
  zone,
  market: 'on-demand',
  ...rest,
});
const until = (minute: number, before: number | boolean, after: number | boolean = true) => ({
  availability: { atMs: [0, minute * MINUTE], granted: [before, after] },
});
const grow = { 3: [{ kind: 'set-desired', desired: 8 }] } as const;

describe('insufficient capacity', () => {
  it('refuses launches until the pool has capacity again; the group tries at every step', () => {
    const { events } = play(oneGroup({ pools: [pool('a', until(6, false))] }), grow);
    expect(only(events, 'insufficient-capacity').map(({ atMs, units }) => [atMs / MINUTE, units])).toEqual([
      [3, 4],
      [4, 4],
      [5, 4],
    ]);
    expect(only(events, 'launched')).toMatchObject([{ units: 4, atMs: 6 * MINUTE }]);
  });

  it('sends units to other pools of type, zone and market', () => {
    const { events } = play(oneGroup({ pools: [pool('a', until(60, 0)), pool('b')] }), grow);
    expect(only(events, 'launched')).toMatchObject([{ pool: 1, units: 4 }]);
  });

  it('fills zones evenly, the first pool of the list first', () => {
    const pools = [pool('a', { market: 'spot' }), pool('a'), pool('b')];
    const { events } = play(oneGroup({ pools, initialReady: 0, replay: steady(10) }), {
      3: [{ kind: 'set-desired', desired: 5 }],
    });
    expect(only(events, 'launched').map(({ pool: index, units }) => [index, units])).toEqual([
      [0, 3],
      [2, 2],
    ]);
  });

  it('grants the share of launches that was recorded', () => {
    const { events } = play(
      oneGroup({ pools: [pool('a', until(60, 0.3))] }),
      { 3: [{ kind: 'set-desired', desired: 2004 }] },
      { steps: 4 },
    );
    const atOnce = only(events, 'launched').filter(({ atMs }) => atMs === 3 * MINUTE);
    const granted = atOnce.reduce((sum, { units }) => sum + units, 0);
    // Four standard errors of a share of 2,000: 4·√(0.3·0.7/2000) = 0.041.
    expect(Math.abs(granted / 2000 - 0.3)).toBeLessThan(0.041);
  });

  it('ends at the quota of the account, which groups share', () => {
    const groups = ['a', 'b'].map((name) => ({ name, replay: steady(10) }));
    const { states, events } = play({ groups, account: { unitsQuota: 10 } }, grow);
    expect(only(events, 'launched')).toMatchObject([{ group: 'a', units: 2 }]);
    expect(only(events, 'units-quota-exceeded')[0]).toMatchObject({ group: 'a', units: 2 });
    expect(heads(states, 0).at(-1)!.inService + heads(states, 1).at(-1)!.inService).toBe(10);
  });

  it('takes scale-in from the fullest zone', () => {
    const pools = [pool('a'), pool('b')];
    const { states } = play(oneGroup({ pools }), { 3: [{ kind: 'set-desired', desired: 2 }] });
    expect(states.at(-1)!.groups[0]!.cohorts.map((c) => [c.pool, c.units])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});

describe('spot interruption', () => {
  const spot = [pool('a', { market: 'spot' })];

  it('gives exactly two minutes of notice, then takes the unit, which the group replaces', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(30, 60, 300), (seed, stepSeconds) => {
        const replay = { ...steady(40), stepSeconds };
        const { events } = play(oneGroup({ replay, pools: spot, spot: { perHour: 2 } }), {}, { seed });
        const notices = only(events, 'interruption-notice');
        const ends = only(events, 'terminated');
        expect(ends.every(({ cause }) => cause === 'spot')).toBe(true);
        expect(notices.every(({ atMs, reclaimAtMs }) => reclaimAtMs === atMs + 120_000)).toBe(true);
        const endMs = 40 * stepSeconds * 1000;
        expect(ends.map(({ atMs }) => atMs)).toEqual(
          notices.map(({ reclaimAtMs }) => reclaimAtMs).filter((atMs) => atMs <= endMs),
        );
        const replaced = only(events, 'launched').reduce((sum, { units }) => sum + units, 0);
        expect(replaced).toBe(ends.reduce((sum, { units }) => sum + units, 0));
      }),
      { numRuns: 30 },
    );
  });

  it('happens at the rate that was asked for', () => {
    const { events } = play(oneGroup({ replay: steady(60, 500), pools: spot, spot: { perHour: 0.5 } }));
    // Each of 500 units is replaced when taken, so 250 are expected; four standard deviations are 4·√250 = 63.
    expect(Math.abs(only(events, 'interruption-notice').length - 250)).toBeLessThan(63);
  });

  it('takes on-demand units never', () => {
    const { events } = play(oneGroup({ pools: [pool('a')], spot: { perHour: 50 } }));
    expect(events).toEqual([]);
  });

  it('takes a whole pool when its availability falls to nothing', () => {
    const pools = [pool('a', { market: 'spot', ...until(5, 1, 0) }), pool('b')];
    const { events } = play(oneGroup({ pools, spot: { whenUnavailable: true } }));
    expect(only(events, 'interruption-notice')).toMatchObject([{ pool: 0, units: 2, atMs: 5 * MINUTE }]);
    expect(only(events, 'terminated')).toMatchObject([{ pool: 0, units: 2, atMs: 7 * MINUTE }]);
    expect(only(events, 'launched')).toMatchObject([{ pool: 1, units: 2, atMs: 7 * MINUTE }]);
  });

  it('is seen from the notice on and not before; noticed units still serve', () => {
    const pools = [pool('a', { market: 'spot', ...until(5, 1, 0) })];
    const { states } = play(oneGroup({ pools, spot: { whenUnavailable: true } }), {}, { steps: 9 });
    expect(states.map((state) => observe(state).groups[0]!.interrupted)).toEqual([0, 0, 0, 0, 0, 4, 4, 0, 0, 0]);
    expect(heads(states).map(({ inService }) => inService)).toEqual([4, 4, 4, 4, 4, 4, 4, 0, 0, 0]);
  });
});
