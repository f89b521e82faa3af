import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carriedBy, carrierOf, needOf, type Throughput, type UnitDelay } from '../../models/decide/need.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { waitQuantile } from '../../models/queue/erlang.ts';

/** A unit that serves five requests of 0.1 s at once, 3,000 in a step of a minute. */
const delay: UnitDelay = {
  quantile: 0.99,
  over: 'wait',
  seconds: 0.05,
  serviceSeconds: 0.1,
  serviceVariation: 1,
  serversPerUnit: 5,
};
const byDelay: Throughput = { perStep: 3000, targetUtilisation: 0.8, delay };
const byShare: Throughput = { perStep: 3000, targetUtilisation: 0.8 };

describe('the need by an objective for delay', () => {
  it('is the least number of whole units whose servers keep it', () => {
    for (const load of [100, 2000, 9000, 40_000, 250_000]) {
      let count = 1;
      const waits = (servers: number): number =>
        waitQuantile({ arrivalRate: load / 60, serviceSeconds: 0.1, servers }, 0.99);
      while (waits(5 * count) > 0.05) count++;
      expect(needOf(load, byDelay)).toBe(count);
    }
  });

  it('asks for more than the target utilisation does where units are few, and for fewer where they are many', () => {
    expect(needOf(2200, byShare)).toBe(1);
    expect(needOf(2200, byDelay)).toBe(2);
    expect(needOf(300_000, byDelay)).toBeLessThan(needOf(300_000, byShare));
  });

  it.each([
    { case: 'a utilisation', throughput: byShare },
    { case: 'a delay', throughput: byDelay },
    {
      case: 'a delay of units with part of a server to spare',
      throughput: { ...byDelay, delay: { ...delay, serversPerUnit: 2.6 } },
    },
  ])(
    'by $case never falls as the load rises, and is more than k units just above what k units carry',
    ({ throughput }) => {
      const loads = fc.double({ min: 0, max: 1e6, noNaN: true });
      fc.assert(
        fc.property(loads, loads, fc.integer({ min: 1, max: 60 }), (one, other, count) => {
          expect(needOf(Math.min(one, other), throughput)).toBeLessThanOrEqual(
            needOf(Math.max(one, other), throughput),
          );
          const carried = carriedBy(count, throughput);
          expect(needOf(carried, throughput)).toBeLessThanOrEqual(count);
          expect(needOf(carried * (1 + 1e-6), throughput)).toBeGreaterThan(count);
          expect(carriedBy(count + 1, throughput)).toBeGreaterThan(carried);
        }),
      );
    },
  );

  it('is one unit for no load, and for a forecast below none', () => {
    expect(needOf(0, byDelay)).toBe(1);
    expect(needOf(-3, byDelay)).toBe(1);
    expect(carriedBy(0, byDelay)).toBe(0);
  });

  it('remembers what so many units carry', () => {
    const carried = carrierOf(byDelay);
    for (const count of [7, 3, 7]) expect(carried(count)).toBe(carriedBy(count, byDelay));
  });

  it('refuses a load that is no number', () => {
    expect(() => needOf(Number.NaN, byDelay)).toThrow(BadInputError);
  });
});
