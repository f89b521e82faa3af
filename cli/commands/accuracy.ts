import { Command } from 'commander';
import { shippedLeadTrees } from '../../adapters/fit/lead-trees-file.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { runContest } from '../accuracy/contest.ts';
import { contestJson, contestText } from '../accuracy/contest-report.ts';
import { readContest } from '../accuracy/contest-set.ts';
import { parseLeads } from '../accuracy/lead-flags.ts';
import { judgeLeads, leadReport, leadText } from '../accuracy/lead-report.ts';
import { renderContest } from '../accuracy/plot/render-contest.ts';
import { renderLeads } from '../accuracy/plot/render-leads.ts';
import { readScores } from '../accuracy/scores-file.ts';
import { jsonLine } from '../json.ts';
import { requirePlace } from '../output/require-place.ts';
import { notePageLeft, writePage } from '../page/page-file.ts';
import type { Shell } from '../shell.ts';
import { readTrace } from '../trace.ts';
import { parseWhole } from '../whole-number.ts';

interface AccuracyOptions {
  readonly m4?: readonly string[];
  readonly naive2?: string;
  readonly workers?: string;
  readonly series?: string;
  readonly column?: string;
  readonly leads?: string;
  readonly pretrained: boolean;
  readonly plot?: string;
  readonly json?: boolean;
}

/** More threads than any machine has cores are a typing error. */
const WORKERS = { least: 1, most: 1024 };

/** `accuracy`: how far forecasts are from what came. */
export const accuracyCommand = (shell: Shell): Command =>
  new Command('accuracy')
    .summary('measure forecasts against what came after them')
    .description(
      'With --m4: forecasts every hourly series of TRAIN as far as TEST goes, by every model, and prints sMAPE, MASE and ' +
        'OWA; `auto` is the model that erred least on the last hours of TRAIN alone. With --series: forecasts one load ' +
        'at some leads from each hour of its second half, knowing what lay before, and prints how far off that was.',
    )
    .option('--m4 <files...>', 'two files, TRAIN and TEST, CSV or CSV.gz: series,hour_index,value')
    .option(
      '--naive2 <scores>',
      'CSV with series,naive2_smape,naive2_mase, the denominators of OWA (default: computed)',
    )
    .option('--workers <n>', 'threads that run beside each other; the results are the same (default: one a core)')
    .option('--series <file>', 'CSV or CSV.gz: a header, then timestamp or t_s, then the load')
    .option('--column <name>', 'column of the load (default: the second)')
    .option('--leads <list>', 'how far ahead, separated by commas (default: 1h,24h,7d)')
    .option(
      '--no-pretrained',
      'learn from this load alone, without the trees that come with Prescale and know other hourly series',
    )
    .option(
      '--plot <file>',
      'also draws what was measured on one self-contained HTML page; an existing file is replaced',
    )
    .option('--json', 'JSON alone on standard output')
    .action((options: AccuracyOptions) => run(options, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale accuracy --series requests.csv --leads 1h,24h --plot accuracy.html' +
        '\n  prescale accuracy --m4 hourly-train.csv.gz hourly-test.csv.gz --json',
    );

async function run(options: AccuracyOptions, shell: Shell): Promise<void> {
  const { m4, series, naive2, workers, column, leads } = options;
  if (m4 !== undefined && series === undefined) {
    refuseFlags('--series', { '--column': column, '--leads': leads });
    if (!options.pretrained) throw new BadInputError('--no-pretrained is for --series, which is not given');
    return contest({ ...options, m4 }, shell);
  }
  if (series === undefined || m4 !== undefined) {
    throw new BadInputError(`${m4 === undefined ? 'neither' : 'both'} of --m4 and --series given; one is needed`);
  }
  refuseFlags('--m4', { '--naive2': naive2, '--workers': workers });
  return record({ ...options, series }, shell);
}

/** A flag that would be ignored is a misunderstanding. */
function refuseFlags(of: string, flags: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(flags).find((flag) => flags[flag] !== undefined);
  if (given !== undefined) throw new BadInputError(`${given}: "${flags[given]}" is for ${of}, which is not given`);
}

async function contest(
  { m4, naive2, workers, plot, json }: AccuracyOptions & { readonly m4: readonly string[] },
  { terminal }: Shell,
): Promise<void> {
  const [trainFile, testFile] = m4;
  if (trainFile === undefined || testFile === undefined || m4.length > 2) {
    throw new BadInputError(`--m4: ${m4.length} files; two are needed, TRAIN and TEST`);
  }
  if (plot !== undefined) requirePlace('--plot', plot, naive2 === undefined ? m4 : [...m4, naive2]);
  const threads = workers === undefined ? undefined : parseWhole(workers, '--workers', WORKERS);
  const set = readContest(trainFile, testFile);
  const scored = set.filter(({ actual }) => actual.length > 0).map(({ name }) => name);
  const outcome = await runContest(set, {
    workers: threads,
    naive2: naive2 === undefined ? undefined : readScores(naive2, scored),
    onDone: (done, of) => terminal.progress(`${done} of ${of} model fits done`),
  });
  for (const note of outcome.notes) terminal.note(note);
  terminal.out(json === true ? jsonLine(contestJson(outcome)) : contestText(outcome));
  if (plot === undefined) return;
  writePage(plot, renderContest({ train: trainFile, test: testFile, run: outcome }), terminal);
}

async function record(
  { series, column, leads, pretrained, plot, json }: AccuracyOptions & { readonly series: string },
  { terminal }: Shell,
): Promise<void> {
  if (plot !== undefined) requirePlace('--plot', plot, [series]);
  const named = parseLeads(leads ?? '1h,24h,7d');
  // Means of hours are compared: a row that is some seconds or minutes off belongs to an hour all the same.
  const trace = readTrace(series, { minDays: 0, offGrid: 'nearest', ...(column === undefined ? {} : { column }) });
  if (trace.moved > 0) {
    const step = trace.series.stepMs / 1000;
    terminal.note(`${trace.moved} of ${trace.rows} rows lie between steps of ${step} s: each counts for the nearest`);
  }
  terminal.progress('forecasting …');
  const judged = judgeLeads(trace.series, named, pretrained ? shippedLeadTrees() : undefined);
  const report = leadReport(judged);
  terminal.out(json === true ? jsonLine(report) : leadText(report, series));
  if (plot === undefined) return;
  if (!judged.some(({ answer }) => answer.ok)) return notePageLeft(plot, 'every lead was refused', terminal);
  const { dated } = trace;
  writePage(plot, renderLeads({ file: series, column: trace.column, dated, report, leads: judged }), terminal);
}
