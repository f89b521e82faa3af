import { Command } from 'commander';
import { parseDay } from '../../models/calendar/civil.ts';
import { zoneOf } from '../../models/calendar/zone.ts';
import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import { anatomyOf, learnable } from '../../models/features/inspect-load.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { endOf, type Series } from '../../models/kernel/series.ts';
import { parseDuration } from '../duration.ts';
import { eventsOf } from '../events/event-flags.ts';
import { EXIT } from '../exit.ts';
import { inspectionJson, inspectionText } from '../inspect/inspection-text.ts';
import { jsonLine } from '../json.ts';
import type { Shell } from '../shell.ts';
import { readTrace } from '../trace.ts';
import { parseWhole } from '../whole-number.ts';

interface InspectOptions {
  readonly trace: string;
  readonly column?: string;
  readonly lead: string;
  readonly history: string;
  readonly holidays?: string;
  readonly zone?: string;
  readonly trials: string;
  readonly search: string;
  readonly json?: boolean;
}

const DAY = 86_400;

/** `inspect`: what a load is made of, and what it can be learned from. */
export const inspectCommand = (shell: Shell): Command =>
  new Command('inspect')
    .summary('say what a recorded load is made of, and what it can be learned from')
    .description(
      'Counts outliers, finds lasting changes of level and the power that evens out the spread; then ranks lags, rolling ' +
        'statistics and the calendar by what they say about the load some time ahead, with trees that learn from the ' +
        'first 80 %, are chosen by rolling origins there and measured on the last 10 %. Exit 1 when there is nothing to learn from.',
    )
    .requiredOption('--trace <file>', 'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days')
    .option('--column <name>', 'column of the load (default: the second)')
    .option('--lead <duration>', 'how far ahead the load is to be known, such as 15m', '15m')
    .option('--history <duration>', 'how much of the file’s end is looked at', '63d')
    .option('--holidays <place>', 'public holidays of a country, state or region, such as DE, DE-BY or US-CA')
    .option('--zone <name>', 'time zone of the calendar and of the holidays’ midnights (default: UTC)')
    .option('--trials <n>', 'budget of the search: shapes of trees that are tried, 3 fits each, 1 to 12', '4')
    .option('--search <how>', 'grid or random', 'random')
    .option('--json', 'JSON alone on standard output')
    .action((options: InspectOptions) => run(options, shell))
    .addHelpText('after', '\nExample:\n  prescale inspect --trace requests.csv --lead 1h --zone Europe/Berlin');

async function run(options: InspectOptions, { terminal, verdict }: Shell): Promise<void> {
  const { search } = options;
  if (search !== 'grid' && search !== 'random')
    throw new BadInputError(`--search: "${search}" is neither grid nor random`);
  const trials = parseWhole(options.trials, '--trials', { least: 1, most: 12 });
  const leadSeconds = parseDuration(options.lead, '--lead', { least: 1, most: 7 * DAY });
  const historySeconds = parseDuration(options.history, '--history', { least: 2 * DAY, most: 3650 * DAY });
  const { series, dated, column } = readTrace(
    options.trace,
    options.column === undefined ? {} : { column: options.column },
  );
  const stepSeconds = series.stepMs / 1000;
  const cleaned = cleanedTail({ series, historySteps: Math.ceil(historySeconds / stepSeconds) });
  if (!cleaned.ok) throw new BadInputError(`${options.trace}: ${cleaned.refusal}`);
  const window = fitWindow(cleaned.value);
  if (!window.ok) throw new BadInputError(`${options.trace}: ${window.refusal.reason}`);
  terminal.progress('inspecting …');
  const lead = Math.ceil(leadSeconds / stepSeconds);
  const anatomy = anatomyOf(window.value);
  const calendar = await calendarOf(options, window.value, dated);
  const learned = learnable(window.value, { ...calendar, lead, trials, search, seed: 1 });
  if (!learned.ok) verdict(EXIT.failed);
  const inspected = {
    trace: options.trace,
    column,
    lead,
    blank: cleaned.value.counts.blank,
    anatomy,
    learned,
    history: window.value,
  };
  terminal.out(options.json === true ? jsonLine(inspectionJson(inspected)) : inspectionText(inspected));
}

/** The zone and the holidays that the flags name. */
async function calendarOf({ holidays, zone: name }: InspectOptions, history: Series, dated: boolean) {
  const zone = zoneOf(name ?? 'UTC');
  if (!zone.ok) throw new BadInputError(`--zone: ${zone.refusal.reason}`);
  if (holidays === undefined) return { zone: zone.value };
  if (!dated) throw new BadInputError('--holidays needs a file whose first column is timestamp: t_s names no day');
  const span = { fromMs: history.startMs, toMs: endOf(history) };
  const rules = await eventsOf({ holidays, ...(name === undefined ? {} : { zone: name }) }, span);
  const days = rules?.flatMap(({ dates = [] }) => dates.map((text) => parseDay(text) ?? 0));
  return { zone: zone.value, holidays: new Set(days) };
}
