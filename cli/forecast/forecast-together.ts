import type { JointModel } from '../../models/forecast/neural/joint-model.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { columnNames } from '../columns-flag.ts';
import { jsonLine } from '../json.ts';
import { isoOf } from '../moment.ts';
import { writePage } from '../page/page-file.ts';
import type { Shell } from '../shell.ts';
import { readTrace } from '../trace.ts';
import { readJointNetwork } from '../train/read-network.ts';
import { columnsText } from './columns-report.ts';
import { forecastColumns } from './forecast-columns.ts';
import { plotOfColumns } from './plot/plot-of-columns.ts';
import { renderForecast } from './plot/render-forecast.ts';
import { sayRefused } from './say-refused.ts';
import { stepsOf } from './steps-of.ts';

/** Flags of `forecast` that say something where several columns are named. */
export interface TogetherFlags {
  readonly trace: string;
  /** Names with commas between them. */
  readonly columns: string;
  readonly weights?: readonly string[];
  readonly plot?: string;
  readonly json?: boolean;
}

/** Flags that go with one load alone. */
const ALONE = ['column', 'models', 'donors', 'events', 'holidays'] as const;

/**
 * Several columns of one file, forecast together. Throws `BadInputError` for fewer than two names, for flags that go with one
 * load alone, and for a network that reads other columns.
 */
export function forecastTogether(
  flags: TogetherFlags,
  seconds: { readonly horizon: number; readonly history: number },
  shell: Shell,
): void {
  const { terminal } = shell;
  const names = columnNames(flags, ALONE);
  const traces = names.map((column) => ({ ...readTrace(flags.trace, { column }), column }));
  const { series, dated } = traces[0]!;
  const answer = forecastColumns({
    columns: traces,
    horizonSteps: stepsOf(seconds.horizon, series, '--horizon'),
    historySteps: stepsOf(seconds.history, series, '--history'),
    network: networkOf(flags, names),
  });
  const stepMs = series.stepMs;
  const facts = { trace: flags.trace, columns: names, stepSeconds: series.stepMs / 1000 };
  if (!answer.ok) {
    sayRefused(flags, { facts, refusal: answer.refusal }, shell);
    return;
  }
  if (flags.json === true) {
    const { startMs, ...rest } = answer.value;
    terminal.out(jsonLine({ ...facts, startsAt: dated ? isoOf(startMs) : startMs / 1000, ...rest, refused: null }));
  } else {
    terminal.out(columnsText(answer.value, { file: flags.trace, dated, stepMs }));
  }
  if (flags.plot === undefined) return;
  const plot = plotOfColumns(answer.value, { file: flags.trace, dated, stepMs, traces });
  writePage(flags.plot, renderForecast(plot), terminal);
}

function networkOf({ weights = [] }: TogetherFlags, names: readonly string[]): JointModel | undefined {
  const [file, ...more] = weights;
  if (file === undefined) return undefined;
  if (more.length > 0)
    throw new BadInputError(`--weights: one network answers for --columns, ${weights.length} are given`);
  const network = readJointNetwork(file);
  if (network.columns.join() === names.join()) return network;
  throw new BadInputError(`--columns ${names.join()}: the network in ${file} reads ${network.columns.join()}`);
}
