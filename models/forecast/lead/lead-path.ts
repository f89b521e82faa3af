import type { LeadBounds } from './lead-calibration.ts';
import type { LeadJudgement } from './lead-judgement.ts';

/** What was forecast at a lead and what came, target by target over the scored half; one value a target in every array. */
export interface LeadPath {
  /** When each target's step begins, milliseconds since the epoch; an hour apart, or a step where that is longer. */
  readonly startsMs: Float64Array;
  readonly stepMs: number;
  /** NaN where it was not observed. */
  readonly actual: Float64Array;
  readonly forecast: Float64Array;
  /** The season repeated. */
  readonly yardstick: Float64Array;
  /** Half the width of the central interval of each level, as `LEVELS`. */
  readonly widths: readonly Float64Array[];
}

/** The targets that are scored, without the rows between them. O(rows). */
export function leadPath(judgement: LeadJudgement, bounds: LeadBounds): LeadPath {
  const { judged, yardstick, half, scored, hourly, targetsFromMs, stepMs } = judgement;
  const at = (values: Float64Array): Float64Array => Float64Array.from(hourly, (row) => values[row]!);
  return {
    startsMs: Float64Array.from(hourly, (row) => targetsFromMs + row * stepMs),
    stepMs,
    actual: at(scored),
    forecast: at(judged.forecast.subarray(half)),
    yardstick: at(yardstick.subarray(half)),
    widths: bounds.widths.map(at),
  };
}

/** Errors at one hour of the day, UTC. */
export interface HourError {
  /** Mean absolute error of the forecast, and of the season repeated; NaN without a target. */
  readonly forecast: number;
  readonly yardstick: number;
  readonly targets: number;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** Mean absolute errors by the hour of the day in which targets begin, from 0 on. O(targets). */
export function errorsByHour({ startsMs, actual, forecast, yardstick }: LeadPath): readonly HourError[] {
  const sums = Array.from({ length: DAY_HOURS }, () => ({ forecast: 0, yardstick: 0, targets: 0 }));
  actual.forEach((load, i) => {
    if (Number.isNaN(load)) return;
    const hours = Math.floor(startsMs[i]! / HOUR_MS);
    const sum = sums[((hours % DAY_HOURS) + DAY_HOURS) % DAY_HOURS]!;
    sum.forecast += Math.abs(load - forecast[i]!);
    sum.yardstick += Math.abs(load - yardstick[i]!);
    sum.targets++;
  });
  return sums.map((sum) => ({
    forecast: sum.forecast / sum.targets,
    yardstick: sum.yardstick / sum.targets,
    targets: sum.targets,
  }));
}
