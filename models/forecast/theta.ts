import { least } from '../kernel/least.ts';
import { coarsen, refine } from './coarsen.ts';
import { sanePath, usable } from './finite.ts';
import type { Forecaster } from './forecaster.ts';
import { meanAbsoluteError } from './metrics/mase.ts';
import { isSeasonal, seasonalFactors } from './seasonal-index.ts';

const DAY_MS = 86_400_000;

/** Four weeks at five minutes. */
const MOST_STEPS = 8_064;

/** Weeks that must be known before each of a week's steps gets a factor of its own. */
const LEAST_WEEKS = 3;

/** Smoothing weights that are tried; between two neighbours the error hardly differs. */
export const WEIGHTS: readonly number[] = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/**
 * The Theta method on a load freed of its season: exponential smoothing of the level, and half the slope of a straight line
 * through the history. The season is the week where steps a week apart resemble each other more than steps a day apart,
 * else the day where the history is seasonal.
 *
 * Needs:   two days of finite values; otherwise refuses.   Cost: O(20 · n + n · day), n ≤ 8,064.
 * Source:  Assimakopoulos & Nikolopoulos, Int. J. of Forecasting 16 (2000); as smoothing with drift, Hyndman & Billah, 19
 * (2003); the seasonality test of the M4 benchmarks. Deviations: a week's season as well as a day's; a step whose season is
 * below 1 says less of the level (`followed`) and of the slope.
 */
export const theta: Forecaster = {
  name: 'theta',
  path(history, horizon) {
    const { series, factor } = coarsen(history, { mostSteps: MOST_STEPS });
    const { values } = series;
    const day = Math.max(1, Math.round(DAY_MS / series.stepMs));
    const fit = usable(values, 2 * day);
    if (!fit.ok) return fit;
    const factors = seasonOf(values, day);
    const n = values.length;
    const at = (step: number): number => factors[step % factors.length]!;
    const { level, drift } = levelAndDrift({ loads: values, seasonAt: at });
    const steps = Math.ceil(horizon / factor);
    const path = Float64Array.from({ length: steps }, (_, k) => (level + drift * (k + 1)) * at(n + k));
    return sanePath(refine(path, factor, horizon), horizon);
  },
};

/**
 * The factors of a load's season, the first for its first step: a week's where that repeats better than a day's and three weeks
 * are known, a day's where the load is seasonal, else 1 alone, as where a moving average over it is 0. O(n · week).
 */
export function seasonOf(y: Float64Array, day: number): Float64Array {
  const week = 7 * day;
  const none = Float64Array.of(1);
  if (y.length >= LEAST_WEEKS * week && repeatError(y, week, week) < repeatError(y, day, week)) {
    return seasonalFactors(y, week) ?? none;
  }
  return day > 1 && isSeasonal(y, day) ? (seasonalFactors(y, day) ?? none) : none;
}

/** How far steps are from those one lag before, from step `from` on. */
const repeatError = (y: Float64Array, lag: number, from: number): number =>
  meanAbsoluteError(y.subarray(from), y.subarray(from - lag, y.length - lag));

/** A load, and how each of its steps stands to the usual one by its season. */
export interface Seasoned {
  readonly loads: Float64Array;
  readonly seasonAt: (step: number) => number;
}

function levelAndDrift(load: Seasoned): { readonly level: number; readonly drift: number } {
  const tried = WEIGHTS.map((weight) => levelsOf(load, weight));
  const levels = least(tried, (one) => errorAhead(load, one));
  return { level: levels.at(-1)!, drift: slopeOf(load) / 2 };
}

/** Squared errors a step ahead, of the loads by day as of those by night (`followed`). */
function errorAhead({ loads, seasonAt }: Seasoned, levels: Float64Array): number {
  let error = 0;
  for (let t = 1; t < loads.length; t++) {
    const season = seasonAt(t);
    error += ((loads[t]! - levels[t - 1]! * season) / Math.max(1, season)) ** 2;
  }
  return error;
}

/** The level after each step; the first is the first load without its season, where that is a season of a usual step. */
export function levelsOf({ loads, seasonAt }: Seasoned, weight: number): Float64Array {
  const levels = new Float64Array(loads.length);
  levels[0] = loads[0]! / Math.max(1, seasonAt(0));
  for (let t = 1; t < loads.length; t++) {
    levels[t] = followed(levels[t - 1]!, { load: loads[t]!, season: seasonAt(t), weight });
  }
  return levels;
}

/**
 * The level after a step. Where the season is below 1, the error counts as it is, not divided by the season: a job at night,
 * when next to nothing is usual, would else be taken for a thousand times the load.
 */
export const followed = (
  level: number,
  { load, season, weight }: { readonly load: number; readonly season: number; readonly weight: number },
): number => level + (weight * (load - level * season)) / Math.max(1, season);

/**
 * What the level gains a step: the slope of the straight line that, times the season, is nearest to the load in squares. NaN
 * for a single step. O(n).
 */
export function slopeOf({ loads, seasonAt }: Seasoned): number {
  const weighted = (of: (season: number, t: number) => number): number =>
    loads.reduce((sum, _, t) => sum + of(seasonAt(t), t), 0);
  const weight = weighted((season) => season ** 2);
  const middle = weighted((season, t) => season ** 2 * t) / weight;
  const level = weighted((season, t) => season * loads[t]!) / weight;
  const cross = weighted((season, t) => season * (t - middle) * (loads[t]! - season * level));
  const squares = weighted((season, t) => (season * (t - middle)) ** 2);
  return cross / squares;
}
