import { mean } from '../../kernel/statistics.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LookBack } from './look-back.ts';

/** Days whose step at the target's time of day is looked at. */
export const DAYS = 7;

/** Columns at the end of a row that tell the time and no load. */
export const TIME_COLUMNS = 4;

/** What is seen of a load: its steps, what is forecast of it (the same, or peaks), and the ends of its steps. */
export interface Sight {
  readonly load: LookBack;
  readonly aim: LookBack;
  readonly ends: readonly Float64Array[];
}

/** What was aimed at, at the target's time of day on the last days, the newest first. */
export function sameHours({ day, lead }: Pick<LeadGrid, 'day' | 'lead'>, aim: LookBack, origin: number) {
  const newest = origin + lead - 1 - day * Math.ceil(lead / day);
  return Float64Array.from({ length: DAYS }, (_, j) => aim.at(origin, newest - j * day));
}

/** All in the load's unit, save for the last four, which tell the time of day and of the week. */
export function leadFeatures({ day, week, lead }: LeadGrid, { load, aim, ends }: Sight, origin: number): Float64Array {
  const target = origin + lead - 1;
  const at = (step: number): number => load.at(origin, step);
  const sameHour = target - day * Math.ceil(lead / day);
  const sameWeek = target - week * Math.ceil(lead / week);
  const days = sameHours({ day, lead }, aim, origin);
  const wave = (period: number, of: (angle: number) => number): number => of((2 * Math.PI * target) / period);
  return Float64Array.of(
    ...ends.map((end) => end[origin - 1]!),
    ...days,
    mean(days),
    Math.min(...days),
    Math.max(...days),
    aim.at(origin, sameHour - 1),
    aim.at(origin, sameHour + 1),
    aim.at(origin, sameWeek),
    aim.at(origin, sameWeek - week),
    aim.at(origin, sameWeek - 1),
    aim.at(origin, sameWeek + 1),
    at(origin - 1),
    at(origin - 2),
    at(origin - 3),
    load.mean(origin, Math.max(1, Math.round(day / 8))),
    load.mean(origin, day),
    load.mean(origin - day, day),
    load.mean(origin, week),
    wave(day, Math.sin),
    wave(day, Math.cos),
    wave(week, Math.sin),
    wave(week, Math.cos),
  );
}
