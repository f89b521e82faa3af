const HOUR_MS = 3_600_000;

/** Hours that a habit is averaged over: a day for what stays, a quarter of one for what has just changed. */
const LASTING = 24;
const RECENT = 6;

/** Features of one row. */
export const HABIT_FEATURES = 5;

/** Steps of history behind an origin that its habits are made of: the hours, the two steps before, the hour of the first. */
export const habitReach = (stepMs: number): number => (LASTING + 1) * perHourOf(stepMs) + 2;

/**
 * What minutes of the hour have been like: jobs that start on the hour, or every ten minutes, come back at their minute.
 * O(steps) to make, O(1) a step to extend.
 */
export interface HourHabits {
  /** Steps in an hour; 0 where they are less than two or not whole: then there are no habits. */
  readonly perHour: number;
  /**
   * `sums[i] = d_i + d_{i − perHour} + …` down to the first full hour, where d_i is v_i less the mean of the hour that
   * ends with step i. Before the first full hour 0.
   */
  readonly sums: Float64Array;
  /** Means of d at the minute of step i up to and including it, over a day and over the last hours; 0 where none is known. */
  readonly lasting: Float64Array;
  readonly recent: Float64Array;
}

/** The habits of a load as far as it is known, with room for `steps` steps; `sums` as in `FeatureView`. */
export function habitsOf(
  { v, sums }: { readonly v: Float64Array; readonly sums: Float64Array },
  stepMs: number,
  steps = v.length,
): HourHabits {
  const room = (): Float64Array => new Float64Array(steps);
  const habits = { perHour: perHourOf(stepMs), sums: room(), lasting: room(), recent: room() };
  for (let i = 0; i < v.length; i++) addHabit(habits, v[i]!, sums, i);
  return habits;
}

/** Adds step i, whose value is v; `totals[j]` is the sum of all values before step j, for j ≤ i + 1. O(1). */
export function addHabit(habits: HourHabits, v: number, totals: Float64Array, i: number): void {
  const { perHour, sums, lasting, recent } = habits;
  if (perHour === 0 || i < perHour) return;
  const mean = (totals[i + 1]! - totals[i + 1 - perHour]!) / perHour;
  sums[i] = sums[i - perHour]! + v - mean;
  lasting[i] = meanUpTo(habits, i, LASTING);
  recent[i] = meanUpTo(habits, i, RECENT);
}

/** Mean of d at the minute of step i over so many hours, as far as they are known: all but the first one are. */
function meanUpTo({ perHour, sums }: HourHabits, i: number, hours: number): number {
  const known = Math.min(hours, Math.floor(i / perHour));
  return (sums[i]! - sums[i - known * perHour]!) / known;
}

/**
 * Writes five features of origin t, from `out[k]` on: the habit of the target's minute over a day and over the last hours,
 * that of the origin's over both, and that of the two steps before it. Where nothing is known of a minute, or there are no
 * habits, 0. Reads nothing after step t. O(1).
 */
export function habitFeatures(
  habits: HourHabits,
  { t, h }: { readonly t: number; readonly h: number },
  out: Float64Array,
  k: number,
): void {
  const { perHour, lasting, recent } = habits;
  if (perHour === 0) {
    out.fill(0, k, k + HABIT_FEATURES);
    return;
  }
  // The newest steps that share the target's minute and the origin's.
  const target = t + h - perHour * Math.max(1, Math.ceil(h / perHour));
  const origin = t - perHour;
  out[k] = lasting[target] ?? 0;
  out[k + 1] = lasting[origin] ?? 0;
  out[k + 2] = ((lasting[origin - 1] ?? 0) + (lasting[origin - 2] ?? 0)) / 2;
  out[k + 3] = recent[target] ?? 0;
  out[k + 4] = recent[origin] ?? 0;
}

function perHourOf(stepMs: number): number {
  const steps = HOUR_MS / stepMs;
  return Number.isInteger(steps) && steps >= 2 ? steps : 0;
}
