import { Command } from 'commander';
import { chooseArms } from '../backtest/arms.ts';
import { backtest } from '../backtest/backtest.ts';
import { backtestJson } from '../backtest/backtest-json.ts';
import { backtestTable } from '../backtest/backtest-table.ts';
import { DELAYS, parseDuration } from '../duration.ts';
import { jsonLine } from '../json.ts';
import { PENALTIES, parseQuantity } from '../number.ts';
import type { Range } from '../range.ts';
import type { Shell } from '../shell.ts';
import { readTrace } from '../trace.ts';

interface BacktestOptions {
  readonly trace: string;
  readonly column?: string;
  readonly boot: string;
  readonly penalty: string;
  readonly mean: string;
  readonly lag: string;
  readonly policies: string;
  readonly decisions?: boolean;
  readonly json?: boolean;
}

/** Units; groups are smaller, and a mean much below one leaves nothing to scale. */
const MEANS: Range = { least: 0.1, most: 100_000 };

/** `backtest`: what each policy would have cost on a recorded load. */
export const backtestCommand = (shell: Shell): Command =>
  new Command('backtest')
    .summary('price Prescale and its rivals on a recorded load')
    .description(
      'Replays policies over the second half of a recorded load and prices them: 1 per unit and step, a penalty for each ' +
        'unit missing, against the clairvoyant optimum (docs/evaluation.md, section 2).',
    )
    .requiredOption('--trace <file>', 'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days')
    .option('--column <name>', 'column of the load (default: the second)')
    .option('--boot <seconds>', 'from launch to ready; 300, or 5m; at most 4h', '300')
    .option('--penalty <p>', 'price of one unit missing for one step, 0.001 to 1000000', '20')
    .option('--mean <units>', 'mean need of the first half; it sizes a unit', '20')
    .option('--lag <seconds>', 'how old the newest known load is; at most 4h', '0')
    .option('--policies <list>', 'all, or names separated by commas', 'all')
    .option('--decisions', 'with --json: the desired capacity at each scored step too')
    .option('--json', 'JSON alone on standard output')
    .action((options: BacktestOptions) => replayAll(options, shell))
    .addHelpText(
      'after',
      '\nExample:\n  prescale backtest --trace requests.csv --boot 5m --policies target-tracking-50,prescale',
    );

async function replayAll(options: BacktestOptions, { terminal }: Shell): Promise<void> {
  const problem = {
    bootSeconds: parseDuration(options.boot, '--boot', DELAYS),
    penalty: parseQuantity(options.penalty, '--penalty', PENALTIES),
    meanUnits: parseQuantity(options.mean, '--mean', MEANS),
    lagSeconds: parseDuration(options.lag, '--lag', DELAYS),
  };
  const arms = chooseArms(options.policies);
  const { series } = readTrace(options.trace, options.column === undefined ? {} : { column: options.column });
  const run = await backtest({
    trace: options.trace,
    series,
    options: problem,
    arms,
    keepDecisions: options.decisions === true && options.json === true,
    onProgress: terminal.progress,
  });
  terminal.out(options.json === true ? jsonLine(backtestJson(run)) : backtestTable(run));
}
