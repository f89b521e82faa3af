import { median } from '../kernel/statistics.ts';
import { robustSpread } from './spread.ts';

export interface HampelOptions {
  /** Neighbours on each side that a value is compared with, at least 1. */
  readonly halfWidth: number;
  /** Spreads from the middle of its neighbourhood at which a value is an outlier. */
  readonly threshold: number;
}

/**
 * Outliers by the Hampel identifier: 1 where a value is further than `threshold` spreads from the median of the 2k + 1
 * around it. The spread is that of the neighbourhood or that of the whole series about its running median, whichever is
 * greater: five equal neighbours would otherwise condemn every ordinary value.
 * NaN is no outlier and no witness; infinities are outliers. O(n · k log k).
 * Source: Hampel, JASA 69 (1974); Pearson, Neuvo, Astola & Gabbouj, EURASIP J. Adv. Signal Process. 2016:87.
 */
export function hampelOutliers(values: Float64Array, { halfWidth, threshold }: HampelOptions): Uint8Array {
  const n = values.length;
  const off = new Float64Array(n).fill(Number.NaN);
  const local = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const around = values.subarray(Math.max(0, i - halfWidth), i + halfWidth + 1).filter(Number.isFinite);
    if (Number.isNaN(values[i]!) || around.length === 0) continue;
    const middle = median(around);
    off[i] = values[i]! - middle;
    local[i] = robustSpread(around.map((value) => value - middle));
  }
  const known = off.filter(Number.isFinite);
  const whole = known.length === 0 ? 0 : robustSpread(known);
  return Uint8Array.from(off, (d, i) => (Math.abs(d) > threshold * Math.max(local[i]!, whole) ? 1 : 0));
}
