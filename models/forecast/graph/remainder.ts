import { mean } from '../../kernel/statistics.ts';

/** What a load's level and day leave of it, in units of its own deviation. */
export interface Remainder {
  readonly values: Float64Array;
  /** What is expected of the day after, step by step, in the load's unit: the newest day's level, and the season about it. */
  readonly season: Float64Array;
  /** 0 where nothing is left. */
  readonly spread: number;
}

/** Remainders beyond so many deviations look as if they were so far: one spike is no dependence. */
const FURTHEST = 5;

/** A deviation below this share of the level is rounding. */
const LEAST_SPREAD = 1e-9;

/**
 * Takes off each step the mean of the day before it, and what that time of day usually is above or below it, over the newest
 * `mostSteps` steps: of a load that grows or has moved, every day would else begin where an average day began. Undefined for
 * a load that never changes. Needs two days of finite values. O(n).
 */
export function remainderOf(load: Float64Array, day: number, mostSteps: number): Remainder | undefined {
  const whole = Math.floor(Math.min(load.length, mostSteps) / day) * day;
  const known = load.subarray(load.length - whole);
  if (known.every((value) => value === known[0])) return undefined;
  const levels = dayBefore(known, day);
  const above = known.subarray(day).map((value, i) => value - levels[i]!);
  const sums = new Float64Array(day);
  for (const [i, value] of above.entries()) sums[i % day]! += value;
  const season = sums.map((sum) => (sum * day) / above.length);
  const left = above.map((value, i) => value - season[i % day]!);
  const spread = Math.sqrt(mean(left.map((value) => value * value)));
  const level = levels.at(-1)!;
  const expected = season.map((value) => level + value);
  if (!(spread > LEAST_SPREAD * Math.abs(mean(known)))) {
    return { values: new Float64Array(left.length), season: expected, spread: 0 };
  }
  const values = left.map((value) => Math.min(FURTHEST, Math.max(-FURTHEST, value / spread)));
  return { values, season: expected, spread };
}

/** Means of the days before each step from the second day on, and before the step after the last. */
function dayBefore(load: Float64Array, day: number): Float64Array {
  const levels = new Float64Array(load.length - day + 1);
  let sum = 0;
  for (let i = 0; i < load.length; i++) {
    sum += load[i]! - (i >= day ? load[i - day]! : 0);
    if (i + 1 >= day) levels[i + 1 - day] = sum / day;
  }
  return levels;
}
