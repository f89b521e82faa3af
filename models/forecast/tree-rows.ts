/** Features of one row. */
export const TREE_COLUMNS = 20;

/** A load as rows of features look at it. */
export interface LagView {
  readonly values: Float64Array;
  /** Steps of a day. */
  readonly day: number;
  /** Sum of the values before each step. */
  readonly sums: Float64Array;
  /** Steps before an origin without which it has no row. */
  readonly reach: number;
  /** Whether rows look a week back. */
  readonly weekly: boolean;
}

/** Looks a week back where two weeks and a day are known, else a day alone. O(n). */
export function lagView(values: Float64Array, day: number): LagView {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  const weekly = values.length >= 15 * day;
  return { values, day, sums, weekly, reach: weekly ? 8 * day : 2 * day };
}

export interface RowPlace {
  /** The first step that is not known. */
  readonly origin: number;
  /** 1 is the origin itself. */
  readonly ahead: number;
  /** A horizon beyond it looks like it: seasons still move on, what the newest steps tell does not. */
  readonly furthest: number;
}

/**
 * Writes what is known at an origin about a step ahead, and returns what the season alone lets expect of it: the day before
 * and, where weeks are known, half of it and half the week before. Needs `reach` steps before the origin. O(features).
 */
export function writeTreeRow(
  view: LagView,
  { origin, ahead, furthest }: RowPlace,
  columns: readonly Float64Array[],
  row: number,
): number {
  const { values, day, sums, weekly } = view;
  const target = origin + ahead - 1;
  const hour = Math.max(1, Math.round(day / 24));
  const at = (step: number): number => values[step < 0 ? ((step % day) + day) % day : step]!;
  /** The newest known step whole periods before the target. */
  const before = (period: number): number => target - period * Math.ceil((target - origin + 1) / period);
  const level = (end: number, steps: number): number => {
    const from = Math.max(0, end - steps);
    return (sums[end]! - sums[from]!) / (end - from);
  };
  const d = before(day);
  const w = weekly ? before(7 * day) : d;
  const base = (at(d) + at(w)) / 2;
  const newest = at(origin - 1);
  const angle = (2 * Math.PI * (target % day)) / day;
  const features = [
    Math.min(ahead, furthest) / day,
    base,
    at(w) - at(d),
    at(d - day) - base,
    at(d - 2 * day) - base,
    at(d - 1) - at(d),
    at(d + 1 < origin ? d + 1 : d + 1 - day) - at(d),
    level(d + 1, hour) - at(d),
    newest - base,
    newest - at(origin - 2),
    level(origin, hour) - newest,
    level(origin, 6 * hour) - level(origin - day, 6 * hour),
    newest - at(origin - 1 - day),
    level(origin, hour) - level(origin - day, hour),
    level(origin, day),
    level(origin, day) - level(origin - day, day),
    weekly ? level(origin, day) - level(origin - 7 * day, day) : 0,
    weekly ? newest - at(origin - 1 - 7 * day) : 0,
    Math.sin(angle),
    Math.cos(angle),
  ];
  for (let j = 0; j < TREE_COLUMNS; j++) columns[j]![row] = features[j]!;
  return base;
}
