import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leastSquares } from '../../models/kernel/least-squares.ts';
import { ascending, mean, median, quantileOfSorted } from '../../models/kernel/statistics.ts';
import { seededNormal } from '../seeded.ts';

const solved = (columns: readonly Float64Array[], y: Float64Array, ridge?: number): Float64Array => {
  const result = leastSquares(columns, y, ridge);
  if (!result.ok) throw new Error(`singular at ${result.refusal.column}`);
  return result.value;
};

describe('least squares', () => {
  it('draws the line that a hand draws: (0, 1), (1, 3), (2, 5) and (3, 7)', () => {
    const [a, b] = solved([Float64Array.of(1, 1, 1, 1), Float64Array.of(0, 1, 2, 3)], Float64Array.of(1, 3, 5, 7));
    expect(a).toBeCloseTo(1, 6);
    expect(b).toBeCloseTo(2, 6);
  });

  it('gives the textbook answer where no line fits: 1, 2, 2 at 0, 1, 2 is 7/6 + x/2', () => {
    const [a, b] = solved([Float64Array.of(1, 1, 1), Float64Array.of(0, 1, 2)], Float64Array.of(1, 2, 2));
    expect(a).toBeCloseTo(7 / 6, 6);
    expect(b).toBeCloseTo(1 / 2, 6);
  });

  it('leaves errors that no regressor explains', () => {
    const normal = seededNormal(3);
    const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: 200 }, normal));
    const y = Float64Array.from({ length: 200 }, normal);
    const weights = solved(columns, y);
    const error = y.map((value, i) => value - columns.reduce((sum, column, j) => sum + weights[j]! * column[i]!, 0));
    for (const column of columns) {
      expect(Math.abs(column.reduce((sum, value, i) => sum + value * error[i]!, 0))).toBeLessThan(1e-5);
    }
  });

  it('shrinks towards nothing as the ridge grows', () => {
    const columns = [Float64Array.of(1, 2, 3)];
    const y = Float64Array.of(2, 4, 6);
    const [loose, tight] = [1e-9, 10].map((ridge) => solved(columns, y, ridge)[0]!);
    expect(loose).toBeCloseTo(2, 6);
    expect(tight).toBeCloseTo(28 / (14 + 30), 12);
  });

  it('refuses two equal regressors when nothing holds them apart', () => {
    const column = Float64Array.of(1, 2, 3);
    expect(leastSquares([column, column], Float64Array.of(1, 2, 3), 0)).toEqual({
      ok: false,
      refusal: { kind: 'singular', column: 1 },
    });
  });
});

describe('order statistics', () => {
  it.each([
    { p: 0, value: 1 },
    { p: 0.5, value: 2.5 },
    { p: 0.9, value: 3.7 },
    { p: 1, value: 4 },
    { p: 2, value: 4 },
  ])('put the $p quantile of 1, 2, 3, 4 at $value', ({ p, value }) => {
    expect(quantileOfSorted([1, 2, 3, 4], p)).toBeCloseTo(value, 12);
  });

  it('have nothing to say of nothing', () => {
    expect(quantileOfSorted([], 0.5)).toBeNaN();
    expect(mean([])).toBeNaN();
    expect(median([])).toBeNaN();
  });

  it('never leave the range of the values, and rise with the level', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, p) => {
        const sorted = ascending(given);
        const quantile = quantileOfSorted(sorted, p);
        expect(quantile).toBeGreaterThanOrEqual(sorted[0]!);
        expect(quantile).toBeLessThanOrEqual(sorted.at(-1)!);
        expect(quantileOfSorted(sorted, Math.min(1, p + 0.1))).toBeGreaterThanOrEqual(quantile - 1e-9);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
