import { describe, expect, it } from '@jest/globals';
import { naive2 } from '../../models/forecast/naive2.ts';
import { isSeasonal, isSeasonalInM4, seasonalFactors } from '../../models/forecast/seasonal-index.ts';
import { instant } from '../../models/kernel/series.ts';

const HOUR = 3_600_000;
const DAY = 24;

const path = (values: Float64Array, horizon: number): Float64Array => {
  const answer = naive2.path({ startMs: instant(0), stepMs: HOUR, values }, horizon);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

/** Days of one shape whose mean is 1, times a level. */
const shaped = (hours: number, level: (t: number) => number): Float64Array =>
  Float64Array.from({ length: hours }, (_, t) => level(t) * (1 + 0.5 * Math.sin((2 * Math.PI * t) / DAY)));

describe('the seasonal factors', () => {
  it.each([
    { case: 'an even period', period: 4, factors: [0.4, 0.8, 1.2, 1.6] },
    { case: 'an odd period', period: 3, factors: [0.5, 1, 1.5] },
  ])('of a load without trend are its shape, for $case', ({ period, factors }) => {
    const y = Float64Array.from({ length: 5 * period + 1 }, (_, t) => 7 * factors[t % period]!);
    expect(Array.from(seasonalFactors(y, period)!, (factor) => Number(factor.toFixed(12)))).toEqual(factors);
  });

  it('are undefined where fewer than two periods are known, or a moving average is 0', () => {
    expect(seasonalFactors(Float64Array.of(1, 2, 3), 2)).toBeUndefined();
    expect(seasonalFactors(new Float64Array(20), 4)).toBeUndefined();
  });
});

describe('the test for a season', () => {
  it.each([
    { case: 'a wave', y: shaped(480, () => 10), seasonal: true },
    { case: 'a load that never changes', y: new Float64Array(480).fill(3), seasonal: false },
    { case: 'a line with a bend', y: Float64Array.from({ length: 480 }, (_, t) => Math.sin(t * t)), seasonal: false },
    { case: 'fewer than three days', y: shaped(71, () => 10), seasonal: false },
    { case: 'a wave of eight days', y: shaped(200, () => 10), seasonal: true },
  ])('says $seasonal for $case', ({ y, seasonal }) => {
    expect(isSeasonal(y, DAY)).toBe(seasonal);
  });

  it.each([
    { hours: 251, seasonal: false },
    { hours: 252, seasonal: true },
  ])('looks no further than R does where M4 is meant: $seasonal for a wave of $hours hours', ({ hours, seasonal }) => {
    expect(
      isSeasonalInM4(
        shaped(hours, () => 10),
        DAY,
      ),
    ).toBe(seasonal);
  });
});

describe('Naive2', () => {
  it('carries the level on in the shape of the day, its phase running on', () => {
    const hours = 490;
    const whole = shaped(hours + 48, () => 10);
    const answer = path(whole.subarray(0, hours), 48);
    const worst = answer.reduce((most, value, k) => Math.max(most, Math.abs(value - whole[hours + k]!)), 0);
    expect(worst).toBeLessThan(1e-9);
  });

  it('repeats the last value where no season is found', () => {
    expect(path(Float64Array.of(3, 1, 5), 2)).toEqual(Float64Array.of(5, 5));
  });
});
