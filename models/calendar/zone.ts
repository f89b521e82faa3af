import { accept, type Result, refuse } from '../kernel/result.ts';
import { type EpochMs, instant } from '../kernel/series.ts';
import { DAY_MS } from './civil.ts';

/** The clocks of a place. */
export interface Zone {
  /** IANA name, for example `Europe/Berlin`. */
  readonly name: string;
  /** How far its clocks are ahead of UTC at an instant, milliseconds. */
  offsetMs(atMs: number): number;
  /**
   * When its clocks show so many civil milliseconds: the first time where they show it twice, and as much later as the
   * clocks were put forward where they never show it (RFC 5545 §3.3.5).
   */
  instantOf(civilMs: number): EpochMs;
}

export interface ZoneRefusal {
  readonly kind: 'zone';
  readonly reason: string;
}

const known = new Map<string, Zone>();

/**
 * The zone of that name. Its rules are those of the runtime's own IANA database, so two runtimes may differ about days
 * whose clocks were decided on between their releases; the hot path therefore never asks, it reads instants. Refuses a
 * name that the database does not know. A zone is made once and remembers what it was asked, one entry a day.
 */
export function zoneOf(name: string): Result<Zone, ZoneRefusal> {
  const made = known.get(name);
  if (made !== undefined) return accept(made);
  try {
    const zone = makeZone(name);
    known.set(name, zone);
    return accept(zone);
  } catch {
    return refuse({ kind: 'zone', reason: `"${name}" is no IANA time zone, such as Europe/Berlin or UTC` });
  }
}

interface DayOffsets {
  readonly first: number;
  readonly last: number;
  /** First instant of the day that has the later offset. */
  readonly changeMs: number;
}

function makeZone(name: string): Zone {
  const read = offsetReader(name);
  const days = new Map<number, DayOffsets>();
  const dayOf = (day: number): DayOffsets => {
    const seen = days.get(day);
    if (seen !== undefined) return seen;
    const offsets = offsetsOf(day * DAY_MS, read);
    days.set(day, offsets);
    return offsets;
  };
  const offsetMs = (atMs: number): number => {
    const { first, last, changeMs } = dayOf(Math.floor(atMs / DAY_MS));
    return atMs < changeMs ? first : last;
  };
  return { name, offsetMs, instantOf: (civilMs) => instantOf(civilMs, offsetMs) };
}

/** A day has one change of clocks at most; it is found to the millisecond. O(log day) where there is one. */
function offsetsOf(startMs: number, read: (atMs: number) => number): DayOffsets {
  const first = read(startMs);
  const last = read(startMs + DAY_MS - 1);
  let [low, high] = [startMs, startMs + DAY_MS - 1];
  if (first === last) return { first, last, changeMs: low };
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle) === first) low = middle;
    else high = middle;
  }
  return { first, last, changeMs: high };
}

function instantOf(civilMs: number, offsetMs: (atMs: number) => number): EpochMs {
  const before = offsetMs(civilMs - DAY_MS);
  const after = offsetMs(civilMs + DAY_MS);
  const fits = [before, after].filter((offset) => offsetMs(civilMs - offset) === offset);
  return instant(civilMs - (fits.length === 0 ? before : Math.max(...fits)));
}

/** What the zone's clocks show, less the instant. Throws `RangeError` for an unknown zone. */
function offsetReader(name: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZoneName: 'longOffset',
  });
  return (atMs) => {
    const text = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] = OFFSET_FORM.exec(text) ?? [];
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return (sign === '-' ? -1 : 1) * size * 1000;
  };
}

/** `GMT`, `GMT+02:00`, `GMT-00:25:21`. */
const OFFSET_FORM = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/;
