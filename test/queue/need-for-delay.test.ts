import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadInputError } from '../../models/kernel/errors.ts';
import * as general from '../../models/queue/allen-cunneen.ts';
import * as erlang from '../../models/queue/erlang.ts';
import {
  carriedWithinDelay,
  type DelayObjective,
  isKeepable,
  serversForDelay,
} from '../../models/queue/need-for-delay.ts';

const objective: DelayObjective = {
  quantile: 0.99,
  over: 'wait',
  seconds: 0.1,
  serviceSeconds: 0.2,
  serviceVariation: 1,
};

const objectives = fc
  .record({
    quantile: fc.constantFrom(0.5, 0.9, 0.95, 0.99, 0.999),
    over: fc.constantFrom<DelayObjective['over']>('wait', 'response'),
    seconds: fc.double({ min: 0, max: 5, noNaN: true }),
    serviceSeconds: fc.double({ min: 0.01, max: 1, noNaN: true }),
    serviceVariation: fc.constantFrom(0, 0.25, 1, 4),
  })
  .filter(isKeepable);

const loads = fc.double({ min: 0, max: 400, noNaN: true });

/** P(later than the limit) by the closed forms, which know nothing of objectives. */
function late(servers: number, load: number, { over, seconds, serviceSeconds, serviceVariation }: DelayObjective) {
  const station = { arrivalRate: load / serviceSeconds, serviceSeconds, servers };
  const tail = over === 'wait' ? general.waitTail : general.responseTail;
  return tail(station, { service: serviceVariation }, seconds);
}

/** What rounding may add to a share of late requests. */
const HAIR = 1e-9;

describe('the servers that an objective for delay needs', () => {
  it('keep it, and one fewer do not', () => {
    fc.assert(
      fc.property(objectives, loads, (asked, load) => {
        const servers = serversForDelay(load, asked);
        expect(late(servers, load, asked)).toBeLessThanOrEqual(1 - asked.quantile + HAIR);
        if (servers > 1) expect(late(servers - 1, load, asked)).toBeGreaterThan(1 - asked.quantile - HAIR);
      }),
    );
  });

  it('never fall as the load rises', () => {
    fc.assert(
      fc.property(objectives, loads, loads, (asked, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        return serversForDelay(less, asked) <= serversForDelay(more, asked);
      }),
    );
  });

  it('never rise as the limit is loosened', () => {
    fc.assert(
      fc.property(objectives, loads, fc.double({ min: 1, max: 3, noNaN: true }), (asked, load, times) => {
        const looser = { ...asked, seconds: asked.seconds * times };
        return serversForDelay(load, looser) <= serversForDelay(load, asked);
      }),
    );
  });

  it('carry the load that is the inverse of the need', () => {
    fc.assert(
      fc.property(objectives, fc.integer({ min: 1, max: 300 }), (asked, servers) => {
        const carried = carriedWithinDelay(servers, asked);
        expect(carried).toBeLessThan(servers);
        expect(serversForDelay(carried, asked)).toBeLessThanOrEqual(servers);
        expect(serversForDelay(carried * (1 + 1e-6) + 1e-9, asked)).toBeGreaterThanOrEqual(
          carried > 1e-6 ? servers + 1 : 1,
        );
      }),
    );
  });

  it('are found by trying every number from one server up', () => {
    for (const load of [0.3, 4, 17.5, 60]) {
      const station = { arrivalRate: load / 0.2, serviceSeconds: 0.2 };
      let servers = 1;
      while (erlang.waitQuantile({ ...station, servers }, 0.99) > 0.1) servers++;
      expect(serversForDelay(load, objective)).toBe(servers);
    }
  });

  it('are one where there is no load', () => {
    expect(serversForDelay(0, objective)).toBe(1);
    expect(carriedWithinDelay(0, objective)).toBe(0);
  });

  it('are fewer for constant service and more for uneven service', () => {
    const needs = [0, 1, 8].map((serviceVariation) => serversForDelay(40, { ...objective, serviceVariation }));
    expect(needs[0]).toBeLessThan(needs[1] ?? 0);
    expect(needs[1]).toBeLessThan(needs[2] ?? 0);
  });

  it('grow with the root of a huge load, up to the load at which nobody searches', () => {
    const spare = (load: number): number =>
      (serversForDelay(load, { ...objective, seconds: 0 }) - load) / Math.sqrt(load);
    expect(spare(1e6)).toBeGreaterThan(2);
    expect(spare(1e6)).toBeLessThan(3);
    expect(spare(1e12)).toBeCloseTo(10, 5);
  });

  it('do not exist where service alone is too long', () => {
    const hasty: DelayObjective = { ...objective, over: 'response', seconds: 0.2 };
    expect(isKeepable(hasty)).toBe(false);
    expect(isKeepable({ ...hasty, serviceVariation: 0 })).toBe(true);
    expect(() => serversForDelay(5, hasty)).toThrow('no number of servers keeps 0.99 of requests within 0.2 s');
    expect(() => carriedWithinDelay(5, hasty)).toThrow(BadInputError);
  });

  it.each([
    { case: 'a load that is no number', give: () => serversForDelay(Number.NaN, objective), says: 'got NaN' },
    { case: 'a negative load', give: () => serversForDelay(-1, objective), says: 'got -1' },
    { case: 'an endless load', give: () => serversForDelay(Number.POSITIVE_INFINITY, objective), says: 'Infinity' },
    { case: 'a certain quantile', give: () => serversForDelay(1, { ...objective, quantile: 1 }), says: 'quantile' },
    { case: 'a negative limit', give: () => serversForDelay(1, { ...objective, seconds: -1 }), says: 'seconds' },
    {
      case: 'no service',
      give: () => serversForDelay(1, { ...objective, serviceSeconds: 0 }),
      says: 'serviceSeconds',
    },
    { case: 'a part of a server', give: () => carriedWithinDelay(0.5, objective), says: 'servers' },
  ])('refuse $case', ({ give, says }) => {
    expect(give).toThrow(BadInputError);
    expect(give).toThrow(says);
  });
});
