import { Command } from 'commander';
import { chooseArms } from '../backtest/arms.ts';
import { type BacktestResult, backtest } from '../backtest/backtest.ts';
import { parseDuration } from '../duration.ts';
import { jsonLine } from '../json.ts';
import { parseNotNegative, parsePositive } from '../number.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
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

/** `backtest`: what each policy would have cost on a recorded load. */
export const backtestCommand = (shell: Shell): Command =>
  new Command('backtest')
    .summary('price Prescale and its rivals on a recorded load')
    .description(
      'Replays policies over the second half of a recorded load and prices them: 1 per unit and step, a penalty for each ' +
        'unit missing, against the clairvoyant optimum (docs/evaluation.md, section 2).',
    )
    .requiredOption('--trace FILE', 'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days')
    .option('--column NAME', 'column of the load (default: the second)')
    .option('--boot SECONDS', 'from launch to ready; 300, or 5m', '300')
    .option('--penalty P', 'price of one unit missing for one step', '20')
    .option('--mean UNITS', 'mean need of the first half; it sizes a unit', '20')
    .option('--lag SECONDS', 'how old the newest known load is', '0')
    .option('--policies LIST', 'all, or names separated by commas', 'all')
    .option('--decisions', 'with --json: the desired capacity at each scored step too')
    .option('--json', 'JSON alone on standard output')
    .action((options: BacktestOptions) => run(options, shell))
    .addHelpText(
      'after',
      '\nExample:\n  prescale backtest --trace requests.csv --boot 5m --policies target-tracking-50,prescale',
    );

async function run(options: BacktestOptions, { terminal }: Shell): Promise<void> {
  const problem = {
    bootSeconds: parseDuration(options.boot, '--boot'),
    penalty: parseNotNegative(options.penalty, '--penalty'),
    meanUnits: parsePositive(options.mean, '--mean'),
    lagSeconds: parseDuration(options.lag, '--lag'),
  };
  const arms = chooseArms(options.policies);
  const { series } = readTrace(options.trace, options.column === undefined ? {} : { column: options.column });
  const result = await backtest({
    trace: options.trace,
    series,
    options: problem,
    arms,
    keepDecisions: options.decisions === true && options.json === true,
    onProgress: terminal.progress,
  });
  terminal.out(options.json === true ? jsonLine(result) : tableOf(result));
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function tableOf({ oracle, policies, ...facts }: BacktestResult): string {
  const head = `${facts.trace}: ${facts.scoredSteps} scored steps of ${facts.stepSeconds} s, boot ${facts.bootSteps} steps, need ${facts.meanNeed.toFixed(1)} on average, ${facts.maxNeed} at most\n`;
  const columns = ['policy', 'J/J*', 'J', 'cost', 'short', 'breach', 'launches'].map((title, i) => ({
    title,
    align: i === 0 ? ('left' as const) : ('right' as const),
  }));
  const whole = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 0 });
  const rows = Object.entries(policies).map(([name, p]) => [
    name,
    p.ratio === null ? '–' : p.ratio.toFixed(4),
    whole(p.J),
    whole(p.cost),
    whole(p.short),
    percent(p.breachShare),
    whole(p.launches),
  ]);
  const best = ['clairvoyant optimum', '1.0000', whole(oracle.J), whole(oracle.cost), '–', '–', '–'];
  return `${head}\n${textTable(columns, [...rows, best])}`;
}
