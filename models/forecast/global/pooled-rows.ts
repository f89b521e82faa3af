import { baseline, FEATURES, writeFeatures } from './features.ts';
import { type Scale, scaled, WINDOW, type Window, windowBefore } from './window.ts';

/** What trees learn from: features by column, and for each row how far the load was from its baseline, in spreads. */
export interface PooledRows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
}

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
  windows.forEach(({ window, after }, i) => {
    writeFeatures(window, steps, { columns, first: i * steps });
    for (let h = 1; h <= steps; h++) target[i * steps + h - 1] = scaled(window, after[h - 1]!) - baseline(window, h);
  });
  return { columns, target };
}

interface Origin {
  readonly window: Window;
  readonly after: Float64Array;
}

function windowsOf(history: Float64Array, { steps, stride, scale }: PoolOptions): readonly Origin[] {
  const origins: Origin[] = [];
  for (let origin = history.length - steps; origin >= WINDOW; origin -= stride) {
    const window = windowBefore(history, origin, scale);
    if (window !== undefined) origins.push({ window, after: history.subarray(origin, origin + steps) });
  }
  return origins;
}
