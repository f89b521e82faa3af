/**
 * Empirical quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7, R's default).
 * Needs: `sorted` ascending, at least one value, 0 ≤ p ≤ 1. NaN for an empty input. O(1).
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1;
  if (last < 0) return Number.NaN;
  const position = Math.min(Math.max(p, 0), 1) * last;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, last)]!;
  const share = position - below;
  const gap = high - low;
  // Two finite numbers may lie further apart than any number is large.
  return Number.isFinite(gap) ? low + share * gap : low * (1 - share) + high * share;
}

/** Ascending copy; the input is untouched. O(n log n). */
export const ascending = (values: ArrayLike<number>): Float64Array => new Float64Array(values).sort();

/** Sum from the first to the last; 0 when empty. O(n). */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** Arithmetic mean; NaN when empty. O(n). */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

/** Median by sorting; NaN when empty. O(n log n). */
export const median = (values: ArrayLike<number>): number => quantileOfSorted(ascending(values), 0.5);

/** Share of a sorted sample above x, half a count away from 0 and 1. O(log n). */
export function shareAbove(sorted: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return (sorted.length - low + 0.5) / (sorted.length + 1);
}
