import { DAY_HOURS, WEEK_HOURS } from './hours.ts';

/** At most this much history. */
const MOST_HOURS = 14 * DAY_HOURS;
/** Hours that a pattern is judged by: as many as it forecasts. */
const HORIZON_HOURS = 48;

/** A repeating pattern: the mean of the values whole periods before an hour, within the history. */
type Pattern = (values: readonly number[], hour: number) => number | undefined;

const repeating =
  (period: number): Pattern =>
  (values, hour) => {
    const first = Math.max(0, values.length - MOST_HOURS);
    let sum = 0;
    let count = 0;
    for (let other = hour - period; other >= first; other -= period) {
      if (other >= values.length) continue;
      sum += values[other]!;
      count++;
    }
    return count === 0 ? undefined : sum / count;
  };

const ofDay = repeating(DAY_HOURS);
const ofWeek = repeating(WEEK_HOURS);

/**
 * Hourly values for the next 48 hours from up to 14 days of them: the mean at the same hour of the day, or of the same
 * weekday, whichever came nearer to the newest 48 hours when forecast from what lay before those.
 * Empty while less than 24 hours are known. Units: the values' own; element 0 is the hour after the last value.
 * Cost: O(48·14). Source: our own model of a seasonal hourly forecast; no vendor's.
 */
export function hourlyForecast(values: readonly number[]): readonly number[] {
  if (values.length < DAY_HOURS) return [];
  const past = values.slice(0, -HORIZON_HOURS);
  const better = errorOf(ofWeek, past, values) < errorOf(ofDay, past, values) ? ofWeek : ofDay;
  return Array.from({ length: HORIZON_HOURS }, (_, i) => {
    const hour = values.length + i;
    return better(values, hour) ?? ofDay(values, hour)!;
  });
}

/** Sum of absolute errors over the hours after `past`; infinite when the pattern has no answer for one of them. */
function errorOf(pattern: Pattern, past: readonly number[], values: readonly number[]): number {
  let sum = 0;
  for (let hour = past.length; hour < values.length; hour++) {
    const expected = pattern(past, hour);
    if (expected === undefined) return Number.POSITIVE_INFINITY;
    sum += Math.abs(values[hour]! - expected);
  }
  return sum;
}
