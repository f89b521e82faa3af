import { DAY_MS } from '../calendar/civil.ts';
import { localTime } from '../calendar/day-type.ts';
import type { Zone } from '../calendar/zone.ts';

/** A column of features with the name that people read. */
export interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

export interface CalendarOptions {
  readonly zone: Zone;
  /** Day numbers of local dates. */
  readonly holidays?: ReadonlySet<number> | undefined;
  /**
   * Pairs of sine and cosine of the local day.
   * @default 3
   */
  readonly dailyPairs?: number | undefined;
  /**
   * Pairs of sine and cosine of the local week.
   * @default 2
   */
  readonly weeklyPairs?: number | undefined;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/**
 * What the calendar says of each instant, all of it known ahead: waves of the local day and week, one column for each day
 * of the week, weekend, holiday, and the day before and after one. O(instants · columns).
 * Source: Fourier terms and dummy variables, Hyndman & Athanasopoulos, FPP3 §7.4.
 */
export function calendarColumns(instants: Float64Array, options: CalendarOptions): readonly Column[] {
  const { zone, holidays = new Set<number>(), dailyPairs = 3, weeklyPairs = 2 } = options;
  const times = Array.from(instants, (atMs) => localTime(atMs, zone, holidays));
  type Local = (typeof times)[number];
  const column = (name: string, of: (local: Local) => number): Column => ({
    name,
    values: Float64Array.from(times, of),
  });
  const waves = (name: string, pairs: number, share: (local: Local) => number): readonly Column[] =>
    Array.from({ length: pairs }, (_, k) => [
      column(`${name} sine ${k + 1}`, (local) => Math.sin(2 * Math.PI * (k + 1) * share(local))),
      column(`${name} cosine ${k + 1}`, (local) => Math.cos(2 * Math.PI * (k + 1) * share(local))),
    ]).flat();
  const flag = (holds: boolean): number => (holds ? 1 : 0);
  return [
    ...waves('day', dailyPairs, ({ hour }) => hour / 24),
    ...waves('week', weeklyPairs, ({ weekday, hour }) => (weekday + hour / 24) / 7),
    ...WEEKDAYS.map((name, k) => column(name, ({ weekday }) => flag(weekday === k))),
    column('weekend', ({ weekday }) => flag(weekday >= 5)),
    column('holiday', ({ day }) => flag(holidays.has(day))),
    column('beside a holiday', ({ day }) => flag(holidays.has(day - 1) || holidays.has(day + 1))),
  ];
}

/** Whole steps of a day on a grid, at least one. */
export const stepsOfDay = (stepMs: number): number => Math.max(1, Math.round(DAY_MS / stepMs));
