import { Command } from 'commander';
import { openTensors } from '../../adapters/tensors/open-tensors.ts';
import type { TrainedModel } from '../../models/forecast/neural/train-model.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { columnNames } from '../columns-flag.ts';
import { EXIT } from '../exit.ts';
import { jsonLine } from '../json.ts';
import { replaceFile } from '../output/replace-file.ts';
import { requirePlace } from '../output/require-place.ts';
import { load as asLoad } from '../page/format.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { readTrace } from '../trace.ts';
import { trainColumns } from '../train/train-columns.ts';
import { trainTrace } from '../train/train-trace.ts';
import { backendOf, type TrainingFlags, trainingTask } from '../train/training-flags.ts';

interface TrainOptions extends TrainingFlags {
  readonly trace: string;
  readonly column?: string;
  readonly columns?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `train`: a neural forecaster from a recorded load. */
export const trainCommand = (shell: Shell): Command =>
  new Command('train')
    .summary('train a neural forecaster on a recorded load')
    .description(
      'Trains a network to correct the load’s seasonal base, with quantiles: the oldest 80 % teach it, the next 10 % end ' +
        'the training, the newest 10 % are looked at once. Writes the weights; the same file, flags and backend give the ' +
        'same weights. Exit 1 when nothing can be learned. Needs the tensor library, which is an optional package.',
    )
    .requiredOption('--trace <file>', 'CSV or CSV.gz: a header, then timestamp or t_s, then the load')
    .requiredOption('--out <file>', 'where the weights go, JSON')
    .option('--column <name>', 'column of the load (default: the second)')
    .option('--columns <names>', 'several loads, such as cpu,mem,net: one network learns all of them together')
    .option('--network <kind>', 'lstm or transformer', 'lstm')
    .option('--horizon <duration>', 'how far ahead it answers, at most 24h; up to twelve leads', '1h')
    .option('--levels <q,…>', 'quantiles, 0.5 among them', '0.1,0.5,0.9')
    .option('--steps <n>', 'steps of the load that it reads; for a transformer a multiple of 6', '48')
    .option('--size <n>', 'hidden units of an lstm, width of a transformer (a multiple of 4)', '32')
    .option('--scale <kind>', 'unit that loads are divided by: robust or range', 'robust')
    .option('--history <duration>', 'how much of the file’s end is used', '90d')
    .option('--windows <n>', 'most windows to train on', '2000')
    .option('--epochs <n>', 'most passes over the windows', '60')
    .option('--seed <n>', 'of the first weights and of the order of the windows', '1')
    .option('--backend <name>', 'native, wasm or cpu (default: the first that is installed)')
    .option('--json', 'JSON alone on standard output')
    .action((options: TrainOptions) => run(options, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale train --trace requests.csv --horizon 2h --out lstm.json\n  aws s3 cp lstm.json s3://BUCKET/networks/WORKLOAD/lstm.json      # a candidate of the deployed fits from then on',
    );

async function run(options: TrainOptions, shell: Shell): Promise<void> {
  requirePlace('--out', options.out, [options.trace]);
  if (options.columns !== undefined) return runTogether({ ...options, columns: options.columns }, shell);
  const { terminal } = shell;
  const { series, column } = readTrace(options.trace, options.column === undefined ? {} : { column: options.column });
  const task = trainingTask(options, series);
  const tensors = await openTensors({ backend: backendOf(options) });
  if (!tensors.ok) throw new BadInputError(tensors.refusal);
  terminal.progress(`training on ${tensors.value.backend} …`);
  const trained = trainTrace(task, tensors.value);
  const facts = { trace: options.trace, column };
  if (!trained.ok) return declined(options, { ...facts, refused: trained.refusal }, shell);
  const { model, ...rest } = trained.value;
  replaceFile(options.out, jsonLine(model));
  const { weights: _text, ...written } = model;
  terminal.out(
    options.json === true
      ? jsonLine({ ...facts, out: options.out, ...written, ...rest, refused: null })
      : textOf(trained.value, options.out),
  );
}

/** One network for several columns; its weights say which. */
async function runTogether(options: TrainOptions & { readonly columns: string }, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const names = columnNames(options, ['column']);
  const columns = names.map((column) => ({ column, series: readTrace(options.trace, { column }).series }));
  const task = trainingTask(options, columns[0]!.series);
  const tensors = await openTensors({ backend: backendOf(options) });
  if (!tensors.ok) throw new BadInputError(tensors.refusal);
  terminal.progress(`training on ${tensors.value.backend} …`);
  const trained = trainColumns(columns, task, tensors.value);
  const facts = { trace: options.trace, columns: names };
  if (!trained.ok) return declined(options, { ...facts, refused: trained.refusal }, shell);
  const { model, ...rest } = trained.value;
  replaceFile(options.out, jsonLine(model));
  if (options.json === true) return terminal.out(jsonLine({ ...facts, out: options.out, ...rest, refused: null }));
  const right = (title: string) => ({ title, align: 'right' as const });
  terminal.out(
    textTable(
      [{ title: 'pinball loss, newest tenth', align: 'left' }, right('network'), right('base alone')],
      rest.test.map(({ name, pinball, basePinball }) => [name, asLoad(pinball), asLoad(basePinball)]),
    ),
  );
}

/** Says that nothing was learned, and why. */
function declined(
  { json }: TrainOptions,
  said: { readonly trace: string; readonly refused: string },
  { terminal, verdict }: Shell,
): void {
  verdict(EXIT.failed);
  if (json === true) terminal.out(jsonLine(said));
  else terminal.note(`prescale: nothing learned from ${said.trace}: ${said.refused}`);
}

function textOf({ model, epochs, best, windows, test }: TrainedModel, out: string): string {
  const { shape, base, levels, backend } = model;
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    `${shape.kind} on ${backend}: ${windows.training} windows, ${epochs.length} epochs, epoch ${best + 1} kept; ` +
      `it corrects the base "${base}"\n`,
    textTable(
      [right(`newest tenth, ${test.origins} origins`), right('network'), right('base alone')],
      [
        ['pinball loss', asLoad(test.pinball), asLoad(test.basePinball)],
        ['mean absolute error', asLoad(test.error), asLoad(test.baseError)],
      ],
    ),
    textTable(
      [right('level'), right('share at or under it')],
      levels.map((level, i) => [String(level), (test.coverage[i] ?? Number.NaN).toFixed(3)]),
    ),
    `\nweights: ${out}\n`,
  ].join('\n');
}
