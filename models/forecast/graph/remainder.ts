import { robustSpread } from '../../clean/spread.ts';
import { sortedWindow } from '../../kernel/sorted-window.ts';
import { mean, median } from '../../kernel/statistics.ts';

/** What a load's level and day leave of it, in units of its own deviation. */
export interface Remainder {
  readonly values: Float64Array;
  /** What is expected of the day after, step by step, in the load's unit: the newest day's level, and the season about it. */
  readonly season: Float64Array;
  /** 0 where nothing is left. */
  readonly spread: number;
}

/** Steps beyond so many deviations from what is usual look as if they were so far: one spike is no dependence, and no level. */
const FURTHEST = 5;

/** A deviation below this share of the level is rounding. */
const LEAST_SPREAD = 1e-9;

/**
 * Takes off each step the mean of the day before it, and what that time of day usually is above or below it, over the newest
 * `mostSteps` steps: of a load that grows or has moved, every day would else begin where an average day began. Undefined for
 * a load that never changes. Needs two days of finite values. O(n · day) moves of memory at worst.
 */
export function remainderOf(load: Float64Array, day: number, mostSteps: number): Remainder | undefined {
  const whole = Math.floor(Math.min(load.length, mostSteps) / day) * day;
  const recent = load.subarray(load.length - whole);
  if (recent.every((value) => value === recent[0])) return undefined;
  const known = tamed(recent, day);
  const levels = dayBefore(known, day);
  const above = known.subarray(day).map((value, i) => value - levels[i]!);
  const season = profileOf(above, day, mean);
  const left = above.map((value, i) => value - season[i % day]!);
  const spread = Math.sqrt(mean(left.map((value) => value * value)));
  const expected = season.map((value) => levels.at(-1)! + value);
  if (!(spread > LEAST_SPREAD * Math.abs(mean(known)))) {
    return { values: new Float64Array(left.length), season: expected, spread: 0 };
  }
  return { values: left.map((value) => held(value / spread, FURTHEST)), season: expected, spread };
}

/** The load with what is far from its usual day and level brought near: a spike, or an outage of hours. */
function tamed(load: Float64Array, day: number): Float64Array {
  const usual = profileOf(load, day, median);
  const about = load.map((value, i) => value - usual[i % day]!);
  const levels = medianDays(about, day);
  const off = about.map((value, i) => value - levels[i]!);
  const most = FURTHEST * robustSpread(off);
  return load.map((value, i) => value - off[i]! + held(off[i]!, most));
}

const held = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

/** Each time of day over the days. */
const profileOf = (load: Float64Array, day: number, over: (values: readonly number[]) => number): Float64Array =>
  Float64Array.from({ length: day }, (_, k) =>
    over(Array.from({ length: load.length / day }, (_day, d) => load[d * day + k]!)),
  );

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

/** Median of the day that ends with each step; of the first day for its own steps. */
function medianDays(load: Float64Array, day: number): Float64Array {
  const newest = sortedWindow(day);
  for (const value of load.subarray(0, day)) newest.add(value);
  const levels = new Float64Array(load.length);
  for (let i = 0; i < load.length; i++) {
    if (i >= day) newest.add(load[i]!);
    levels[i] = (newest.at((day - 1) >> 1) + newest.at(day >> 1)) / 2;
  }
  return levels;
}
