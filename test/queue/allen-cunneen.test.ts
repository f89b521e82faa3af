import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadInputError } from '../../models/kernel/errors.ts';
import {
  meanWait,
  responseQuantile,
  responseTail,
  waitFactor,
  waitQuantile,
  waitTail,
} from '../../models/queue/allen-cunneen.ts';
import * as erlang from '../../models/queue/erlang.ts';
import { serviceShape } from '../../models/queue/serving-shape.ts';

const station = { arrivalRate: 8, serviceSeconds: 0.5, servers: 5 };

describe('the approximation of Allen and Cunneen', () => {
  it('is M/M/c where arrivals are Poisson and service is exponential', () => {
    for (const variation of [{}, { arrivals: 1, service: 1 }]) {
      expect(meanWait(station, variation)).toBe(erlang.meanWait(station));
      expect(waitQuantile(station, variation, 0.99)).toBe(erlang.waitQuantile(station, 0.99));
      expect(responseQuantile(station, variation, 0.99)).toBe(erlang.responseQuantile(station, 0.99));
    }
  });

  it('is the formula of Pollaczek and Khinchine for one server', () => {
    const cases = fc.record({
      rho: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      serviceSeconds: fc.double({ min: 0.001, max: 100, noNaN: true }),
      service: fc.double({ min: 0, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ rho, serviceSeconds, service }) => {
        const single = { arrivalRate: rho / serviceSeconds, serviceSeconds, servers: 1 };
        const secondMoment = serviceSeconds ** 2 * (1 + service);
        const exact = (single.arrivalRate * secondMoment) / (2 * (1 - single.arrivalRate * serviceSeconds));
        return Math.abs(meanWait(single, { service }) / exact - 1) < 1e-9;
      }),
    );
  });

  it('halves the wait where every request takes the same', () => {
    expect(meanWait(station, { service: 0 })).toBeCloseTo(erlang.meanWait(station) / 2, 14);
    expect(waitFactor({ arrivals: 4, service: 2 })).toBe(3);
  });

  it('makes nobody wait below full load where both are clocked, and everybody above', () => {
    const clocked = { arrivals: 0, service: 0 };
    expect(meanWait(station, clocked)).toBe(0);
    expect(responseQuantile(station, clocked, 0.999)).toBeCloseTo(0.5, 11);
    expect(meanWait({ ...station, arrivalRate: 10 }, clocked)).toBe(Number.POSITIVE_INFINITY);
    expect(waitTail({ ...station, arrivalRate: 10 }, clocked, 5)).toBe(1);
  });

  it('has a tail whose area is the mean wait', () => {
    const variation = { service: 4 };
    let area = 0;
    for (let i = 0; i < 8_000; i++) area += waitTail(station, variation, (i + 0.5) * 0.01) * 0.01;
    expect(area / meanWait(station, variation)).toBeCloseTo(1, 5);
  });

  it.each([{ service: 0 }, { service: 0.3 }, { service: 1 }, { service: 5 }])(
    'has a response tail whose area is the wait and the service together, for a variation of $service',
    (variation) => {
      let area = 0;
      for (let i = 0; i < 8_000; i++) area += responseTail(station, variation, (i + 0.5) * 0.01) * 0.01;
      expect(area / (meanWait(station, variation) + station.serviceSeconds)).toBeCloseTo(1, 4);
    },
  );

  it('refuses a variation that none can have', () => {
    expect(() => meanWait(station, { service: -0.1 })).toThrow(
      'service variation must be a finite number ≥ 0, got -0.1',
    );
    expect(() => meanWait(station, { arrivals: Number.NaN })).toThrow(BadInputError);
    expect(() => waitQuantile(station, {}, 1.5)).toThrow(BadInputError);
    expect(() => responseTail(station, {}, Number.NaN)).toThrow(BadInputError);
  });
});

describe('a service time of two moments', () => {
  it('has the mean and the variation that were asked for', () => {
    const cases = fc.tuple(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([meanSeconds, variation]) => {
        const { leastSeconds: d, phases } = serviceShape(meanSeconds, variation);
        const first = phases.reduce((sum, p) => sum + p.probability * p.meanSeconds, 0);
        const second = phases.reduce((sum, p) => sum + 2 * p.probability * p.meanSeconds ** 2, 0);
        expect((d + first) / meanSeconds).toBeCloseTo(1, 10);
        expect((second - first ** 2) / meanSeconds ** 2).toBeCloseTo(variation, 6);
      }),
    );
  });

  it('refuses a mean of nothing', () => {
    expect(() => serviceShape(0, 1)).toThrow(BadInputError);
  });
});
