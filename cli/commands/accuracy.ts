import { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type Contender, type ContestRun, runContest } from '../accuracy/contest.ts';
import { readContest } from '../accuracy/contest-set.ts';
import { readScores } from '../accuracy/scores-file.ts';
import { jsonLine } from '../json.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { parseWhole } from '../whole-number.ts';

interface AccuracyOptions {
  readonly m4: readonly string[];
  readonly naive2?: string;
  readonly workers?: string;
  readonly json?: boolean;
}

/** More threads than any machine has cores are a typing error. */
const WORKERS = { least: 1, most: 1024 };

/** `accuracy`: how far forecasts are from what came. */
export const accuracyCommand = (shell: Shell): Command =>
  new Command('accuracy')
    .summary('measure forecasts against what came after the histories')
    .description(
      'Forecasts every series of TRAIN as far as TEST goes, by every model, and prints sMAPE, MASE and OWA. `auto` is ' +
        'the model that erred least on the last hours of TRAIN alone. Hourly series: series,hour_index,value.',
    )
    .requiredOption('--m4 <files...>', 'two files, TRAIN and TEST, CSV or CSV.gz: series,hour_index,value')
    .option(
      '--naive2 <scores>',
      'CSV with series,naive2_smape,naive2_mase, the denominators of OWA (default: computed)',
    )
    .option('--workers <n>', 'threads that run beside each other; the results are the same (default: one a core)')
    .option('--json', 'JSON alone on standard output')
    .action((options: AccuracyOptions) => run(options, shell))
    .addHelpText('after', '\nExample:\n  prescale accuracy --m4 hourly-train.csv.gz hourly-test.csv.gz --json');

async function run({ m4, naive2, workers, json }: AccuracyOptions, { terminal }: Shell): Promise<void> {
  const [trainFile, testFile] = m4;
  if (trainFile === undefined || testFile === undefined || m4.length > 2) {
    throw new BadInputError(`--m4: ${m4.length} files; two are needed, TRAIN and TEST`);
  }
  const threads = workers === undefined ? undefined : parseWhole(workers, '--workers', WORKERS);
  const set = readContest(trainFile, testFile);
  const scored = set.filter(({ actual }) => actual.length > 0).map(({ name }) => name);
  const contest = await runContest(set, {
    workers: threads,
    naive2: naive2 === undefined ? undefined : readScores(naive2, scored),
    onDone: (done, of) => terminal.progress(`${done} of ${of} model fits done`),
  });
  for (const note of contest.notes) terminal.note(note);
  terminal.out(json === true ? jsonLine(jsonOf(contest)) : textOf(contest));
}

const figuresOf = ({ smape, mase, owa }: Contender) => ({ sMAPE: smape, MASE: mase, OWA: owa });

/** Its form is fixed. Undefined errors become null. */
const jsonOf = ({ series, auto, models }: ContestRun) => ({
  series,
  ...figuresOf(auto),
  models: Object.fromEntries(
    [...models, ['auto', auto] as const].map(([name, one]) => [
      name,
      { ...figuresOf(one), secondsPerSeries: one.secondsPerSeries },
    ]),
  ),
});

function textOf({ series, auto, models }: ContestRun): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const ranked = [...models].sort(([, a], [, b]) => a.owa - b.owa);
  const row = (name: string, { smape, mase, owa, secondsPerSeries }: Contender): readonly string[] => [
    name,
    smape.toFixed(3),
    mase.toFixed(3),
    owa.toFixed(4),
    secondsPerSeries.toFixed(3),
  ];
  return [
    `${series} series\n`,
    textTable(
      [{ title: 'model', align: 'left' }, right('sMAPE'), right('MASE'), right('OWA'), right('seconds a series')],
      [row(`auto (${auto.chosen})`, auto), ...ranked.map(([name, one]) => row(name, one))],
    ),
  ].join('\n');
}
