import { filledFromBefore, leadGrid } from '../../models/forecast/lead/lead-grid.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/** What a plan of capacity looks ahead, as predictive scaling of AWS does. */
export const AHEAD_HOURS = 48;

/** Days of a second half from whose start a path is asked for, evenly spread, at most. */
export const MOST_WINDOWS = 8;

/** A season that is repeated: the hours a day, or a week, before the origin. */
export type Season = 'day' | 'week';

/** An origin, and what came after it. */
export interface LoadWindow {
  /** Whole hours of the record before the origin: all that is known. */
  readonly origin: number;
  /** Means of the next 48 hours; NaN where an hour was not wholly observed. */
  readonly actual: Float64Array;
  /** The record's better season repeated. */
  readonly yardstick: Float64Array;
}

/** A record's windows: each begins a day of its second half. */
export interface LoadWindows {
  readonly windows: readonly LoadWindow[];
  /** The season that erred less in the first half; the day where that is too short for a week. */
  readonly season: Season;
  /** Hours of the record, blanks filled from before. */
  readonly hours: Float64Array;
  /** Steps of the record in an hour. */
  readonly perHour: number;
  /** Hours of the first half. */
  readonly half: number;
}

/**
 * Cuts a record into windows of 48 hours after the starts of days, counted from the first hour of its second half. No window
 * where there is no room for one, or where its steps do not divide an hour. O(steps).
 */
export function loadWindows(record: GappedSeries): LoadWindows {
  const means = leadGrid(record, HOUR_MS).values;
  const hours = filledFromBefore(means, DAY_HOURS);
  const perHour = HOUR_MS / record.stepMs;
  const half = Math.floor(means.length / 2);
  const season = betterSeason(means.subarray(0, half), hours);
  const starts = Number.isInteger(perHour) ? spread(daysFrom(half, means.length), MOST_WINDOWS) : [];
  const windows = starts.map((origin) => ({
    origin,
    actual: means.subarray(origin, origin + AHEAD_HOURS),
    yardstick: repeated(hours, origin, season),
  }));
  return { windows, season, hours, perHour, half };
}

/** Origins a day apart, each with room for what it looks ahead, from the first one on that has a day before it. */
const daysFrom = (first: number, end: number): readonly number[] =>
  Array.from(
    { length: Math.max(0, Math.floor((end - AHEAD_HOURS - first) / DAY_HOURS) + 1) },
    (_, day) => first + day * DAY_HOURS,
  ).filter((origin) => origin >= DAY_HOURS);

/** At most so many of the values, the first and the last among them. */
const spread = (values: readonly number[], most: number): readonly number[] =>
  values.length <= most
    ? values
    : Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]!);

/** What stood there a season before, the newest season again and again. Reads no hour from the origin on. */
function repeated(hours: Float64Array, origin: number, season: Season): Float64Array {
  const period = season === 'day' ? DAY_HOURS : WEEK_HOURS;
  return Float64Array.from({ length: AHEAD_HOURS }, (_, k) => hours[origin - period + (k % period)]!);
}

function betterSeason(firstHalf: Float64Array, hours: Float64Array): Season {
  const origins = daysFrom(WEEK_HOURS, firstHalf.length);
  const actual = origins.flatMap((origin) => Array.from(firstHalf.subarray(origin, origin + AHEAD_HOURS)));
  const errorOf = (season: Season): number =>
    meanAbsoluteError(
      Float64Array.from(actual),
      Float64Array.from(origins.flatMap((origin) => Array.from(repeated(hours, origin, season)))),
    );
  return errorOf('week') < errorOf('day') ? 'week' : 'day';
}
