import { describe, expect, it } from '@jest/globals';
import { normalQuantile } from '../../models/kernel/normal.ts';

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
