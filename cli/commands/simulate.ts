import { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { chooseArms } from '../backtest/arms.ts';
import { type LoadFlags, loadOf, requireOneLoad, withLoadFlags } from '../backtest/load-flags.ts';
import { FILE_DEFAULTS, problemOptionsOf } from '../backtest/problem-flags.ts';
import { traceFilesIn } from '../backtest/trace-files.ts';
import { parseWorkers, type WorkerFlags, withWorkerFlags } from '../backtest/worker-flags.ts';
import { jsonLine } from '../json.ts';
import type { Shell } from '../shell.ts';
import { baseOf, type ChangeFlags, whatIfsOf, withChangeFlags } from '../simulate/change-flags.ts';
import { changedOptions } from '../simulate/changes.ts';
import { repairsOf, simulate } from '../simulate/simulate.ts';
import { simulationJson } from '../simulate/simulation-json.ts';
import { simulationTable } from '../simulate/simulation-table.ts';

interface SimulateFlags extends LoadFlags, ChangeFlags, WorkerFlags {
  readonly json?: boolean;
}

/** More rows than these make a table that nobody reads. */
const FEW = 'target-tracking-50,target-tracking-70,tuned-reactive,prescale';

const TRACE = 'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days';

/** `simulate`: what each policy would cost if the load, the boot, the price of a shortage or the lag were another. */
export const simulateCommand = (shell: Shell): Command =>
  withWorkerFlags(withChangeFlags(withLoadFlags(new Command('simulate'), TRACE)), FEW)
    .summary('what if: a larger load, slower boots, another price, an older load')
    .description(
      'Replays policies over the second half of a recorded load twice or more: as it was, and under changes. Shows price, ' +
        'cost, shortage and worst hour of each, and the difference (docs/evaluation.md, sections 2.3 and 2.8).',
    )
    .option('--json', 'JSON alone on standard output')
    .action((flags: SimulateFlags) => run(flags, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale simulate --trace requests.csv --load x1.5\n' +
        '  prescale simulate --trace requests.csv --what-if load=1.5,boot=10m --what-if penalty=50 --what-if lag=120\n' +
        '  prescale simulate --group web --base lag=60 --lag 3m --policies all --json',
    );

async function run(flags: SimulateFlags, shell: Shell): Promise<void> {
  const { terminal } = shell;
  requireOneLoad(flags);
  const arms = chooseArms(flags.policies).map(({ name }) => name);
  const workers = parseWorkers(flags);
  const whatIfs = whatIfsOf(flags);
  const base = baseOf(flags);
  const sized = flags.mean === undefined ? {} : { mean: flags.mean };
  // Read once before the load, so that a typing error is answered at once.
  problemOptionsOf(sized, FILE_DEFAULTS);
  requireOneFile(flags);
  const source = await loadOf(flags, shell);
  const options = changedOptions(problemOptionsOf(sized, source.defaults), base);
  const simulation = await simulate({ source, options, whatIfs, arms, workers, onProgress: terminal.progress });
  if (flags.json !== true) return terminal.out(simulationTable(simulation));
  for (const repair of repairsOf(simulation)) terminal.note(`${source.trace}: ${repair}`);
  terminal.out(jsonLine(simulationJson(simulation)));
}

function requireOneFile({ trace }: SimulateFlags): void {
  if (trace === undefined || traceFilesIn(trace) === undefined) return;
  throw new BadInputError(`--trace ${trace}: that is a folder; simulate changes one load: name a file in it`);
}
