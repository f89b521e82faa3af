/** The usual (lower median) distance between neighbours of an ascending list, equal neighbours left out; undefined without any. */
export function usualGap(times: readonly number[]): number | undefined {
  const gaps = times
    .slice(1)
    .map((t, i) => t - times[i]!)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  return gaps[(gaps.length - 1) >> 1];
}
