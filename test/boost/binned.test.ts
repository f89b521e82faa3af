import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BinnedTable, binned, codeOf, MOST_BINS } from '../../models/boost/binned.ts';
import { weightedQuantile } from '../../models/boost/weighted-quantile.ts';
import { column } from './tables.ts';

function codesOf(table: BinnedTable, feature = 0): number[] {
  const { words, shift } = codeOf(table, feature);
  return Array.from(words, (word) => (word >>> shift) & 255);
}

const double = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a binned feature', () => {
  it('has a bin for each of a few values, with short numbers between them', () => {
    const table = binned([column(3, 0.1, 3, 7.123456789)], 4);
    expect([...table.edges[0]!]).toEqual([2, 5]);
    expect(codesOf(table)).toEqual([1, 0, 1, 2]);
  });

  it('has as many rows in each bin where there are many values', () => {
    const table = binned([Float64Array.from({ length: 3200 }, (_, i) => ((i * 37) % 3200) ** 2)], 3200);
    const counts = new Array(MOST_BINS).fill(0);
    for (const code of codesOf(table)) counts[code]++;
    expect(table.edges[0]!.length).toBe(MOST_BINS - 1);
    expect(counts).toEqual(new Array(MOST_BINS).fill(50));
  });

  it('knows the rows that place the edges only', () => {
    const table = binned([column(1, 2, 50, 1.2)], 2);
    expect([...table.edges[0]!]).toEqual([1.5]);
    expect(codesOf(table)).toEqual([0, 1, 1, 0]);
  });

  it('lies at or below an edge exactly where its code does', () => {
    fc.assert(
      fc.property(fc.array(double, { minLength: 1, maxLength: 300 }), (values) => {
        const x = Float64Array.from(values);
        const table = binned([x], x.length);
        expect(table.edges[0]!.length).toBeLessThan(MOST_BINS);
        const codes = codesOf(table);
        table.edges[0]!.forEach((edge, b) => {
          x.forEach((value, i) => {
            if (value <= edge !== codes[i]! <= b) throw new Error(`${value} and edge ${edge} disagree`);
          });
        });
        expect(table.edges[0]).toEqual(Float64Array.from(new Set(table.edges[0])).sort());
      }),
    );
  });

  it('keeps its codes apart from those of its neighbours', () => {
    const columns = Array.from({ length: 9 }, (_, f) =>
      Float64Array.from({ length: 64 }, (_, i) => (i * (2 * f + 1)) % 64),
    );
    const table = binned(columns, 64);
    for (const [f, values] of columns.entries()) expect(codesOf(table, f)).toEqual([...values]);
  });

  it('parts all values of a short history', () => {
    fc.assert(
      fc.property(fc.uniqueArray(double, { minLength: 1, maxLength: 64, comparator: (a, b) => a === b }), (values) => {
        const table = binned([Float64Array.from(values)], values.length);
        expect(new Set(codesOf(table)).size).toBe(values.length);
      }),
    );
  });
});

describe('the weighted quantile', () => {
  it('is the smallest value with enough weight up to it', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 8 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 63 }), (given, share) => {
        const total = given.reduce((sum, [, weight]) => sum + weight, 0);
        fc.pre(total > 0);
        // Sixty-fourths and whole weights: every sum is exact.
        const p = share / 64;
        const upTo = (x: number): number => given.reduce((sum, [value, w]) => sum + (value <= x ? w : 0), 0);
        const expected = Math.min(...given.map(([value]) => value).filter((value) => upTo(value) >= p * total));
        const values = Float64Array.from([...given.map(([value]) => value), -99]);
        const weights = Float64Array.from([...given.map(([, weight]) => weight), 99]);
        expect(weightedQuantile({ values, weights, count: given.length }, p)).toBe(expected + 0);
      }),
    );
  });
});
