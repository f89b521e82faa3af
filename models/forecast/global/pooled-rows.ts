import { seasonalScale } from '../metrics/mase.ts';
import { baseline, FEATURES, writeFeatures } from './features.ts';
import { DAY, meanLoad, type Scale, scaled, unitOfLoad, WINDOW, type Window, windowBefore } from './window.ts';

/** What trees learn from: features by column, and for each row how far the load was from its baseline, in spreads. */
export interface PooledRows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** How much an error of one spread counts in OWA. */
  readonly weights: Float64Array;
}

/**
 * What errors are divided by in OWA: sMAPE and MASE of Naive2 over all hourly series of the M4 competition. Only their
 * ratio matters here.
 */
const NAIVE2 = { smape: 18.383, mase: 2.395 };

/** A row counts as this many others at most, and as this share of one at least: a strange load shall not be all that is learned. */
const MOST_WEIGHT = 5;
const LEAST_WEIGHT = 0.05;

export interface PoolOptions {
  /** Steps ahead that are learned, from 1. */
  readonly steps: number;
  /** Hours between the origins of one history's windows. */
  readonly stride: number;
  readonly scale: Scale;
}

/**
 * Rows of all histories: a window every `stride` hours, the newest one ending `steps` before its history does, and one row
 * for each step after it. Histories shorter than a window and those steps give none, nor do weeks that never change.
 *
 * Shapes: finite hourly values, for the logarithm none below 0.   Cost: FEATURES · 8 bytes a row.
 */
export function pooledRows(histories: readonly Float64Array[], options: PoolOptions): PooledRows {
  const windows = histories.flatMap((history) => windowsOf(history, options));
  const { steps } = options;
  const columns = Array.from({ length: FEATURES }, () => new Float64Array(windows.length * steps));
  const target = new Float64Array(windows.length * steps);
  const weights = new Float64Array(windows.length * steps);
  windows.forEach(({ window, after, scale24 }, i) => {
    weights.fill(weightOf(window, scale24), i * steps, (i + 1) * steps);
    writeFeatures(window, steps, { columns, first: i * steps });
    for (let h = 1; h <= steps; h++) target[i * steps + h - 1] = scaled(window, after[h - 1]!) - baseline(window, h);
  });
  return { columns, target, weights };
}

interface Origin {
  readonly window: Window;
  readonly after: Float64Array;
  /** What a repeated day is wrong by within the history. */
  readonly scale24: number;
}

/** By how much OWA grows for an error of one spread: sMAPE sees it against the load, MASE against a repeated day's error. */
function weightOf(window: Window, scale24: number): number {
  const error = unitOfLoad(window) / 2;
  const weight = error * (100 / NAIVE2.smape / meanLoad(window) + 1 / NAIVE2.mase / scale24);
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
}

function windowsOf(history: Float64Array, { steps, stride, scale }: PoolOptions): readonly Origin[] {
  const origins: Origin[] = [];
  const scale24 = seasonalScale(history, DAY);
  for (let origin = history.length - steps; origin >= WINDOW; origin -= stride) {
    const window = windowBefore(history, origin, scale);
    if (window !== undefined) origins.push({ window, after: history.subarray(origin, origin + steps), scale24 });
  }
  return origins;
}
