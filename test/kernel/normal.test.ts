import { describe, expect, it } from '@jest/globals';
import { normalOf, normalQuantile } from '../../models/kernel/normal.ts';

describe('the normal quantile', () => {
  // R 4.3, qnorm; the formula promises a relative error below 1.2e-9.
  it.each([
    { p: 0.5, z: 0 },
    { p: 0.75, z: 0.6744897501960817 },
    { p: 0.975, z: 1.959963984540054 },
    { p: 0.995, z: 2.5758293035489004 },
    { p: 0.001, z: -3.090232306167813 },
    { p: 1e-9, z: -5.997807015007686 },
  ])('of $p is $z', ({ p, z }) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(2e-9 * Math.max(1, Math.abs(z)));
  });

  it('is infinite at the ends', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('a normal number of two uniform ones', () => {
  it('stays below each quantile as often as it shall', () => {
    const side = 400;
    const numbers = Float64Array.from({ length: side * side }, (_, k) =>
      normalOf((Math.floor(k / side) + 0.5) / side, ((k % side) + 0.5) / side),
    );
    for (const p of [0.01, 0.1, 0.5, 0.8, 0.99]) {
      const below = numbers.filter((x) => x <= normalQuantile(p)).length / numbers.length;
      expect(Math.abs(below - p)).toBeLessThan(0.002);
    }
  });

  it('is finite at the ends of what is drawn', () => {
    expect(Number.isFinite(normalOf(1 - 2 ** -53, 0))).toBe(true);
    expect(normalOf(0, 0.3)).toBeCloseTo(0, 12);
  });
});
