import type { Command } from 'commander';
import { parseEvents } from '../../loop/events.ts';
import type { EventRule } from '../../models/calendar/event.ts';
import type { Span } from '../../models/calendar/occurrences.ts';
import { zoneOf } from '../../models/calendar/zone.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { textOfFile } from '../text-file.ts';

/** The flags that say what moves the load at known times. */
export interface EventFlags {
  readonly events?: string;
  readonly holidays?: string;
  readonly zone?: string;
}

const DAY_MS = 86_400_000;

/** Adds the flags that say what moves the load at known times. */
export const withEventFlags = (command: Command): Command =>
  command
    .option('--events <file>', 'JSON: a list of events, or a policy that has one')
    .option('--holidays <place>', 'public holidays of a country, state or region, such as DE, DE-BY or US-CA')
    .option('--zone <name>', 'with --holidays: the time zone of their midnights, such as Europe/Berlin');

/**
 * The events that the flags name, the holidays of a span among them; undefined where they name none. Throws
 * `BadInputError` for a file that cannot be read, an event that is none, and an unknown place or zone.
 */
export async function eventsOf(
  { events, holidays, zone }: EventFlags,
  span: Span,
): Promise<readonly EventRule[] | undefined> {
  if (zone !== undefined && holidays === undefined) throw new BadInputError('--zone belongs to --holidays');
  if (events === undefined && holidays === undefined) return undefined;
  const written = events === undefined ? [] : parseEvents(textOfFile('--events', events), events);
  if (holidays === undefined) return written;
  if (zone === undefined) throw new BadInputError('--holidays needs --zone, such as Europe/Berlin');
  const known = zoneOf(zone);
  if (!known.ok) throw new BadInputError(`--zone: ${known.refusal.reason}`);
  // Its data take a while to read, and few commands want them.
  const { nationalHolidays } = await import('../../adapters/calendar/national-holidays.ts');
  const days = { fromDay: Math.floor(span.fromMs / DAY_MS), toDay: Math.ceil(span.toMs / DAY_MS) };
  return [...written, nationalHolidays({ place: holidays, zone }, days)];
}
