import { describe, expect, it } from '@jest/globals';
import { leastAbsolute } from '../../models/kernel/least-absolute.ts';
import { leastSquares } from '../../models/kernel/least-squares.ts';

const x = Float64Array.from({ length: 100 }, (_, t) => t);
const constant = new Float64Array(100).fill(1);
const line = x.map((t) => 2 * t + 1 + Math.sin(t));

describe('the regression that outliers do not pull', () => {
  it('keeps to a line that every tenth value leaves by far, where least squares does not', () => {
    const y = line.map((value, t) => (t % 10 === 0 ? value + 500 : value));
    const robust = leastAbsolute([x, constant], y);
    const pulled = leastSquares([x, constant], y);
    if (!robust.ok || !pulled.ok) throw new Error('both must be solved');
    expect(Math.abs(robust.value[1]! - 1)).toBeLessThan(2);
    expect(Math.abs(pulled.value[1]! - 1)).toBeGreaterThan(20);
  });

  it.each([
    { case: 'a line without errors', y: x.map((t) => 3 * t - 7), want: [3, -7] },
    { case: 'nothing at all', y: new Float64Array(100), want: [0, 0] },
  ])('is exact for $case', ({ y, want }) => {
    const answer = leastAbsolute([x, constant], y);
    if (!answer.ok) throw new Error('must be solved');
    expect(answer.value[0]).toBeCloseTo(want[0]!, 4);
    expect(answer.value[1]).toBeCloseTo(want[1]!, 4);
  });

  it('refuses what least squares refuses', () => {
    expect(leastAbsolute([x, x.map(() => Number.NaN)], line)).toEqual({
      ok: false,
      refusal: { kind: 'singular', column: 1 },
    });
  });
});
