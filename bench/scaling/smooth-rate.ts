import { mean } from '../../models/kernel/statistics.ts';

const HALF_WINDOW_SECONDS = 450;

/**
 * The load's mean over a quarter of an hour about each step (three steps at least): the rate as one would know it who knew
 * where the load is going, but not its noise. It holds a share of that noise too, so what is built on it is optimistic.
 * Same shape and unit as the load. O(steps · window).
 */
export function smoothRate(load: Float64Array, stepSeconds: number): Float64Array {
  const half = Math.max(1, Math.floor(HALF_WINDOW_SECONDS / stepSeconds));
  return load.map((_, t) => mean(load.subarray(Math.max(0, t - half), t + half + 1)));
}
