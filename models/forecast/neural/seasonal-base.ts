/** `day`: as a day ago. `week`: as a week ago. `days`: the median of the last seven days at that time. */
export type BaseKind = 'day' | 'days' | 'week';

export const BASE_KINDS: readonly BaseKind[] = ['day', 'days', 'week'];

/** Odd in number, so that the median is one of them. */
const LAGS: Readonly<Record<BaseKind, readonly number[]>> = { day: [1], days: [1, 2, 3, 4, 5, 6, 7], week: [7] };

/** Steps of the past that a base looks back over. */
export const reachOf = (kind: BaseKind, stepsPerDay: number): number => (LAGS[kind].at(-1) ?? 1) * stepsPerDay;

/**
 * What a load's season alone lets expect at the steps [from, to), from loads before step `known` (default: from each
 * step's own past): what a network corrects. Steps beyond the known ones repeat the last days known.
 * `from` must be at least `reachOf`. O(steps).
 */
export function seasonalBase(
  load: Float64Array,
  { kind, stepsPerDay }: { readonly kind: BaseKind; readonly stepsPerDay: number },
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array {
  const known = load.length;
  const lags = LAGS[kind];
  const seen = new Float64Array(lags.length);
  const cycle = kind === 'week' ? 7 * stepsPerDay : stepsPerDay;
  return Float64Array.from({ length: to - from }, (_, i) => {
    const beyond = Math.max(0, from + i - known - (lags[0]! * stepsPerDay - 1));
    const at = from + i - Math.ceil(beyond / cycle) * cycle;
    for (let k = 0; k < lags.length; k++) insert(seen, k, load[at - lags[k]! * stepsPerDay]!);
    return seen[lags.length >> 1]!;
  });
}

/** Puts a value in its place among the first `count`, which are in order: for seven values faster than any sort. */
function insert(ordered: Float64Array, count: number, value: number): void {
  let k = count;
  while (k > 0 && ordered[k - 1]! > value) {
    ordered[k] = ordered[k - 1]!;
    k--;
  }
  ordered[k] = value;
}
