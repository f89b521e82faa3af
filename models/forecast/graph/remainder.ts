import { mean } from '../../kernel/statistics.ts';

/** What a load's day leaves of it, in units of its own deviation. */
export interface Remainder {
  readonly values: Float64Array;
  /** What was taken off each step, in the load's unit; its last day is what the next days are expected to be. */
  readonly season: Float64Array;
  readonly spread: number;
}

/** Remainders beyond so many deviations look as if they were so far: one spike is no dependence. */
const FURTHEST = 5;

/**
 * Takes off each step the mean of that time of day over the newest `mostSteps` steps. Undefined where nothing is left.
 * Needs a day of finite values. O(n).
 */
export function remainderOf(load: Float64Array, day: number, mostSteps: number): Remainder | undefined {
  const whole = Math.floor(Math.min(load.length, mostSteps) / day) * day;
  const known = load.subarray(load.length - whole);
  const sums = new Float64Array(day);
  for (let i = 0; i < whole; i++) sums[i % day]! += known[i]!;
  const season = known.map((_, i) => (sums[i % day]! * day) / whole);
  const left = known.map((value, i) => value - season[i]!);
  const spread = Math.sqrt(mean(left.map((value) => value * value)));
  if (!(spread > 1e-9 * Math.abs(mean(known)))) return undefined;
  return { values: left.map((value) => Math.min(FURTHEST, Math.max(-FURTHEST, value / spread))), season, spread };
}
