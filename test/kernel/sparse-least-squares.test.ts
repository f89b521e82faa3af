import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dot } from '../../models/kernel/least-squares.ts';
import { normalEquations, sparseLeastSquares } from '../../models/kernel/sparse-least-squares.ts';
import { seededNormal } from '../seeded.ts';

const solved = (columns: readonly Float64Array[], y: Float64Array, l1: number, l2 = 0): Float64Array => {
  const filled = (value: number) => new Float64Array(columns.length).fill(value);
  const answer = sparseLeastSquares(normalEquations(columns, y), { l1: filled(l1), l2: filled(l2) });
  if (!answer.ok) throw new Error(`singular at ${answer.refusal.column}`);
  return answer.value;
};

describe('sparse least squares', () => {
  it('of orthogonal columns shrinks each product by the penalty and stops at 0: soft thresholding', () => {
    const columns = [Float64Array.of(1, 0, 0, 0), Float64Array.of(0, 1, 0, 0), Float64Array.of(0, 0, 1, 0)];
    const b = solved(columns, Float64Array.of(3, -2, 0.5, 9), 1);
    expect(b[0]).toBeCloseTo(2, 7);
    expect(b[1]).toBeCloseTo(-1, 7);
    expect(b[2]).toBe(0);
  });

  it('keeps to the conditions of a lasso: gradients equal the penalty where b ≠ 0, and do not exceed it where b = 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.5, max: 20, noNaN: true }), (seed, l1) => {
        const normal = seededNormal(seed);
        const columns = Array.from({ length: 6 }, () => Float64Array.from({ length: 40 }, normal));
        const y = columns[0]!.map((value, t) => 2 * value - columns[1]![t]! + normal());
        const b = solved(columns, y, l1, 0.5);
        const rest = y.map((value, t) => columns.reduce((left, column, j) => left - b[j]! * column[t]!, value));
        return columns.every((column, j) => {
          const gradient = dot(column, rest) - 0.5 * b[j]!;
          return b[j] === 0 ? Math.abs(gradient) < l1 + 1e-3 : Math.abs(gradient - Math.sign(b[j]!) * l1) < 1e-3;
        });
      }),
    );
  });

  it('refuses a column twice when nothing is penalised', () => {
    const column = Float64Array.of(1, 2, 3);
    const answer = sparseLeastSquares(normalEquations([column, column], column), {
      l1: new Float64Array(2),
      l2: new Float64Array(2),
    });
    expect(answer).toEqual({ ok: false, refusal: { kind: 'singular', column: 1 } });
  });
});
