import { describe, expect, it } from '@jest/globals';
import { pooledShare } from '../../../models/forecast/metrics/pooled-share.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

describe('the pooled share', () => {
  it('counts every value once and none that is NaN', () => {
    const series = [
      { values: Float64Array.of(1, 0, Number.NaN), block: 1 },
      { values: Float64Array.of(1, 1), block: 1 },
    ];
    expect(pooledShare(series).share).toBe(0.75);
  });

  it('has the error of independent values where blocks hold one each', () => {
    const random = randomSource(1);
    const values = Float64Array.from({ length: 4000 }, () => Number(random() < 0.8));
    const { error } = pooledShare([{ values, block: 1 }]);
    // The share of ones in the sample is 0.8 but for 0.01, which moves the error by less than 2 %.
    expect(Math.abs(error / Math.sqrt(0.16 / 4000) - 1)).toBeLessThan(0.02);
  });

  it('has a greater error where values repeat each other within blocks', () => {
    const random = randomSource(2);
    const days = Float64Array.from({ length: 200 }, () => Number(random() < 0.5));
    const values = Float64Array.from({ length: 4800 }, (_, i) => days[Math.floor(i / 24)]!);
    const [alone, blocks] = [1, 24].map((block) => pooledShare([{ values, block }]).error);
    expect(blocks! / alone!).toBeGreaterThan(4);
  });

  it('knows no error of a single block', () => {
    expect(pooledShare([{ values: Float64Array.of(1, 0), block: 9 }]).error).toBeNaN();
  });
});
