import { repairForTraining } from '../clean/repair.ts';
import { type Series, slice } from '../kernel/series.ts';

/** The newest steps are learned as they came: whether they are an outlier or a beginning, only what follows can tell. */
const OPEN_STEPS = 12;

/** A history to fit to, and how many of its steps are not as they came. */
export interface TrainingHistory {
  readonly series: Series;
  readonly repairedSteps: number;
}

/**
 * A history with short outliers bridged (`repairForTraining`), but for its newest 12 steps. For fits alone: trials and
 * gates replay the load as it came, and decisions see it as it comes. O(n log n).
 */
export function trainingHistory(history: Series): TrainingHistory {
  const closed = Math.max(0, history.values.length - OPEN_STEPS);
  const { series, count } = repairForTraining(slice(history, 0, closed));
  if (count === 0) return { series: history, repairedSteps: 0 };
  const values = Float64Array.from(history.values);
  values.set(series.values);
  return { series: { ...history, values }, repairedSteps: count };
}
