import { describe, expect, it } from '@jest/globals';
import { lnGamma, normalBelow, normalQuantile, upperGamma } from '../../bench/scaling/incomplete-gamma.ts';

/** e^−x Σ x^k / k! over k < n: Q(n, x) for a whole n (DLMF §8.4.10). */
function poissonBelow(n: number, x: number): number {
  let term = Math.exp(-x);
  let sum = 0;
  for (let k = 0; k < n; k++) {
    sum += term;
    term *= x / (k + 1);
  }
  return sum;
}

describe('the incomplete gamma function', () => {
  it.each([
    [1, 0.2],
    [1, 7],
    [3, 3],
    [20, 5],
    [20, 21],
    [20, 60],
    [400, 380],
    [400, 430],
  ])('Q(%p, %p) is the Poisson sum', (n, x) => {
    expect(upperGamma(n, x)).toBeCloseTo(poissonBelow(n, x), 9);
  });

  it('is one at and below zero', () => {
    expect([upperGamma(2, 0), upperGamma(2, -1)]).toEqual([1, 1]);
  });

  it.each([
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [1, 0],
    [5, Math.log(24)],
    [11, Math.log(3_628_800)],
  ])('ln Γ(%p) is %p', (a, expected) => {
    expect(lnGamma(a)).toBeCloseTo(expected, 9);
  });

  it('gives the normal distribution: 95 % within 1.96 deviations, and quantiles that invert it', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959_964, 6);
    for (const p of [0.001, 0.2, 0.5, 0.9, 0.999]) expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 10);
  });
});
