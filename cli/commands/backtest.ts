import { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { chooseArms } from '../backtest/arms.ts';
import { type BacktestOptions, type BacktestRun, backtest, stateTrace } from '../backtest/backtest.ts';
import { backtestFolder } from '../backtest/backtest-folder.ts';
import { backtestJson } from '../backtest/backtest-json.ts';
import { backtestTable } from '../backtest/backtest-table.ts';
import { folderJson } from '../backtest/folder-json.ts';
import { folderTable } from '../backtest/folder-table.ts';
import { type LoadFlags, loadOf, requireOneLoad, withLoadFlags } from '../backtest/load-flags.ts';
import { loadFromFile } from '../backtest/load-source.ts';
import { pageOf } from '../backtest/page-of.ts';
import {
  FILE_DEFAULTS,
  GROUP_DEFAULTS,
  type ProblemFlags,
  problemOptionsOf,
  withProblemFlags,
} from '../backtest/problem-flags.ts';
import { traceFilesIn } from '../backtest/trace-files.ts';
import { parseWorkers, type WorkerFlags, withWorkerFlags } from '../backtest/worker-flags.ts';
import { jsonLine } from '../json.ts';
import { replaceFile } from '../output/replace-file.ts';
import { requirePlace } from '../output/require-place.ts';
import { renderBacktest } from '../report/backtest/render-backtest.ts';
import type { Shell } from '../shell.ts';

interface BacktestFlags extends LoadFlags, ProblemFlags, WorkerFlags {
  readonly decisions?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

const TRACES =
  'CSV or CSV.gz: a header, then timestamp or t_s, then the load; at least 2 days. A folder: each such file below it';

/** `backtest`: what each policy would have cost on a recorded load. */
export const backtestCommand = (shell: Shell): Command =>
  withWorkerFlags(withProblemFlags(withLoadFlags(new Command('backtest'), TRACES)))
    .summary('price Prescale and its rivals on a recorded load')
    .description(
      'Replays policies over the second half of a recorded load and prices them: 1 per unit and step, a penalty for each ' +
        'unit missing, against the clairvoyant optimum (docs/evaluation.md, section 2).',
    )
    .option('--decisions', 'with --json: the desired capacity at each scored step too')
    .option('--report <file>', 'also writes one self-contained HTML page about one load; an existing file is replaced')
    .option('--json', 'JSON alone on standard output')
    .action((flags: BacktestFlags) => replay(flags, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale backtest --trace requests.csv --boot 5m --policies target-tracking-50,prescale\n' +
        '  prescale backtest --trace recordings/ --json\n  prescale backtest --group web --penalty 50 --report web.html',
    );

async function replay(flags: BacktestFlags, shell: Shell): Promise<void> {
  requireOneLoad(flags);
  const options: BacktestOptions = {
    arms: chooseArms(flags.policies).map(({ name }) => name),
    keepDecisions: (flags.decisions === true && flags.json === true) || flags.report !== undefined,
    workers: parseWorkers(flags),
    onProgress: shell.terminal.progress,
  };
  // Flags are read before any file, so that a typing error is answered at once.
  const onFiles = problemOptionsOf(flags, flags.trace === undefined ? GROUP_DEFAULTS : FILE_DEFAULTS);
  const files = flags.trace === undefined ? undefined : traceFilesIn(flags.trace);
  if (files === undefined) return replayOne(flags, options, shell);
  if (flags.report !== undefined) throw new BadInputError('--report draws one load; --trace names a folder of them');
  const run = await backtestFolder({
    ...options,
    folder: flags.trace ?? '',
    files,
    state: (file) => stateTrace(loadFromFile(file, flags.column), onFiles),
  });
  if (flags.json === true) for (const one of run.runs) noteRepairs(one, shell);
  shell.terminal.out(
    flags.json === true ? jsonLine(folderJson(run, { decisions: flags.decisions === true })) : folderTable(run),
  );
}

async function replayOne(flags: BacktestFlags, options: BacktestOptions, shell: Shell): Promise<void> {
  const { terminal } = shell;
  if (flags.report !== undefined)
    requirePlace('--report', flags.report, flags.trace === undefined ? [] : [flags.trace]);
  const source = await loadOf(flags, shell);
  const stated = stateTrace(source, problemOptionsOf(flags, source.defaults));
  const [answer] = await backtest([stated], options);
  if (answer?.ok !== true) throw new BadInputError(`${source.trace}: ${answer?.refusal ?? 'nothing was replayed'}`);
  if (flags.report !== undefined) replaceFile(flags.report, renderBacktest(pageOf(answer.value)));
  if (flags.json !== true) {
    const written = flags.report === undefined ? '' : `\n${flags.report}: the page about it\n`;
    return terminal.out(`${backtestTable(answer.value)}${written}`);
  }
  noteRepairs(answer.value, shell);
  terminal.out(jsonLine(backtestJson(answer.value, { decisions: flags.decisions === true })));
}

/** Beside JSON, whose form is fixed, what was repaired and what is odd goes to standard error. */
function noteRepairs({ trace, repairs }: BacktestRun, { terminal }: Shell): void {
  for (const repair of repairs) terminal.note(`${trace}: ${repair}`);
}
