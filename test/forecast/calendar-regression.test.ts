import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '../../models/calendar/zone.ts';
import { calendarRegression } from '../../models/forecast/calendar-regression.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const HOUR = 3_600_000;
const DAY = 24;
/** A Monday, and day numbers from it. */
const MONDAY = 20_703;

/** Busy by day on workdays, quiet on weekends and holidays. */
const load = (hour: number, holidays: ReadonlySet<number>): number => {
  const day = Math.floor(hour / DAY);
  const free = day % 7 >= 5 || holidays.has(MONDAY + day);
  return 100 + (free ? 5 : 40) * Math.sin((2 * Math.PI * hour) / DAY);
};

const history = (days: number, holidays: ReadonlySet<number>): Series => ({
  startMs: instant(MONDAY * DAY * HOUR),
  stepMs: HOUR,
  values: Float64Array.from({ length: days * DAY }, (_, i) => load(i, holidays)),
});

function worst(days: number, holidays: ReadonlySet<number>, told: ReadonlySet<number> = holidays): number {
  const zone = zoneOf('UTC');
  if (!zone.ok) throw new Error(zone.refusal.reason);
  const path = calendarRegression('c', { zone: zone.value, holidays: told }).path(history(days, holidays), DAY);
  if (!path.ok) throw new Error(JSON.stringify(path.refusal));
  return Math.max(...path.value.map((value, k) => Math.abs(value - load(days * DAY + k, holidays))));
}

describe('regression on the calendar', () => {
  it.each([
    { case: 'a Saturday after four weeks and a working week', days: 33 - 7 },
    { case: 'a Monday after a weekend', days: 21 },
  ])('expects $case as such days are', ({ days }) => {
    expect(worst(days, new Set())).toBeLessThan(5);
  });

  it('expects a holiday as a day off, where it is told of it', () => {
    const holidays = new Set([9, 16, 22].map((day) => MONDAY + day));
    expect(worst(22, holidays)).toBeLessThan(10);
    expect(worst(22, holidays, new Set())).toBeGreaterThan(25);
  });
});
