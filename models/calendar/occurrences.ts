import { accept, type Result } from '../kernel/result.ts';
import { instant } from '../kernel/series.ts';
import { civilDay, DAY_MS, dayNumber, parseClock, parseDay } from './civil.ts';
import { type EventRule, type EventWindow, eventId, type PlannedEvent, type Repetition } from './event.ts';
import { type Zone, type ZoneRefusal, zoneOf } from './zone.ts';

const MINUTE_MS = 60_000;

/** No occurrence begins this far from where a span of instants suggests: zones are within 15 hours of UTC. */
const MARGIN_DAYS = 2;

/** A span of time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The occurrences of a rule that overlap a span, ascending. Repetitions follow the clock: nine o'clock stays nine o'clock
 * when the clocks change, an occurrence lasts as long as it lasts, and a month without the day has no occurrence (RFC 5545 §3.3.10). A day that is listed lasts
 * from midnight to midnight, 23 or 25 hours where the clocks change.
 * Refuses an unknown zone. Dates that do not exist are left out; a policy has refused them before.
 * Cost: O(occurrences in the span), at most one a day, and one step for each month since the start.
 */
export function planned(rule: EventRule, span: Span): Result<PlannedEvent, ZoneRefusal> {
  const zone = zoneOf(rule.zone);
  if (!zone.ok) return zone;
  const last = rule.until === undefined ? Number.POSITIVE_INFINITY : (parseDay(rule.until) ?? 0);
  const except = new Set(rule.except?.map(parseDay));
  const windows = civilStarts(rule, span)
    .filter((civilMs) => Math.floor(civilMs / DAY_MS) <= last && !except.has(Math.floor(civilMs / DAY_MS)))
    .map((civilMs) => windowAt(civilMs, rule, zone.value))
    .filter(({ fromMs, toMs }) => fromMs < span.toMs && toMs > span.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  return accept({ id: eventId(rule), name: rule.name, expected: rule.uplift ?? 1, windows });
}

const lastsMs = ({ durationMinutes }: EventRule): number => (durationMinutes ?? 0) * MINUTE_MS;

function windowAt(civilMs: number, rule: EventRule, zone: Zone): EventWindow {
  const fromMs = zone.instantOf(civilMs);
  if (rule.dates !== undefined) return { fromMs, toMs: zone.instantOf(civilMs + DAY_MS) };
  return { fromMs, toMs: instant(fromMs + lastsMs(rule)) };
}

/** Clock readings at which an occurrence may begin that overlaps the span; a few more than that. */
function civilStarts(rule: EventRule, { fromMs, toMs }: Span): number[] {
  if (rule.dates !== undefined) {
    return rule.dates.flatMap((text) => {
      const day = parseDay(text);
      return day === undefined ? [] : [day * DAY_MS];
    });
  }
  const first = parseClock(rule.starts ?? '');
  if (first === undefined) return [];
  if (rule.repeats === undefined) return [first];
  const from = fromMs - lastsMs(rule) - MARGIN_DAYS * DAY_MS;
  const to = toMs + MARGIN_DAYS * DAY_MS;
  return repeated(first, rule.repeats, { fromMs: from, toMs: to });
}

function repeated(first: number, { every, interval }: Repetition, { fromMs, toMs }: Span): number[] {
  if (every === 'month' || every === 'year') {
    return months(first, every === 'year' ? 12 * interval : interval, { fromMs, toMs });
  }
  const period = (every === 'week' ? 7 : 1) * interval * DAY_MS;
  const k = Math.max(0, Math.ceil((fromMs - first) / period));
  const count = Math.max(0, Math.floor((toMs - first) / period) - k + 1);
  return Array.from({ length: count }, (_, i) => first + (k + i) * period);
}

function months(first: number, interval: number, { fromMs, toMs }: Span): number[] {
  const { year, month, day } = civilDay(Math.floor(first / DAY_MS));
  const ofDay = first - Math.floor(first / DAY_MS) * DAY_MS;
  const starts: number[] = [];
  for (let m = month - 1; ; m += interval) {
    const wanted = { year: year + Math.floor(m / 12), month: (m % 12) + 1, day };
    const number = dayNumber(wanted);
    const civilMs = number * DAY_MS + ofDay;
    if (!(civilMs <= toMs)) return starts;
    if (civilMs >= fromMs && civilDay(number).month === wanted.month) starts.push(civilMs);
  }
}
