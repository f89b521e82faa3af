import { accept, type Result } from '../kernel/result.ts';
import { type Series, slice } from '../kernel/series.ts';
import type { ErrorCorrection } from './artefact.ts';
import { corrected, peakOf } from './error-correction.ts';
import type { Forecaster, ForecastRefusal } from './forecaster.ts';

/** One day that a model did not see when it was fitted: its path, and what really came. */
export interface HeldOutDay {
  /** Path from the day's first step to one window beyond its end. */
  readonly path: Float64Array;
  /** Actual load of the same steps; shorter on the last day, whose end nobody has seen. */
  readonly actual: Float64Array;
}

/** Expected and actual peak of one window. */
export interface PeakPairs {
  readonly expected: Float64Array;
  readonly actual: Float64Array;
}

/** Where the held-out days begin, oldest first: the last `days` whole days of n steps. */
export const dayOrigins = (n: number, stepsPerDay: number, days: number): readonly number[] =>
  Array.from({ length: days }, (_, i) => n - (days - i) * stepsPerDay);

/** Which days a model is held back from, and what is compared there. */
export interface HeldOutPlan {
  /** Where the days begin, oldest first. */
  readonly origins: readonly number[];
  readonly stepsPerDay: number;
  readonly windowSteps: number;
  /** What really came at each step of the history, where that was changed for training. @default the history */
  readonly actual?: Float64Array | undefined;
  /**
   * A model that declines the oldest days, for want of history, is judged by the newest ones, so many at least.
   * @default all
   */
  readonly leastDays?: number | undefined;
}

/**
 * Refits a model at each origin on what lies before it and lets it answer for the day that follows; oldest day first. Once a
 * model has answered it has to go on: otherwise refuses as it does there, and where too few days are answered.
 */
export function heldOutDays(
  history: Series,
  forecaster: Forecaster,
  { origins, stepsPerDay, windowSteps, actual = history.values, leastDays = origins.length }: HeldOutPlan,
): Result<readonly HeldOutDay[], ForecastRefusal> {
  const days: HeldOutDay[] = [];
  const length = stepsPerDay + windowSteps;
  const mayDecline = origins.length - leastDays;
  for (const [i, origin] of origins.entries()) {
    const path = forecaster.path(slice(history, 0, origin), length);
    if (path.ok) days.push({ path: path.value, actual: actual.subarray(origin, origin + length) });
    else if (days.length > 0 || i >= mayDecline) return path;
  }
  return accept(days);
}

/**
 * Walks through a held-out day as the hot path would: before each step (every `stride`-th) the error stands as the steps
 * before it left it, and the window begins at the step. Only windows whose whole actual load is known count.
 * O(day · window / stride).
 */
export function peakPairs(
  { path, actual }: HeldOutDay,
  correction: ErrorCorrection,
  walk: { readonly windowSteps: number; readonly stride: number },
): PeakPairs {
  const { windowSteps, stride } = walk;
  const last = Math.min(path.length, actual.length) - windowSteps;
  const room = Math.max(0, Math.floor(last / stride) + 1);
  const expected = new Float64Array(room);
  const seen = new Float64Array(room);
  const window = new Float64Array(windowSteps);
  let error = 0;
  let k = 0;
  for (let i = 0; i <= last; i++) {
    if (i % stride === 0) {
      corrected(path, { from: i, steps: windowSteps, error, phi: correction.phi }, window);
      expected[k] = peakOf(window);
      seen[k] = peakOf(actual.subarray(i, i + windowSteps));
      k++;
    }
    error += correction.alpha * (actual[i]! - path[i]! - error);
  }
  return { expected, actual: seen };
}
