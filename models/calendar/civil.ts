/** Milliseconds of a day without a change of clocks. */
export const DAY_MS = 86_400_000;

const MINUTE_MS = 60_000;

/** A day of the proleptic Gregorian calendar. */
export interface CivilDay {
  readonly year: number;
  /** 1…12. */
  readonly month: number;
  /** 1…31. */
  readonly day: number;
}

/**
 * A day as a number: days since 1970-01-01. A clock's reading is then `day · DAY_MS` and the milliseconds since midnight,
 * "civil milliseconds": what the epoch would count if the zone were UTC. O(1).
 * Source: H. Hinnant, chrono-compatible low-level date algorithms (2013), `days_from_civil`.
 */
export function dayNumber({ year, month, day }: CivilDay): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of `dayNumber`. O(1). Source: the same, `civil_from_days`. */
export function civilDay(number: number): CivilDay {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Day of the week: 0 is Monday, 6 is Sunday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

const DAY_FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `2026-11-27` as a day number; undefined for anything else and for days that do not exist. */
export function parseDay(text: string): number | undefined {
  const [, year, month, day] = DAY_FORM.exec(text) ?? [];
  if (year === undefined) return undefined;
  const given = { year: Number(year), month: Number(month), day: Number(day) };
  const number = dayNumber(given);
  const back = civilDay(number);
  return back.month === given.month && back.day === given.day ? number : undefined;
}

const CLOCK_FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/;

/** Reads `2026-11-27T08:30` as civil milliseconds; undefined for anything else and for what no clock shows. */
export function parseClock(text: string): number | undefined {
  const [, dayText = '', hour, minute] = CLOCK_FORM.exec(text) ?? [];
  const day = parseDay(dayText);
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return day * DAY_MS + (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
}

const padded = (n: number, width: number): string => String(n).padStart(width, '0');

/** `2026-11-27`. */
export function dayText(number: number): string {
  const { year, month, day } = civilDay(number);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}
