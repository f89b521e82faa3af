import { median } from '../kernel/statistics.ts';

/** Makes the median absolute deviation of normal values their standard deviation: 1 / Φ⁻¹(3/4). */
export const OF_MEDIAN = 1.482602218505602;

/** The same for the mean absolute deviation: √(π/2). */
export const OF_MEAN = 1.2533141373155;

/**
 * Spread of deviations that a few large ones do not move; equals the standard deviation of normal values. The median of
 * |d| where that says anything, the mean where more than half of the deviations are 0; 0 only where all are.
 * Needs finite values; NaN when there is none. O(n log n).
 * Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993), §3.3: the modified z-score and its fallback.
 */
export function robustSpread(deviations: Float64Array): number {
  const sizes = deviations.map(Math.abs);
  const middle = median(sizes);
  if (middle !== 0) return OF_MEDIAN * middle;
  // Divided before it is added up, so that the largest numbers there are do not overflow.
  return OF_MEAN * sizes.reduce((sum, size) => sum + size / sizes.length, 0);
}
