import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadInputError } from '../../models/kernel/errors.ts';
import {
  erlangB,
  erlangC,
  meanWait,
  responseQuantile,
  responseTail,
  waitQuantile,
  waitTail,
} from '../../models/queue/erlang.ts';

/** Erlang-B by the recursion from no server at all, without any short cut. */
function plainErlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

const station = { arrivalRate: 8, serviceSeconds: 0.5, servers: 5 };

describe('the Erlang formulas', () => {
  it.each([
    { servers: 5, rho: 0.8, chance: 0.554113 },
    { servers: 10, rho: 0.8, chance: 0.40918 },
    { servers: 20, rho: 0.8, chance: 0.256078 },
    { servers: 100, rho: 0.95, chance: 0.506457 },
  ])('give the published chance of waiting for $servers servers at $rho', ({ servers, rho, chance }) => {
    expect(Math.abs(erlangC(servers, servers * rho) - chance)).toBeLessThan(1e-6);
  });

  it('agree with the sum that defines Erlang-C for few servers', () => {
    // c = 3, a = 2: (a³/3!)·(c/(c−a)) / (1 + a + a²/2 + (a³/3!)·(c/(c−a))) = 4 / 9.
    expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 14);
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 15);
    expect(erlangC(1, 0.3)).toBeCloseTo(0.3, 15);
  });

  it('lose no digit by starting the recursion near the load', () => {
    const cases = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0.001, max: 3000, noNaN: true }));
    fc.assert(
      fc.property(cases, ([servers, load]) => {
        const plain = plainErlangB(servers, load);
        return Math.abs(erlangB(servers, load) - plain) <= 1e-11 * plain + 1e-300;
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { servers: 10_000, load: 9_900 },
    { servers: 10_000, load: 9_999 },
    { servers: 10_000, load: 8_000 },
  ])('stay finite and between 0 and 1 for $servers servers and a load of $load', ({ servers, load }) => {
    expect(Math.abs(erlangB(servers, load) / plainErlangB(servers, load) - 1)).toBeLessThan(1e-10);
    expect(erlangC(servers, load)).toBeGreaterThan(0);
    expect(erlangC(servers, load)).toBeLessThan(1);
  });

  it('approach the heavy-traffic limit of Halfin and Whitt', () => {
    // c = a + β·√a with β = 1: C → 1 / (1 + β·Φ(β)/φ(β)) = 0.22336.
    const load = 1e8;
    expect(erlangC(load + Math.sqrt(load), load)).toBeCloseTo(0.22336, 3);
  });

  it('give the mean wait C / (cμ − λ)', () => {
    expect(meanWait(station)).toBeCloseTo(0.554113 / (5 / 0.5 - 8), 6);
  });

  it('make requests wait without end at full load and above', () => {
    for (const arrivalRate of [10, 11]) {
      const full = { ...station, arrivalRate };
      expect(erlangC(5, arrivalRate * 0.5)).toBe(1);
      expect(meanWait(full)).toBe(Number.POSITIVE_INFINITY);
      expect(waitTail(full, 1e6)).toBe(1);
      expect(waitQuantile(full, 0.5)).toBe(Number.POSITIVE_INFINITY);
      expect(responseTail(full, 1e6)).toBe(1);
      expect(responseQuantile(full, 0.5)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('make nobody wait where nobody comes', () => {
    const idle = { ...station, arrivalRate: 0 };
    expect(meanWait(idle)).toBe(0);
    expect(waitQuantile(idle, 0.999)).toBe(0);
    expect(responseQuantile(idle, 0.99)).toBeCloseTo(0.5 * Math.log(100), 9);
  });

  it('give an exponential time in the system for one server', () => {
    // M/M/1: response is exponential of rate μ − λ = 2 − 1.5.
    const single = { arrivalRate: 1.5, serviceSeconds: 0.5, servers: 1 };
    expect(responseTail(single, 3)).toBeCloseTo(Math.exp(-0.5 * 3), 12);
    expect(responseQuantile(single, 0.99)).toBeCloseTo(Math.log(100) / 0.5, 9);
  });

  it('lose no digit where the wait and the service decay alike', () => {
    // cμ − λ = μ at c = 5, a = 4.
    const alike = responseTail(station, 1);
    const near = responseTail({ ...station, arrivalRate: 8 * (1 + 1e-9) }, 1);
    const chance = erlangC(5, 4);
    expect(alike).toBeCloseTo(Math.exp(-2) * (1 + chance * 2), 12);
    expect(Math.abs(near - alike)).toBeLessThan(1e-7);
  });

  it('have quantiles that are the inverse of their tails', () => {
    const stations = fc.record({
      arrivalRate: fc.double({ min: 0.1, max: 900, noNaN: true }),
      serviceSeconds: fc.double({ min: 0.001, max: 1, noNaN: true }),
      spare: fc.integer({ min: 1, max: 50 }),
      quantile: fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
    });
    fc.assert(
      fc.property(stations, ({ spare, quantile, ...rest }) => {
        const at = { ...rest, servers: Math.ceil(rest.arrivalRate * rest.serviceSeconds) + spare };
        const wait = waitQuantile(at, quantile);
        const response = responseQuantile(at, quantile);
        expect(response).toBeGreaterThanOrEqual(wait);
        expect(responseTail(at, response)).toBeCloseTo(1 - quantile, 8);
        if (wait > 0) expect(waitTail(at, wait)).toBeCloseTo(1 - quantile, 10);
        else expect(waitTail(at, 0)).toBeLessThanOrEqual(1 - quantile + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { case: 'a negative rate', give: () => meanWait({ ...station, arrivalRate: -1 }), says: 'arrivalRate' },
    { case: 'no number for a rate', give: () => meanWait({ ...station, arrivalRate: Number.NaN }), says: 'NaN' },
    { case: 'no service time', give: () => meanWait({ ...station, serviceSeconds: 0 }), says: 'serviceSeconds' },
    { case: 'half a server', give: () => meanWait({ ...station, servers: 1.5 }), says: '1.5' },
    { case: 'no server to wait for', give: () => erlangC(0, 1), says: 'servers' },
    { case: 'an endless load', give: () => erlangB(3, Number.POSITIVE_INFINITY), says: 'Infinity' },
    { case: 'a quantile of 1', give: () => waitQuantile(station, 1), says: 'quantile' },
    { case: 'a quantile of 0', give: () => responseQuantile(station, 0), says: 'quantile' },
    { case: 'a negative time', give: () => waitTail(station, -1), says: 'seconds' },
  ])('refuse $case', ({ give, says }) => {
    expect(give).toThrow(BadInputError);
    expect(give).toThrow(says);
  });
});
