import type { Move, ScalingPolicy } from '../policy.ts';
import { coveringSteps } from '../steps.ts';
import { hourlyForecast } from './hourly-forecast.ts';
import { hourlyLoad } from './hourly-load.ts';
import { hourOf } from './hours.ts';
import { trackingAbove } from './target-tracking.ts';

/** Utilisation that the forecast's capacity and the target tracking beneath aim at. */
const TARGET = 0.7;
const REFRESH_HOURS = 6;
const EARLY_SECONDS = 300;

/**
 * AWS predictive scaling in forecast-and-scale mode, an approximation: what AWS documents, with a forecast of our own in
 * place of its closed one.
 *
 * Documented: an hourly forecast for the next 48 hours from up to 14 days of history, at least 24 hours of it; refreshed
 * every 6 hours; the forecast capacity of an hour, ⌈load / (μ·target)⌉, becomes the group's floor at the start of the
 * hour, launched five minutes early; it never scales in by itself. Beneath it, target tracking at the same target.
 * Ours: the hour's load is its largest five-minute mean, the forecast is `hourlyForecast`, the target is 70 %; hours are
 * counted from the trace's first step.
 * Cost: O(1) a step, O(48·14) a refresh.
 * Source: AWS, How predictive scaling works, and PredictiveScalingConfiguration (SchedulingBufferTime) in the Amazon EC2
 * Auto Scaling guide and API reference; docs/evaluation.md §2.4.
 */
export const awsPredictive: ScalingPolicy = {
  name: 'aws-predictive',
  start(rules) {
    const { stepSeconds } = rules;
    const early = coveringSteps(EARLY_SECONDS, stepSeconds);
    const hourly = hourlyLoad(stepSeconds);
    const track = trackingAbove(TARGET, rules);
    let forecast: { readonly from: number; readonly loads: readonly number[] } = { from: 0, loads: [] };
    let refreshed = Number.NEGATIVE_INFINITY;
    const capacityAt = (step: number): number => {
      const load = forecast.loads[hourOf(step, stepSeconds) - forecast.from];
      return load === undefined ? 0 : Math.ceil(load / (rules.mu * TARGET));
    };
    return (view) => {
      hourly.read(view.history);
      const hour = hourOf(view.t, stepSeconds);
      if (hour - refreshed >= REFRESH_HOURS) {
        forecast = { from: hourly.peaks.length, loads: hourlyForecast(hourly.peaks) };
        refreshed = hour;
      }
      const floor = Math.max(capacityAt(view.t), capacityAt(view.t + early));
      return raised(track(view, floor), floor, view.ready + view.pending);
    };
  },
};

/** A move that leaves no less than the floor. */
function raised(move: Move, floor: number, standing: number): Move {
  const wanted = move.kind === 'desire' ? move.capacity : standing;
  return floor > wanted ? { kind: 'desire', capacity: floor } : move;
}
