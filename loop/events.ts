import { z } from 'zod';
import { parseClock, parseDay } from '../models/calendar/civil.ts';
import { type EventRule, eventId, type LearnedEvent, type PlannedEvent } from '../models/calendar/event.ts';
import { MOST_UPLIFT } from '../models/calendar/learn-uplift.ts';
import { planned, type Span } from '../models/calendar/occurrences.ts';
import { zoneOf } from '../models/calendar/zone.ts';
import { BadInputError } from '../models/kernel/errors.ts';

/** An event that lasts longer is a level, and forecasts follow levels. */
const MOST_MINUTES = 14 * 24 * 60;

/** Days that a list may name; a country has about a dozen holidays a year. */
const MOST_DATES = 400;

const day = z.string().refine((text) => parseDay(text) !== undefined, { error: 'must be a day such as 2026-11-27' });

/** One event of a policy; see `EventRule`. */
export const Event = z
  .strictObject({
    name: z.string().min(1).max(64),
    zone: z
      .string()
      .refine((name) => zoneOf(name).ok, { error: 'must be an IANA time zone, such as Europe/Berlin or UTC' }),
    starts: z
      .string()
      .refine((text) => parseClock(text) !== undefined, { error: 'must be a local time such as 2026-11-27T08:30' })
      .optional(),
    durationMinutes: z.number().int().min(1).max(MOST_MINUTES).optional(),
    repeats: z
      .strictObject({
        every: z.enum(['day', 'week', 'month', 'year']),
        interval: z.number().int().min(1).max(1000).default(1),
      })
      .optional(),
    dates: z.array(day).min(1).max(MOST_DATES).optional(),
    until: day.optional(),
    except: z.array(day).max(MOST_DATES).optional(),
    uplift: z
      .number()
      .min(1 / MOST_UPLIFT)
      .max(MOST_UPLIFT)
      .optional(),
  })
  .refine(({ starts, dates }) => (starts === undefined) !== (dates === undefined), {
    error: 'either "starts" or "dates" is needed, one of the two',
  })
  .refine(({ starts, durationMinutes }) => (starts === undefined) === (durationMinutes === undefined), {
    error:
      '"durationMinutes" belongs to "starts", and "starts" needs it; days that "dates" names last from midnight to midnight',
    path: ['durationMinutes'],
  })
  .refine(({ dates, repeats }) => dates === undefined || repeats === undefined, {
    error: 'days that "dates" names do not repeat',
    path: ['repeats'],
  });

/** The events of a policy; names are unique. */
export const Events = z
  .array(Event)
  .max(50)
  .refine((events) => new Set(events.map(({ name }) => name)).size === events.length, {
    error: 'two events have the same name',
  });

/**
 * Reads the events of a document: a list of them, or a policy that has one. Throws `BadInputError` naming every offending
 * key; `origin` says where the text came from.
 */
export function parseEvents(text: string, origin: string): readonly EventRule[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BadInputError(`${origin}: not JSON`, { origin }, { cause });
  }
  const list = typeof json === 'object' && json !== null && 'events' in json ? json.events : json;
  const parsed = Events.safeParse(list);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'events'}: ${message}`);
  throw new BadInputError(`${origin}: not a list of events: ${problems.join('; ')}`, { origin });
}

/**
 * The events of a policy over a span. Throws `BadInputError` for a zone that this runtime does not know, which the
 * policy's own check lets through only where the two run in different places. Pure but for the zone database.
 */
export function plannedEvents(rules: readonly EventRule[] | undefined, span: Span): readonly PlannedEvent[] {
  return (rules ?? []).map((rule) => {
    const event = planned(rule, span);
    if (!event.ok) throw new BadInputError(`event "${rule.name}": ${event.refusal.reason}`);
    return event.value;
  });
}

/** A policy's or a model's events, or those that neither has. */
interface Knowing<T> {
  readonly events?: readonly T[] | undefined;
}

/**
 * What a model learned of the events that its policy still names: one that was taken out or changed since the fit is not
 * expected any more. Pure.
 */
export function eventsInForce(policy: Knowing<EventRule>, model: Knowing<LearnedEvent>): readonly LearnedEvent[] {
  if (policy.events === undefined || model.events === undefined) return [];
  const named = new Set(policy.events.map(eventId));
  return model.events.filter(({ id }) => named.has(id));
}

/** Whether a model was fitted for other events than its policy names. Pure. */
export function eventsChanged(policy: Knowing<EventRule>, model: Knowing<LearnedEvent>): boolean {
  const [named, learned] = [policy.events ?? [], model.events ?? []];
  return named.length !== learned.length || named.some((rule, k) => eventId(rule) !== learned[k]?.id);
}
