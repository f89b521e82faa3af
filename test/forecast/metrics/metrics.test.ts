import { describe, expect, it } from '@jest/globals';
import { crpsOfSample } from '../../../models/forecast/metrics/crps.ts';
import { mase, seasonalScale } from '../../../models/forecast/metrics/mase.ts';
import { setErrors } from '../../../models/forecast/metrics/owa.ts';
import { smape } from '../../../models/forecast/metrics/smape.ts';

import { seededNormal } from '../../seeded.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('sMAPE', () => {
  it.each([
    { case: 'twice what came', actual: of(1, 1), forecast: of(2, 2), gives: 200 / 3 },
    { case: 'nothing where there was load', actual: of(5), forecast: of(0), gives: 200 },
    { case: 'nothing where there was nothing', actual: of(0, 1), forecast: of(0, 1), gives: 0 },
    { case: 'a step that nobody observed', actual: of(Number.NaN, 1), forecast: of(9, 3), gives: 100 },
  ])('of $case', ({ actual, forecast, gives }) => {
    expect(smape(actual, forecast)).toBeCloseTo(gives, 12);
  });

  it('is undefined where nobody observed any step', () => {
    expect(smape(of(Number.NaN), of(9))).toBeNaN();
  });
});

describe('MASE', () => {
  it('is the error in units of what the seasonal naive is wrong by within the history', () => {
    const scale = seasonalScale(of(1, 2, 3, 6), 2);
    expect(scale).toBe(3);
    expect(mase(of(10, 10), of(13, 16), scale)).toBe(1.5);
  });

  it.each([
    { case: 'no longer than a season', history: of(1, 2) },
    { case: 'that repeats exactly', history: of(1, 2, 1, 2) },
  ])('is undefined for a history $case', ({ history }) => {
    expect(mase(of(1), of(2), seasonalScale(history, 2))).toBeNaN();
  });
});

describe('OWA', () => {
  it('is a ratio of means over the set, not a mean of ratios', () => {
    const naive2 = [
      { smape: 10, mase: 1 },
      { smape: 30, mase: 3 },
    ];
    const errors = [
      { smape: 10, mase: 2 },
      { smape: 10, mase: 2 },
    ];
    expect(setErrors(errors, naive2)).toEqual({ smape: 10, mase: 2, owa: (10 / 20 + 2 / 2) / 2 });
  });

  it('leaves series without a scale out of the mean of MASE', () => {
    const errors = [
      { smape: 10, mase: Number.NaN },
      { smape: 10, mase: 2 },
    ];
    expect(setErrors(errors, errors)).toEqual({ smape: 10, mase: 2, owa: 1 });
  });
});

describe('CRPS', () => {
  it.each([
    { case: 'a single value: the absolute error', sample: [3], actual: 5, gives: 2 },
    { case: 'two values around what came, worked out by hand', sample: [0, 2], actual: 1, gives: 0.5 },
    { case: 'no load in any scenario and none came', sample: [0, 0, 0], actual: 0, gives: 0 },
  ])('of $case', ({ sample, actual, gives }) => {
    expect(crpsOfSample(sample, actual)).toBeCloseTo(gives, 12);
  });

  it('of many normal draws is the closed form: σ(2φ(0) − 1/√π) at the mean', () => {
    const normal = seededNormal(3);
    const sample = Float64Array.from({ length: 20_000 }, normal).sort();
    // Sums of twelve uniform numbers have slightly less in the tails; a hundredth is more than that and chance.
    expect(crpsOfSample(sample, 0)).toBeCloseTo(2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI), 2);
  });

  it('is undefined for a forecast that says nothing', () => {
    expect(crpsOfSample([], 1)).toBeNaN();
  });
});
