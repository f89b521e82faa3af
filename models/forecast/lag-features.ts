/** Regressors of one step. */
export const LAG_FEATURES = 17;

/** A load that is looked back on in days and weeks. */
export interface LagHistory {
  readonly values: Float64Array;
  /** Steps of a day. */
  readonly day: number;
  /** Sum of the values before each step. */
  readonly sums: Float64Array;
}

export function lagHistory(values: Float64Array, day: number): LagHistory {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return { values, day, sums };
}

/** A step `ahead` of an origin, 1 being the first one that is not known there. */
export interface LagStep {
  readonly origin: number;
  readonly ahead: number;
}

/**
 * Writes what is known at the origin about a step ahead into one row, and returns its base: half the newest known step
 * whole days before, half the newest one whole weeks before. Needs two weeks before the origin. O(LAG_FEATURES).
 */
export function writeLagRow(
  history: LagHistory,
  { origin, ahead }: LagStep,
  to: { readonly columns: readonly Float64Array[]; readonly row: number },
): number {
  const { values, day } = history;
  const week = 7 * day;
  const target = origin + ahead - 1;
  const d = target - day * Math.ceil(ahead / day);
  const w = target - week * Math.ceil(ahead / week);
  const at = (step: number): number => values[Math.max(0, step >= origin ? step - day : step)]!;
  // Within the day: what the newest step is off wears out with the time since.
  const hours = (((ahead - 1) % day) + 1) * (24 / day);
  const newest = at(origin - 1);
  const offDay = newest - at(origin - 1 - day);
  const offWeek = newest - at(origin - 1 - week);
  const row = [
    at(d),
    at(d - day),
    at(d - 2 * day),
    at(d - 6 * day),
    at(w),
    at(w - week),
    at(d - 1),
    at(d + 1),
    at(w - 1),
    at(w + 1),
    levelBefore(history, origin, day),
    levelBefore(history, origin - day, day),
    levelBefore(history, origin - 6 * day, day),
    levelBefore(history, origin, week),
    offDay * Math.exp(-hours / 4),
    offWeek * Math.exp(-hours / 12),
    offWeek,
  ];
  for (let j = 0; j < LAG_FEATURES; j++) to.columns[j]![to.row] = row[j]!;
  return (at(d) + at(w)) / 2;
}

const levelBefore = ({ sums }: LagHistory, step: number, steps: number): number =>
  (sums[step]! - sums[step - steps]!) / steps;
