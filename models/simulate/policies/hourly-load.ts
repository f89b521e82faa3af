import { nearestSteps } from '../steps.ts';
import { type Follow, follow } from './follow.ts';
import { hourOf } from './hours.ts';

/** Five minutes, the period of basic monitoring. */
const PERIOD_SECONDS = 300;

/** What a predictive policy keeps of the load: one number an hour. */
export interface HourlyLoad {
  readonly read: Follow;
  /** The largest five-minute mean of each hour that is known from beginning to end, from the trace's first hour on. */
  readonly peaks: readonly number[];
}

/**
 * Sums a load up by the hour, as it becomes known. An hour in which no step begins, on grids coarser than an hour, has
 * the peak of the hour before. O(1) a step.
 */
export function hourlyLoad(stepSeconds: number): HourlyLoad {
  const period = nearestSteps(PERIOD_SECONDS, stepSeconds);
  const peaks: number[] = [];
  let peak = 0;
  let block = { sum: 0, steps: 0 };
  const read = follow((load, _need, step) => {
    block = { sum: block.sum + load, steps: block.steps + 1 };
    const hour = hourOf(step, stepSeconds);
    const next = hourOf(step + 1, stepSeconds);
    if (block.steps < period && next === hour) return;
    peak = Math.max(peak, block.sum / block.steps);
    block = { sum: 0, steps: 0 };
    if (next === hour) return;
    while (peaks.length < next) peaks.push(peak);
    peak = 0;
  });
  return { read, peaks };
}
