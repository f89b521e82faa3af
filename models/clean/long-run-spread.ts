import { mean } from '../kernel/statistics.ts';
import { robustSpread } from './spread.ts';

/** Fewer averages than this do not show how much averages vary. */
const FEWEST_AVERAGES = 12;

/**
 * Root of the long-run variance: of independent values their standard deviation, of values that remember what makes the
 * variance of a mean of m of them σ²/m. From the differences of the means of neighbouring stretches of `memory` values,
 * so that a few changes of level do not move it; shorter stretches where there would be fewer than 12.
 * Needs finite values; 0 where nothing varies or there are fewer than two values. O(n).
 * Source: batch means, Glynn & Whitt, Operations Research Letters 10 (1991); differences against shifts, Rice, Annals of
 * Statistics 12 (1984).
 */
export function longRunSpread(values: Float64Array, memory: number): number {
  const width = Math.max(1, Math.min(memory, Math.floor(values.length / FEWEST_AVERAGES)));
  const means = Float64Array.from({ length: Math.floor(values.length / width) }, (_, k) =>
    mean(values.subarray(k * width, (k + 1) * width)),
  );
  if (means.length < 2) return 0;
  const steps = Float64Array.from({ length: means.length - 1 }, (_, k) => means[k + 1]! - means[k]!);
  return robustSpread(steps) * Math.sqrt(width / 2);
}
