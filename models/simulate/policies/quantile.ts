/** Least value that a share `q` of the sorted values does not exceed (nearest rank); of at least one value. O(1). */
export const nearestRank = (sorted: ArrayLike<number>, q: number): number =>
  sorted[Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length))) - 1]!;

/** A sorted copy. O(n·log n). */
export const sortedCopy = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();
