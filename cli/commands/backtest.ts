import { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { chooseArms } from '../backtest/arms.ts';
import { type BacktestOptions, backtest, type StatedTrace, stateTrace } from '../backtest/backtest.ts';
import { backtestFolder } from '../backtest/backtest-folder.ts';
import { backtestJson } from '../backtest/backtest-json.ts';
import { backtestTable } from '../backtest/backtest-table.ts';
import { folderJson } from '../backtest/folder-json.ts';
import { folderTable } from '../backtest/folder-table.ts';
import { traceFilesIn } from '../backtest/trace-files.ts';
import { DELAYS, parseDuration } from '../duration.ts';
import { jsonLine } from '../json.ts';
import { PENALTIES, parseQuantity } from '../number.ts';
import type { Range } from '../range.ts';
import type { Shell } from '../shell.ts';
import { readTrace } from '../trace.ts';
import { parseWhole } from '../whole-number.ts';

interface BacktestFlags {
  readonly trace: string;
  readonly column?: string;
  readonly boot: string;
  readonly penalty: string;
  readonly mean: string;
  readonly lag: string;
  readonly policies: string;
  readonly workers?: string;
  readonly decisions?: boolean;
  readonly json?: boolean;
}

/** Units; groups are smaller, and a mean much below one leaves nothing to scale. */
const MEANS: Range = { least: 0.1, most: 100_000 };

/** More threads than any machine has cores are a typing error. */
const WORKERS: Range = { least: 1, most: 1024 };

/** `backtest`: what each policy would have cost on a recorded load. */
export const backtestCommand = (shell: Shell): Command =>
  new Command('backtest')
    .summary('price Prescale and its rivals on a recorded load')
    .description(
      'Replays policies over the second half of a recorded load and prices them: 1 per unit and step, a penalty for each ' +
        'unit missing, against the clairvoyant optimum (docs/evaluation.md, section 2).',
    )
    .requiredOption(
      '--trace <file>',
      'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days. A folder: each such file below it',
    )
    .option('--column <name>', 'column of the load (default: the second)')
    .option('--boot <seconds>', 'from launch to ready; 300, or 5m; at most 4h', '300')
    .option('--penalty <p>', 'price of one unit missing for one step, 0.001 to 1000000', '20')
    .option('--mean <units>', 'mean need of the first half; it sizes a unit', '20')
    .option('--lag <seconds>', 'how old the newest known load is; at most 4h', '0')
    .option('--policies <list>', 'all, or names separated by commas', 'all')
    .option('--workers <n>', 'threads that replay beside each other; the results are the same (default: one a core)')
    .option('--decisions', 'with --json: the desired capacity at each scored step too')
    .option('--json', 'JSON alone on standard output')
    .action((flags: BacktestFlags) => replayAll(flags, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale backtest --trace requests.csv --boot 5m --policies target-tracking-50,prescale\n' +
        '  prescale backtest --trace recordings/ --json',
    );

async function replayAll(flags: BacktestFlags, { terminal }: Shell): Promise<void> {
  const problem = {
    bootSeconds: parseDuration(flags.boot, '--boot', DELAYS),
    penalty: parseQuantity(flags.penalty, '--penalty', PENALTIES),
    meanUnits: parseQuantity(flags.mean, '--mean', MEANS),
    lagSeconds: parseDuration(flags.lag, '--lag', DELAYS),
  };
  const json = flags.json === true;
  const options: BacktestOptions = {
    arms: chooseArms(flags.policies).map(({ name }) => name),
    keepDecisions: flags.decisions === true && json,
    workers: flags.workers === undefined ? undefined : parseWhole(flags.workers, '--workers', WORKERS),
    onProgress: terminal.progress,
  };
  const state = (file: string): StatedTrace => {
    const { series } = readTrace(file, flags.column === undefined ? {} : { column: flags.column });
    return stateTrace(file, series, problem);
  };
  const files = traceFilesIn(flags.trace);
  if (files !== undefined) {
    const run = await backtestFolder({ ...options, folder: flags.trace, files, state });
    terminal.out(json ? jsonLine(folderJson(run)) : folderTable(run));
    return;
  }
  const [answer] = await backtest([state(flags.trace)], options);
  if (answer?.ok !== true) throw new BadInputError(`${flags.trace}: ${answer?.refusal ?? 'nothing was replayed'}`);
  terminal.out(json ? jsonLine(backtestJson(answer.value)) : backtestTable(answer.value));
}
