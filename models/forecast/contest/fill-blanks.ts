/**
 * A copy in which every NaN is the nearest earlier value whole periods before, of which the newest counts; where there is
 * none, the nearest later one that is known. Undefined when nothing is known at all. O(n · n / period) at worst.
 */
export function fillBlanks(values: Float64Array, period: number): Float64Array | undefined {
  const filled = values.slice();
  for (let i = period; i < filled.length; i++) if (Number.isNaN(filled[i]!)) filled[i] = filled[i - period]!;
  let next = Number.NaN;
  for (let i = filled.length - 1; i >= 0; i--) {
    if (Number.isNaN(filled[i]!)) filled[i] = next;
    else next = filled[i]!;
  }
  const end = filled.findLastIndex((value) => !Number.isNaN(value));
  if (end < 0) return undefined;
  filled.fill(filled[end]!, end + 1);
  return filled;
}
