import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dot, leastSquares } from '../../models/kernel/least-squares.ts';
import { nonNegativeLeastSquares } from '../../models/kernel/non-negative-least-squares.ts';
import { seededNormal } from '../seeded.ts';

const random = (seed: number, columns: number, rows: number) => {
  const normal = seededNormal(seed);
  const draw = () => Float64Array.from({ length: rows }, normal);
  return { columns: Array.from({ length: columns }, draw), y: draw() };
};

describe('non-negative least squares', () => {
  it('is least squares where no coefficient of that is negative', () => {
    const { columns } = random(1, 3, 40);
    const y = columns[0]!.map((a, t) => 2 * a + 0.5 * columns[1]![t]! + 3 * columns[2]![t]!);
    const plain = leastSquares(columns, y);
    const held = nonNegativeLeastSquares(columns, y);
    held.forEach((value, j) => {
      expect(value).toBeCloseTo(plain.ok ? plain.value[j]! : Number.NaN, 6);
    });
  });

  it('gives the answer worked out by hand where one is: (1, 0) for y = x₁ − x₂ of orthogonal columns', () => {
    const columns = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0)];
    expect(Array.from(nonNegativeLeastSquares(columns, Float64Array.of(1, -1, 5)))).toEqual([expect.closeTo(1, 6), 0]);
  });

  it('is optimal: no coefficient is negative, no free one has a gradient, no held one would gain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }), (seed, k) => {
        const { columns, y } = random(seed, k, 30);
        const b = nonNegativeLeastSquares(columns, y);
        const rest = y.map((value, t) => columns.reduce((left, column, j) => left - b[j]! * column[t]!, value));
        return columns.every((column, j) => {
          const gradient = dot(column, rest);
          return b[j]! >= 0 && gradient < 1e-5 && (b[j] === 0 || gradient > -1e-5);
        });
      }),
    );
  });

  it.each([
    { case: 'a column twice', columns: [Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3)] },
    { case: 'a column of nothing', columns: [new Float64Array(3), Float64Array.of(1, 2, 3)] },
  ])('explains all that can be explained with $case', ({ columns }) => {
    const b = nonNegativeLeastSquares(columns, Float64Array.of(2, 4, 6));
    const fitted = columns.reduce((sum, column, j) => sum + b[j]! * column[2]!, 0);
    expect(fitted).toBeCloseTo(6, 5);
  });
});
