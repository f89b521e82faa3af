/** The five-field Unix cron of scheduled actions, in UTC (docs.aws.amazon.com, "Scheduled scaling", recurring schedules). */

const MINUTE_MS = 60_000;
/** A schedule such as 29 February needs at most this long to come round. */
const HORIZON_MS = 8 * 366 * 86_400_000;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 7, names: WEEKDAYS },
];

const numberOf = (text: string, { low, high, names }: Field): number | null => {
  const named = names.indexOf(text.toUpperCase());
  const value = named === -1 ? Number(text) : named + low;
  return /^\d+$|^[A-Za-z]{3}$/.test(text) && value >= low && value <= high ? value : null;
};

const addRange = (part: string, field: Field, into: Set<number>): boolean => {
  const [range = '', stepText] = part.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  const [fromText = '', toText] = range.split('-');
  const from = range === '*' ? field.low : numberOf(fromText, field);
  const last = stepText === undefined ? from : field.high;
  const to = range === '*' ? field.high : toText === undefined ? last : numberOf(toText, field);
  if (from === null || to === null || !Number.isInteger(step) || step < 1) return false;
  for (let value = from; value <= to; value += step) into.add(value);
  return from <= to;
};

/** The values of each field; weekday 7 counts as 0. */
export interface Cron {
  readonly fields: readonly ReadonlySet<number>[];
  /** Day of month and weekday both restricted: either may match, as in Unix cron. */
  readonly eitherDay: boolean;
}

/** Parses five fields with lists, ranges, steps and three-letter names; null when it cannot be read. */
export const parseCron = (text: string): Cron | null => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return null;
  const fields: Set<number>[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const values = new Set<number>();
    if (!(parts[index] ?? '').split(',').every((part) => addRange(part, field, values))) return null;
    fields.push(values);
  }
  if (fields[4]?.has(7) === true) fields[4].add(0);
  return { fields, eitherDay: parts[2] !== '*' && parts[4] !== '*' };
};

const matchesDay = ({ fields, eitherDay }: Cron, date: Date): boolean => {
  const inMonth = fields[2]?.has(date.getUTCDate()) === true;
  const inWeek = fields[4]?.has(date.getUTCDay()) === true;
  return fields[3]?.has(date.getUTCMonth() + 1) === true && (eitherDay ? inMonth || inWeek : inMonth && inWeek);
};

/** First whole minute after `afterMs` (epoch ms) that matches; null when none does within eight years. Cost: O(days skipped). */
export const nextAfter = (cron: Cron, afterMs: number): number | null => {
  const end = afterMs + HORIZON_MS;
  for (let at = Math.floor(afterMs / MINUTE_MS + 1) * MINUTE_MS; at < end; ) {
    const date = new Date(at);
    if (!matchesDay(cron, date)) at = date.setUTCHours(24, 0, 0, 0);
    else if (cron.fields[1]?.has(date.getUTCHours()) !== true) at = date.setUTCHours(date.getUTCHours() + 1, 0, 0, 0);
    else if (cron.fields[0]?.has(date.getUTCMinutes()) !== true) at += MINUTE_MS;
    else return at;
  }
  return null;
};
