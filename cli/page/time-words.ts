import { clock, dateTime, dayName, dayOfMonth } from './format.ts';

/** How a moment is written for people. */
export interface TimeWords {
  readonly moment: (ms: number) => string;
  /** A day as a heading, and as a label where many stand in a row. */
  readonly day: (ms: number) => string;
  readonly shortDay: (ms: number) => string;
  /** What a reader has to know of all of them. */
  readonly said: string;
}

/** By the calendar. */
export const CALENDAR: TimeWords = {
  moment: dateTime,
  day: (ms) => `${dayName(ms)} UTC`,
  shortDay: dayOfMonth,
  said: 'All times are UTC.',
};

const DAY_MS = 86_400_000;

const nthDay = (ms: number): string => `day ${Math.floor(ms / DAY_MS) + 1}`;

/** Counted from the start of what says no date; 0 is the beginning of its first day. */
export const SINCE_START: TimeWords = {
  moment: (ms) => `${nthDay(ms)}, ${clock(ms)}`,
  day: nthDay,
  shortDay: nthDay,
  said: 'Days and times are counted from the start of the trace.',
};
