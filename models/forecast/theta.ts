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
 * (2003); the seasonality test of the M4 benchmarks. Deviation: a week's season as well as a day's.
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
    const { level, drift } = levelAndDrift(values.map((value, i) => value / at(i)));
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

function levelAndDrift(y: Float64Array): { readonly level: number; readonly drift: number } {
  let best = { error: Number.POSITIVE_INFINITY, level: y[0]! };
  for (const alpha of WEIGHTS) {
    const one = smoothed(y, alpha);
    if (one.error < best.error) best = one;
  }
  return { level: best.level, drift: slopeOf(y) / 2 };
}

function smoothed(y: Float64Array, alpha: number): { readonly error: number; readonly level: number } {
  let level = y[0]!;
  let error = 0;
  for (let t = 1; t < y.length; t++) {
    const off = y[t]! - level;
    error += off * off;
    level += alpha * off;
  }
  return { error, level };
}

/** The slope a step of the straight line of least squares through a load; NaN for a single step. O(n). */
export function slopeOf(y: Float64Array): number {
  const middle = (y.length - 1) / 2;
  let cross = 0;
  let squares = 0;
  for (let t = 0; t < y.length; t++) {
    cross += (t - middle) * y[t]!;
    squares += (t - middle) ** 2;
  }
  return cross / squares;
}
