import Holidays from 'date-holidays';
import { civilDay, dayText, parseDay } from '../../models/calendar/civil.ts';
import type { EventRule } from '../../models/calendar/event.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

const DAY_MS = 86_400_000;

/** Where holidays are kept: `DE`, `DE-BY`, `US-LA-NO` (country, state, region), and the zone of its clocks. */
export interface HolidayPlace {
  readonly place: string;
  readonly zone: string;
}

/**
 * The public holidays of a place as one event of whole days, over all years that the days [fromDay, toDay] touch; ready
 * to be put into a policy. They share one uplift: two weeks hold too few to tell them apart.
 * Throws `BadInputError` for a place that the library does not know, naming those that it does.
 * Cost: the library's data, 1.5 MB, is read once; which is why no function in the cloud loads this.
 * Source: date-holidays (code ISC; data CC BY-SA 3.0, from Wikipedia).
 */
export function nationalHolidays(
  { place, zone }: HolidayPlace,
  days: { readonly fromDay: number; readonly toDay: number },
): EventRule {
  const calendar = calendarOf(place);
  const [from, to] = [civilDay(days.fromDay).year, civilDay(days.toDay).year];
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const dates = years
    .flatMap((year) => calendar.getHolidays(year))
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => daysOf(date, end.getTime() - start.getTime()));
  return { name: `holidays ${place}`, zone, dates: [...new Set(dates)].sort() };
}

/** The whole days of a holiday that begins on this date; a feast that begins on the eve has its half day left out. */
function daysOf(date: string, lastsMs: number): readonly string[] {
  const first = parseDay(date.slice(0, 10));
  if (first === undefined) return [];
  const count = Math.max(1, Math.floor(lastsMs / DAY_MS + 1e-9));
  return Array.from({ length: count }, (_, i) => dayText(first + i));
}

function calendarOf(place: string): Holidays {
  const [country = '', state, region] = place.split('-');
  const all = new Holidays();
  refuseUnless(country, all.getCountries(), `--holidays: "${place}" names no country`);
  if (state === undefined) return new Holidays(country);
  refuseUnless(state, all.getStates(country) ?? {}, `--holidays: "${place}" names no state of ${country}`);
  if (region === undefined) return new Holidays(country, state);
  refuseUnless(
    region,
    all.getRegions(country, state) ?? {},
    `--holidays: "${place}" names no region of ${country}-${state}`,
  );
  return new Holidays(country, state, region);
}

function refuseUnless(code: string, known: Readonly<Record<string, string>>, said: string): void {
  if (Object.hasOwn(known, code)) return;
  const codes = Object.keys(known);
  throw new BadInputError(`${said}; known are ${codes.length === 0 ? 'none' : codes.join(', ')}`);
}
