import type { KnownLoad } from '../known-load.ts';
import type { ScalingPolicy } from '../policy.ts';
import { follow } from './follow.ts';
import { DAY_HOURS, hourOf, WEEK_HOURS } from './hours.ts';
import { nearestRank, sortedCopy } from './quantile.ts';

/** Share of an hour's past steps that its capacity would have served in full. */
const SERVED = 0.95;

/**
 * A timetable for the hours of the week, written once from the past and never revised: what people do by hand with
 * scheduled actions. Each hour holds the capacity that would have served 95 % of the steps seen in that hour of the week;
 * an hour of the week never seen takes its hour of the day, and one never seen either, the whole past.
 * Capacity for an hour is launched one boot before it begins.
 * Cost: O(past·log past) once, O(1) a step.
 * Source: AWS, Scheduled scaling for Amazon EC2 Auto Scaling, recurring actions; the 95th percentile is the usual rule of
 * sizing by hand.
 */
export const scheduled: ScalingPolicy = {
  name: 'scheduled',
  start({ stepSeconds, bootSteps }) {
    let timetable: readonly number[] | undefined;
    const capacityAt = (table: readonly number[], step: number): number =>
      table[hourOf(step, stepSeconds) % WEEK_HOURS]!;
    return ({ t, history }) => {
      timetable ??= write(history, stepSeconds);
      return {
        kind: 'desire',
        capacity: Math.max(capacityAt(timetable, t), capacityAt(timetable, t + bootSteps)),
      };
    };
  },
};

/** Capacity for each hour of the week, from whole hours; from the newest step alone while there is none. */
function write(history: KnownLoad, stepSeconds: number): readonly number[] {
  const needs: number[][] = Array.from({ length: WEEK_HOURS }, () => []);
  const begun = hourOf(history.newest + 1, stepSeconds);
  follow((_, need, step) => {
    const hour = hourOf(step, stepSeconds);
    if (hour < begun) needs[hour % WEEK_HOURS]!.push(need);
  })(history);
  const all = needs.flat();
  if (all.length === 0) return needs.map(() => history.needAt(history.newest));
  const seen = needs.map((ofWeek, hour) => {
    if (ofWeek.length > 0) return ofWeek;
    const ofDay = needs.filter((_, other) => other % DAY_HOURS === hour % DAY_HOURS).flat();
    return ofDay.length > 0 ? ofDay : all;
  });
  return seen.map((hour) => nearestRank(sortedCopy(hour), SERVED));
}
