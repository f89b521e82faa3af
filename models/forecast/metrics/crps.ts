/**
 * Continuous ranked probability score of a forecast given as a sample: the mean distance of the sample from what came, less
 * half the mean distance within the sample. Unit of the load; for a single value the absolute error; least in the mean for
 * the true distribution. NaN for an empty sample.
 *
 * Needs: `sorted` ascending.   O(m).
 * Source: Gneiting & Raftery, Strictly Proper Scoring Rules, JASA 102 (2007), eq. 21; the sum over pairs by ranks.
 */
export function crpsOfSample(sorted: ArrayLike<number>, actual: number): number {
  const m = sorted.length;
  let off = 0;
  let within = 0;
  for (let i = 0; i < m; i++) {
    off += Math.abs(sorted[i]! - actual);
    within += (2 * i - m + 1) * sorted[i]!;
  }
  return off / m - within / (m * m);
}
