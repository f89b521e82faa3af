import { Command } from 'commander';
import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { DEFAULT_FORECASTERS, FORECASTER_NAMES } from '../../models/forecast/registry.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { endOf } from '../../models/kernel/series.ts';
import { parseDuration } from '../duration.ts';
import { type EventFlags, eventsOf, withEventFlags } from '../events/event-flags.ts';
import { donorsOf } from '../forecast/donors.ts';
import { forecastTogether } from '../forecast/forecast-together.ts';
import { forecastTrace, type TraceForecast } from '../forecast/forecast-trace.ts';
import { lossesSaid } from '../forecast/losses-said.ts';
import { plotOfTrace } from '../forecast/plot/plot-of-trace.ts';
import { renderForecast } from '../forecast/plot/render-forecast.ts';
import { sayRefused } from '../forecast/say-refused.ts';
import { stepsOf } from '../forecast/steps-of.ts';
import { jsonLine } from '../json.ts';
import { isoOf } from '../moment.ts';
import { PENALTIES, parseQuantity } from '../number.ts';
import { requirePlace } from '../output/require-place.ts';
import { load as asLoad, number } from '../page/format.ts';
import { writePage } from '../page/page-file.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { readTrace, type Trace } from '../trace.ts';
import { readNetwork } from '../train/read-network.ts';

interface ForecastOptions extends EventFlags {
  readonly trace: string;
  readonly column?: string;
  readonly columns?: string;
  readonly horizon: string;
  readonly window: string;
  readonly history: string;
  readonly penalty: string;
  readonly weights?: readonly string[];
  readonly models?: string;
  readonly donors?: readonly string[];
  readonly plot?: string;
  readonly json?: boolean;
}

const MODELS_HELP = `all, or some of ${FORECASTER_NAMES.join(', ')} (default: ${DEFAULT_FORECASTERS.join(', ')})`;

