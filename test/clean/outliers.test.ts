import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hampelOutliers } from '../../models/clean/hampel.ts';
import { repairForTraining } from '../../models/clean/repair.ts';
import { seasonalOutliers } from '../../models/clean/seasonal-outliers.ts';
import { robustSpread } from '../../models/clean/spread.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant } from '../../models/kernel/series.ts';

const HOUR = 3_600_000;
const at = (flags: Uint8Array): number[] => Array.from(flags.keys()).filter((i) => flags[i] === 1);

/** Fourteen days of hours: a steep peak each noon, and noise. */
function days(): Float64Array {
  const random = randomSource(1);
  return Float64Array.from({ length: 14 * 24 }, (_, i) => (i % 24 === 12 ? 400 : 100) + 8 * (random() - 0.5));
}
const hourly = (values: Float64Array) => ({ startMs: instant(0), stepMs: HOUR, values });

describe('the robust spread', () => {
  it('is the standard deviation of normal values', () => {
    const quartiles = Float64Array.from([-1.3489795, -0.6744898, 0.6744898, 1.3489795, 0.6744898]);
    expect(robustSpread(quartiles)).toBeCloseTo(1, 6);
  });

  it('is above 0 unless nothing deviates', () => {
    expect(robustSpread(Float64Array.of(0, 0, 0, 0, 5))).toBeGreaterThan(0);
    expect(robustSpread(new Float64Array(5))).toBe(0);
  });
});

describe('the Hampel identifier', () => {
  it('sees a spike and a drop, and nothing else', () => {
    const random = randomSource(2);
    const values = Float64Array.from({ length: 300 }, () => 50 + random());
    values[100] = 1e9;
    values[200] = 0;
    expect(at(hampelOutliers(values, { halfWidth: 5, threshold: 6 }))).toEqual([100, 200]);
  });

  it('takes no ordinary value among equal neighbours for an outlier', () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i % 50 < 25 ? 10 : 10 + (i % 3)));
    expect(at(hampelOutliers(values, { halfWidth: 3, threshold: 6 }))).toEqual([]);
  });

  it('calls infinities outliers and blanks none', () => {
    const values = Float64Array.of(1, 2, Number.POSITIVE_INFINITY, 1, Number.NaN, 2, Number.NEGATIVE_INFINITY, 1);
    expect(at(hampelOutliers(values, { halfWidth: 3, threshold: 6 }))).toEqual([2, 6]);
  });
});

describe('the seasonal residual', () => {
  it('knows the peak that comes every day, and sees the one that came on its own', () => {
    const values = days();
    values[5 * 24 + 3] = 400;
    expect(at(seasonalOutliers(values, { period: 24, threshold: 6 }))).toEqual([5 * 24 + 3]);
  });

  it('sees the day whose peak did not come', () => {
    const values = days();
    values[6 * 24 + 12] = 100;
    expect(at(seasonalOutliers(values, { period: 24, threshold: 6 }))).toEqual([6 * 24 + 12]);
  });

  it('says nothing of less than three seasons', () => {
    const values = Float64Array.of(1, 1, 1, 900, 1, 1);
    expect(at(seasonalOutliers(values, { period: 3, threshold: 6 }))).toEqual([]);
  });
});

describe('repair for training', () => {
  it('replaces a lone spike by the line between its neighbours and leaves the rest bit for bit', () => {
    const values = days();
    values[100] = 1e9;
    const before = Float64Array.from(values);
    const { series, replaced, count } = repairForTraining(hourly(values));
    expect(at(replaced)).toEqual([100]);
    expect(count).toBe(1);
    expect(series.values[100]).toBeCloseTo((values[99]! + values[101]!) / 2, 9);
    expect(series.values.filter((_, i) => i !== 100)).toEqual(before.filter((_, i) => i !== 100));
    expect(values).toEqual(before);
  });

  it('keeps the daily peak and a rush that lasts', () => {
    const values = days();
    values.fill(900, 200, 210);
    expect(repairForTraining(hourly(values)).count).toBe(0);
  });

  it('replaces infinities at the ends by the nearest value', () => {
    const values = Float64Array.of(Number.NEGATIVE_INFINITY, 3, 4, Number.POSITIVE_INFINITY);
    expect(Array.from(repairForTraining(hourly(values)).series.values)).toEqual([3, 3, 4, 4]);
  });

  it.each([
    { case: 'nothing', values: [] },
    { case: 'two points', values: [1, 2] },
    { case: 'zeros', values: new Array(100).fill(0) },
    { case: 'one value', values: new Array(100).fill(7) },
    { case: 'blanks', values: new Array(100).fill(Number.NaN) },
  ])('leaves $case as they are', ({ values }) => {
    const given = Float64Array.from(values);
    expect(repairForTraining(hourly(given)).series.values).toEqual(given);
  });

  it('gives finite values for finite ones, whatever they are, and blanks for blanks alone', () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.constantFrom(0, 1e9, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (given) => {
        const out = repairForTraining(hourly(Float64Array.from(given))).series.values;
        const anyKnown = given.some(Number.isFinite);
        given.forEach((x, i) => {
          if (Number.isNaN(x)) expect(out[i]).toBeNaN();
          else if (anyKnown) expect(Number.isFinite(out[i])).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});
