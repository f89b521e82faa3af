import { Command } from 'commander';
import { systemClock } from '../../adapters/clock.ts';
import { plannedEvents } from '../../loop/events.ts';
import type { EventRule } from '../../models/calendar/event.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EventFlags, eventsOf, withEventFlags } from '../events/event-flags.ts';
import { jsonLine } from '../json.ts';
import { isoOf, parseMoment } from '../moment.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { parseWhole } from '../whole-number.ts';

interface EventsOptions extends EventFlags {
  readonly from?: string;
  readonly days: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

/** `events`: checks events and lists when they take place. */
export const eventsCommand = (shell: Shell): Command =>
  withEventFlags(new Command('events'))
    .summary('check events and holidays, and list when they take place')
    .description(
      'Reads events as a policy holds them and lists their occurrences. With --holidays it looks up the public holidays ' +
        'of a place; --json then prints them as an event for the policy’s "events".',
    )
    .option('--from <time>', 'ISO-8601 with a zone, or a day (default: now)')
    .option('--days <n>', 'how many days are listed, 1 to 3660', '60')
    .option('--json', 'JSON alone on standard output')
    .action((options: EventsOptions) => run(options, shell))
    .addHelpText('after', '\nExample:\n  prescale events --holidays DE-BY --zone Europe/Berlin --days 365 --json');

async function run(options: EventsOptions, { terminal }: Shell): Promise<void> {
  const days = parseWhole(options.days, '--days', { least: 1, most: 3660 });
  const fromMs = options.from === undefined ? systemClock.wall() : parseMoment(options.from, '--from');
  const span = { fromMs, toMs: fromMs + days * DAY_MS };
  const events = await eventsOf(options, span);
  if (events === undefined) throw new BadInputError('--events FILE or --holidays PLACE is needed, one or both');
  const occurrences = occurrencesOf(events, span);
  terminal.out(options.json === true ? jsonLine({ events, occurrences }) : textOf(occurrences, days));
}

interface Occurrence {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const occurrencesOf = (
  events: readonly EventRule[],
  span: Parameters<typeof plannedEvents>[1],
): readonly Occurrence[] =>
  plannedEvents(events, span)
    .flatMap(({ name, windows }) => windows.map(({ fromMs, toMs }) => ({ name, fromMs, toMs })))
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(({ name, fromMs, toMs }) => ({ name, from: isoOf(fromMs), to: isoOf(toMs) }));

function textOf(occurrences: readonly Occurrence[], days: number): string {
  if (occurrences.length === 0) return `no event takes place within ${days} days\n`;
  return textTable(
    ['begins', 'ends', 'event'].map((title) => ({ title, align: 'left' as const })),
    occurrences.map(({ name, from, to }) => [from, to, name]),
  );
}