/** `forecast`: what the load does after the end of a file. */
export const forecastCommand = (shell: Shell): Command =>
  withEventFlags(new Command('forecast'))
    .summary('forecast a recorded load, with the quantiles that set capacity')
    .description(
      'Fits every candidate on the end of the file, chooses by the quantiles of the peak and by the path of a day on held-out ' +
        'days (rolling origins), and prints the expected load and the ' +
        'quantiles of its peak over the lead window. Exit 1 when no model will answer.',
    )
    .requiredOption(
      '--trace <file>',
      'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days, or 1 with --donors',
    )
    .option('--column <name>', 'column of the load (default: the second)')
    .option(
      '--columns <names>',
      'several loads, such as cpu,mem,net, forecast together: by what each follows, or by --weights',
    )
    .option('--horizon <duration>', 'how far ahead, such as 1h', '1h')
    .option('--window <duration>', 'lead window whose peak matters, such as 15m', '15m')
    .option('--history <duration>', 'how much of the file’s end is learned from', '14d')
    .option('--penalty <p>', 'price of one unit missing, in multiples of having it; sets the level p / (p + 1)', '20')
    .option(
      '--weights <files...>',
      'networks that `prescale train` wrote: candidates beside the others; with --columns, the one to ask',
    )
    .option('--models <names>', MODELS_HELP)
    .option(
      '--donors <files...>',
      'loads of other groups, up to the end of the trace (t_s names no date: what came later is then yours to leave out): ' +
        'what they teach is a candidate too; where less than 2 days of the load are learned from, all that it is judged by, without --models and --weights',
    )
    .option(
      '--plot <file>',
      'also draws load and forecast on one self-contained HTML page; an existing file is replaced',
    )
    .option('--json', 'JSON alone on standard output')
    .action((options: ForecastOptions) => run(options, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale forecast --trace requests.csv --horizon 2h --window 10m\n  prescale forecast --trace group.csv --columns cpu,mem,net --horizon 1h --plot group.html',
    );

/** Seconds. */
const DAY = 86_400;

async function run(options: ForecastOptions, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const horizon = parseDuration(options.horizon, '--horizon', { least: 1, most: 31 * DAY });
  const window = parseDuration(options.window, '--window', { least: 1, most: 7 * DAY });
  const history = parseDuration(options.history, '--history', { least: 60, most: 3650 * DAY });
  if (options.plot !== undefined) requirePlace('--plot', options.plot, sourcesOf(options));
  if (options.columns !== undefined)
    return forecastTogether({ ...options, columns: options.columns }, { horizon, history }, shell);
  const shortagePenalty = parseQuantity(options.penalty, '--penalty', PENALTIES);
  const trace = readTrace(options.trace, {
    minDays: options.donors === undefined ? 2 : 1,
    ...(options.column === undefined ? {} : { column: options.column }),
  });
  const events = await eventsIn(options, trace, horizon);
  terminal.progress('fitting …');
  const answer = await forecastTrace(
    {
      series: trace.series,
      horizonSteps: stepsOf(horizon, trace.series, '--horizon'),
      windowSteps: stepsOf(window, trace.series, '--window'),
      historySteps: stepsOf(history, trace.series, '--history'),
      shortagePenalty,
      events,
      networks: options.weights?.map(readNetwork),
      names: namesOf(options.models),
      donors: options.donors && donorsOf(options.donors, { file: options.trace, trace }),
    },
    workerFitter(),
  );
  const facts = factsOf(options.trace, trace);
  if (!answer.ok) return sayRefused(options, { facts, refusal: answer.refusal }, shell);
  terminal.out(
    options.json === true
      ? jsonLine({ ...facts, ...answer.value, refused: null })
      : textOf(answer.value, options.trace, trace),
  );
  if (options.plot === undefined) return;
  writePage(options.plot, renderForecast(plotOfTrace(answer.value, { file: options.trace, trace })), terminal);
}

/** Files that a page is made from, which it must not replace. */
const sourcesOf = ({ trace, weights = [], donors = [], events }: ForecastOptions): readonly string[] => [
  trace,
  ...weights,
  ...donors,
  ...(events === undefined ? [] : [events]),
];

/** The events that the flags name. Throws `BadInputError` for a file that does not say when it was recorded. */
async function eventsIn(flags: EventFlags, { series, dated }: Trace, horizonSeconds: number) {
  const events = await eventsOf(flags, { fromMs: series.startMs, toMs: endOf(series) + horizonSeconds * 1000 });
  if (events === undefined || dated) return events;
  throw new BadInputError('--events and --holidays need a file whose first column is timestamp: t_s names no day');
}

/** Forecasters that a flag names; undefined without the flag. Throws `BadInputError` for a name that is not registered. */
function namesOf(flag: string | undefined): readonly string[] | undefined {
  if (flag === undefined) return undefined;
  if (flag === 'all') return FORECASTER_NAMES;
  const names = flag.split(',');
  const unknown = names.find((name) => !FORECASTER_NAMES.includes(name));
  if (unknown === undefined) return names;
  throw new BadInputError(`--models: "${unknown}" is none of all, ${FORECASTER_NAMES.join(', ')}`);
}

const factsOf = (file: string, { series, column, dated }: Trace) => ({
  trace: file,
  column,
  stepSeconds: series.stepMs / 1000,
  startsAt: dated ? isoOf(endOf(series)) : endOf(series) / 1000,
});

const repairedText = ({ repaired }: TraceForecast): string =>
  repaired === undefined ? '' : `, ${repaired} outlier(s) bridged`;

const eventsText = ({ events = [] }: TraceForecast): readonly string[] =>
  events.map(
    ({ name, uplift, occurrences }) => `${name}: × ${uplift.toFixed(2)}, learned from ${occurrences} occurrence(s)\n`,
  );

const LOSSES =
  'Held-out days: mean pinball loss of the quantiles of the peak, and mean absolute error of the path of a day.';

function textOf(answer: TraceForecast, file: string, { series, column, dated }: Trace): string {
  const { window, model, path, scores } = answer;
  const stepSeconds = series.stepMs / 1000;
  const when = (step: number): string => {
    const ms = endOf(series) + step * series.stepMs;
    return dated ? isoOf(ms) : `${ms / 1000} s`;
  };
  const left = (title: string) => ({ title, align: 'left' as const });
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    `${file}, ${column}: ${model}, fitted to ${number(answer.fittedSteps)} steps of ${stepSeconds} s${repairedText(answer)}\n`,
    ...eventsText(answer),
    textTable(
      [left('step starts'), right('expected')],
      path.map((load, i) => [when(i), asLoad(load)]),
    ),
    `\npeak of the next ${window.steps} step(s): ${asLoad(window.expectedPeak)} expected`,
    textTable(
      [right('probability'), right('stays below')],
      Object.entries(window.quantiles).map(([level, load]) => [level, asLoad(load)]),
    ),
    `the price asks for the ${(window.level * 100).toFixed(1)} % level: ${asLoad(window.loadAtLevel)}\n`,
    textTable(
      [left('candidate'), right('pinball loss'), right('path error'), right('origins'), left('refused')],
      scores.map((s) => [s.model, asLoad(s.pinball), asLoad(s.pathError), number(s.origins), s.refused ?? '']),
    ),
    `${[LOSSES, ...lossesSaid(scores)].join(' ')}\n`,
    ...(answer.why === undefined ? [] : [`${model} answers: ${answer.why}\n`]),
  ].join('\n');
}
