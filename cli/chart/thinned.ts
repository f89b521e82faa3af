/** A value that holds over the steps [from, to), fractions of a step included. */
export interface Held {
  readonly from: number;
  readonly to: number;
  readonly value: number | null;
}

/** As many columns as a chart has pixels, about. */
const COLUMNS = 900;

/** True when so many steps share columns. */
export const isThinned = (steps: number, columns: number = COLUMNS): boolean => steps > 2 * columns;

/**
 * Values to draw: each for itself while there is room, else the least and the greatest of each of `columns` buckets, in
 * the order in which they came, so that no peak is lost. NaN is a blank: null where nothing else is in a bucket. O(n).
 */
export function thinned(values: ArrayLike<number>, columns: number = COLUMNS): readonly Held[] {
  const steps = values.length;
  if (!isThinned(steps, columns)) {
    return Array.from({ length: steps }, (_, i) => ({ from: i, to: i + 1, value: seen(values[i]) }));
  }
  return Array.from({ length: columns }, (_, k) => {
    const [from, to] = [Math.floor((k * steps) / columns), Math.floor(((k + 1) * steps) / columns)];
    return extremes(values, from, to);
  }).flat();
}

const seen = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function extremes(values: ArrayLike<number>, from: number, to: number): readonly Held[] {
  let [low, high] = [-1, -1];
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (low < 0 || value < values[low]!) low = i;
    if (high < 0 || value > values[high]!) high = i;
  }
  if (low < 0) return [{ from, to, value: null }];
  const middle = (from + to) / 2;
  const [first, second] = low <= high ? [low, high] : [high, low];
  return [
    { from, to: middle, value: values[first]! },
    { from: middle, to, value: values[second]! },
  ];
}
