import { mean, median } from '../../kernel/statistics.ts';

/** What a load's day leaves of it, in units of its own deviation. */
export interface Remainder {
  readonly values: Float64Array;
  /** What is expected of the day after, step by step, in the load's unit: its season, where the drift has come to. */
  readonly season: Float64Array;
  /** How much the load rises from a day to the next. */
  readonly drift: number;
  readonly spread: number;
}

/** Remainders beyond so many deviations look as if they were so far: one spike is no dependence. */
const FURTHEST = 5;

/**
 * Takes off each step the drift and the mean of that time of day over the
 * newest `mostSteps` steps: of a load that grows, every day would else begin where an average day began. Undefined where
 * nothing is left. Needs a day of finite values. O(n log n).
 */
export function remainderOf(load: Float64Array, day: number, mostSteps: number): Remainder | undefined {
  const whole = Math.floor(Math.min(load.length, mostSteps) / day) * day;
  const recent = load.subarray(load.length - whole);
  const drift = whole < 2 * day ? 0 : driftOf(recent, day);
  // As if all days were the one that follows.
  const known = recent.map((value, i) => value + (drift * (whole - (i - (i % day)))) / day);
  const sums = new Float64Array(day);
  for (let i = 0; i < whole; i++) sums[i % day]! += known[i]!;
  const season = sums.map((sum) => (sum * day) / whole);
  const left = known.map((value, i) => value - season[i % day]!);
  const spread = Math.sqrt(mean(left.map((value) => value * value)));
  if (!(spread > 1e-9 * Math.abs(mean(recent)))) return undefined;
  const values = left.map((value) => Math.min(FURTHEST, Math.max(-FURTHEST, value / spread)));
  return { values, season, drift, spread };
}

/** The median change from a day to the next, where it is more than how far changes usually are from it; else none. */
function driftOf(load: Float64Array, day: number): number {
  const changes = load.subarray(day).map((value, i) => value - load[i]!);
  const usual = median(changes);
  return Math.abs(usual) > median(changes.map((change) => Math.abs(change - usual))) ? usual : 0;
}
