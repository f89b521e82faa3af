import { describe, expect, it } from '@jest/globals';
import { randomSource, xoshiro } from '../../models/kernel/rng.ts';

const take = (count: number, source: () => number): number[] => Array.from({ length: count }, source);

describe('a seeded source of numbers', () => {
  it('is xoshiro128**, as its authors publish it', () => {
    expect(take(10, xoshiro([1, 2, 3, 4]))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('depends on its seed alone', () => {
    const [one, two] = [randomSource(7), randomSource(7)];
    take(3, randomSource(8));
    expect(take(100, one)).toEqual(take(100, two));
    expect(take(5, randomSource(7))).not.toEqual(take(5, randomSource(8)));
  });

  it('is even over [0, 1), with neighbours that do not know each other', () => {
    const numbers = take(100_000, randomSource(1));
    const tenths = new Array<number>(10).fill(0);
    let product = 0;
    expect(numbers.every((u) => u >= 0 && u < 1)).toBe(true);
    numbers.forEach((u, i) => {
      tenths[Math.floor(u * 10)]! += 1;
      product += (u - 0.5) * ((numbers[i - 1] ?? 0.5) - 0.5);
    });
    // Chi-square of nine degrees of freedom: 27.9 is exceeded once in a thousand.
    expect(tenths.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
    // The correlation of 1e5 pairs has a standard deviation of 0.0032.
    expect(Math.abs(product / 100_000 / (1 / 12))).toBeLessThan(0.0128);
  });
});
