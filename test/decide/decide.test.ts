import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { targetTrackingWant } from '../../models/decide/counterfactual.ts';
import { needOf } from '../../models/decide/need.ts';
import { alternatives, candidatesAround, criticalRatio, newsvendor } from '../../models/decide/newsvendor.ts';
import { quantileOfSorted } from '../../models/kernel/statistics.ts';
import { units } from '../../models/kernel/units.ts';

const throughput = { perStep: 100, targetUtilisation: 0.8 };

describe('needOf', () => {
  it.each([
    { case: 'an empty night still needs one unit', load: 0, need: 1 },
    { case: 'a load that fills n units exactly needs n', load: 240, need: 3 },
    { case: 'a floating-point hair more still needs n', load: 240 + 1e-10, need: 3 },
    { case: 'the next request needs one more', load: 240.1, need: 4 },
  ])('$case', ({ load, need }) => {
    expect(needOf(load, throughput)).toBe(need);
  });
});

describe('targetTrackingWant', () => {
  it('orders what brings utilisation to the target', () => {
    expect(targetTrackingWant(1400, 100, 0.7)).toBe(20);
  });
});

const belief = (peaks: readonly number[]) => {
  const scenarios = Float64Array.from(peaks).sort();
  return { scenarios, quantile: (p: number) => quantileOfSorted(scenarios, p) };
};

describe('newsvendor', () => {
  it('takes the quantile that the price asks for', () => {
    const peaks = Array.from({ length: 101 }, (_, i) => i * 10);
    const { target } = newsvendor(belief(peaks), { throughput, shortagePenalty: 19 });
    expect(criticalRatio(19)).toBe(0.95);
    expect(target).toBe(needOf(950, throughput));
  });

  it('chooses a price no higher than one unit less or more would cost', () => {
    const peaks = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 400, maxLength: 400 });
    fc.assert(
      fc.property(peaks, fc.integer({ min: 1, max: 40 }), (loads, shortagePenalty) => {
        const terms = { throughput, shortagePenalty };
        const sample = belief(loads);
        const { target } = newsvendor(sample, terms);
        const priced = alternatives(sample, terms, candidatesAround(target, []));
        const chosen = priced.find((a) => a.target === target)!;
        // The interpolated quantile may stand one order statistic away from the exact minimum: 1/400 of the penalty.
        const slack = (shortagePenalty + 1) / 400;
        for (const { expectedPrice } of priced) expect(chosen.expectedPrice).toBeLessThanOrEqual(expectedPrice + slack);
      }),
      { numRuns: 50 },
    );
  });

  it('prices idle and missing units by hand-made numbers', () => {
    const terms = { throughput, shortagePenalty: 10 };
    const [two] = alternatives(belief([80, 160, 240, 320]), terms, [units(2)]);
    expect(two).toEqual({ target: 2, coverage: 0.5, expectedPrice: (1 + 0 + 10 + 20) / 4 });
  });
});
