import { refuse } from '../../kernel/result.ts';
import type { Series } from '../../kernel/series.ts';
import { mean, median } from '../../kernel/statistics.ts';
import { coarsen, refine } from '../coarsen.ts';
import { sanePath, thrown, usable } from '../finite.ts';
import type { Forecaster } from '../forecaster.ts';
import { leadGrid } from '../lead/lead-grid.ts';
import { newestRow } from '../lead/lead-rows.ts';
import { type LeadTrees, pretrainedPath } from './lead-trees.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** Six weeks of hours: more is not looked at. */
const MOST_HOURS = 1_008;

/** A day, and an hour that has one a day before it. */
const LEAST_HOURS = 25;

/**
 * What trees that learned from other hourly series say of each hour ahead; nothing is learned from the load itself, so that
 * a load is forecast from its second day on. Hours end where the history ends. Between their middles the path is linear, but
 * for what the steps of a day usually are off that line.
 *
 * Needs 25 hours of finite values in steps of which an hour is a whole number, and its trees; refuses otherwise.
 * Cost: 0.4 ms for each hour ahead, and 15 ms once.
 */
export function pretrainedForecaster(name: string, trees: () => LeadTrees): Forecaster {
  let read: LeadTrees | undefined;
  return {
    name,
    path(history, horizon) {
      try {
        read ??= trees();
      } catch (error) {
        return refuse(thrown(error));
      }
      return pathOf(history, horizon, read);
    },
  };
}

function pathOf(history: Series, horizon: number, trees: LeadTrees): ReturnType<Forecaster['path']> {
  const { series, factor } = coarsen(history, { mostSteps: MOST_HOURS, leastStepMs: HOUR_MS });
  if (series.stepMs !== HOUR_MS) {
    return refuse({ kind: 'no-signal', reason: `an hour is no whole number of steps of ${history.stepMs / 1000} s` });
  }
  const fit = usable(series.values, LEAST_HOURS);
  if (!fit.ok) return fit;
  const hours = Math.ceil(horizon / factor) + 1;
  const path = Float64Array.from({ length: hours }, (_, i) => {
    const grid = leadGrid({ ...series, mayHaveBlanks: true }, (i + 1) * HOUR_MS);
    return pretrainedPath(trees, grid, newestRow(grid))[0]!;
  });
  // From the newest known hour on: the first half of the first hour lies between the two.
  const line = refine([series.values.at(-1)!, ...path], factor, horizon + factor).subarray(factor);
  const shape = shapeOfDay(history, { hours: series.values, factor });
  const level = mean(path.subarray(0, DAY_HOURS));
  return sanePath(
    line.map((load, i) => load + level * shape[i % shape.length]!),
    horizon,
  );
}

/** Days whose shape within hours is looked at, and how many of them tell a habit from chance. */
const SHAPE_DAYS = 7;
const LEAST_SHAPE_DAYS = 3;

interface Fine {
  readonly hours: Float64Array;
  readonly factor: number;
}

/**
 * What each step of a day usually is off the line between the middles of its hours, as a share of the day's mean, by the median
 * of the last days; the first is that of the step after the history's end. 0 where hours are the load's own steps, or few days
 * are known. O(7 · day).
 */
function shapeOfDay({ values }: Series, { hours, factor }: Fine): Float64Array {
  const day = DAY_HOURS * factor;
  const days = Math.min(SHAPE_DAYS, Math.floor(hours.length / DAY_HOURS));
  if (factor === 1 || days < LEAST_SHAPE_DAYS) return new Float64Array(day);
  const known = hours.subarray(hours.length - days * DAY_HOURS);
  const line = refine(known, factor, days * day);
  const levels = Array.from({ length: days }, (_, d) => mean(known.subarray(d * DAY_HOURS, (d + 1) * DAY_HOURS)));
  const from = values.length - days * day;
  return Float64Array.from({ length: day }, (_, k) =>
    habit(levels.map((level, d) => (level > 0 ? (values[from + d * day + k]! - line[d * day + k]!) / level : 0))),
  );
}

/** Mean error of a median in units of the median deviation, of normal values. */
const MEDIAN_ERROR = 1.2533 * 1.4826;

/** The median over the days, less what chance makes of it: as much as its own standard error. */
function habit(off: readonly number[]): number {
  const usual = median(off);
  const error = (MEDIAN_ERROR * median(off.map((one) => Math.abs(one - usual)))) / Math.sqrt(off.length);
  return Math.sign(usual) * Math.max(0, Math.abs(usual) - error);
}
