import { DAY_MS, weekdayOf } from './civil.ts';
import type { Zone } from './zone.ts';

const HOUR_MS = 3_600_000;

/** What kind of day it is where the users are. */
export type DayType = 'workday' | 'weekend' | 'holiday';

/** A moment as the clocks and calendars of a place show it. */
export interface LocalTime {
  /** Days since 1970-01-01 of the local date. */
  readonly day: number;
  /** 0 is Monday, 6 is Sunday. */
  readonly weekday: number;
  /** Local time of day, 0 to below 24, hours. */
  readonly hour: number;
  /** 0…167: whole hours since Monday's midnight by the clock. */
  readonly hourOfWeek: number;
  readonly dayType: DayType;
}

/** A moment in a zone; `holidays` holds day numbers of local dates. O(1) after the first question about a day. */
export function localTime(atMs: number, zone: Zone, holidays: ReadonlySet<number> = none): LocalTime {
  const civilMs = atMs + zone.offsetMs(atMs);
  const day = Math.floor(civilMs / DAY_MS);
  const weekday = weekdayOf(day);
  const hour = (civilMs - day * DAY_MS) / HOUR_MS;
  const free = weekday >= 5 ? 'weekend' : 'workday';
  return {
    day,
    weekday,
    hour,
    hourOfWeek: weekday * 24 + Math.floor(hour),
    dayType: holidays.has(day) ? 'holiday' : free,
  };
}

const none: ReadonlySet<number> = new Set();
