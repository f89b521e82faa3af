import { describe, expect, it } from '@jest/globals';
import { disturbedHistory } from '../../../models/forecast/pretrained/disturbed-history.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { median } from '../../../models/kernel/statistics.ts';

const wave = Float64Array.from({ length: 500 }, (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 24));
const copies = Array.from({ length: 60 }, (_, seed) => disturbedHistory(wave, randomSource(seed)));
const ratios = copies.map((copy) => copy.map((load, t) => load / wave[t]!));

describe('a disturbed history', () => {
  it('is the same for the same draws, and leaves the history as it was', () => {
    const before = wave.slice();
    expect(disturbedHistory(wave, randomSource(3))).toEqual(copies[3]);
    expect(wave).toEqual(before);
  });

  it('has no load below 0 and none that is not finite', () => {
    expect(copies.every((copy) => copy.every((load) => load >= 0 && Number.isFinite(load)))).toBe(true);
  });

  it('shifts for good in most copies', () => {
    const half = (ratio: Float64Array, from: number): number => median(ratio.subarray(from, from + 100));
    const shifted = ratios.filter((ratio) => Math.abs(Math.log(half(ratio, 400) / half(ratio, 0))) > 0.25).length;
    expect(shifted).toBeGreaterThan(35);
  });

  it('is noisier in some copies than in others', () => {
    const noise = ratios.map((ratio) =>
      median(ratio.map((value, t) => Math.abs(Math.log(value / (ratio[t - 1] ?? value))))),
    );
    expect(Math.min(...noise)).toBeLessThan(0.02);
    expect(Math.max(...noise)).toBeGreaterThan(0.1);
  });

  it.each([
    { case: 'nothing', history: new Float64Array(0) },
    { case: 'no load at all', history: new Float64Array(50) },
    { case: 'blanks alone', history: new Float64Array(50).fill(Number.NaN) },
  ])('of $case is the same again', ({ history }) => {
    for (let seed = 0; seed < 20; seed++) expect(disturbedHistory(history, randomSource(seed))).toEqual(history);
  });
});
