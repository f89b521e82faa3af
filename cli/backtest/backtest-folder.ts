import { BadInputError } from '../../models/kernel/errors.ts';
import { geometricMean } from '../../models/simulate/geometric-mean.ts';
import { type BacktestOptions, type BacktestRun, backtest, type StatedTrace } from './backtest.ts';

/** A file of a folder that is no scaling problem. */
export interface SkippedTrace {
  readonly trace: string;
  readonly reason: string;
}

/** Every trace of a folder that could be scored, and why the others could not. */
export interface FolderRun {
  readonly folder: string;
  /** At least one. */
  readonly runs: readonly BacktestRun[];
  readonly skipped: readonly SkippedTrace[];
  /** Of J/J* over the scored traces, by policy. */
  readonly geometricMeans: ReadonlyMap<string, number>;
}

export interface FolderTask extends BacktestOptions {
  readonly folder: string;
  readonly files: readonly string[];
  /** Reads and states one file; throws `BadInputError` when it is no scaling problem. */
  readonly state: (file: string) => StatedTrace;
}

/**
 * Replays every arm on every file. What is no scaling problem is skipped with its reason; throws `BadInputError` naming
 * the first when nothing is left.
 */
export async function backtestFolder(task: FolderTask): Promise<FolderRun> {
  const { folder, files, state } = task;
  const skipped: SkippedTrace[] = [];
  const stated = files.flatMap((trace) => {
    try {
      return state(trace);
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      skipped.push({ trace, reason: withoutName(error.message, trace) });
      return [];
    }
  });
  const runs: BacktestRun[] = [];
  for (const [i, answer] of (await backtest(stated, task)).entries()) {
    if (answer.ok) runs.push(answer.value);
    else skipped.push({ trace: stated[i]!.trace, reason: answer.refusal });
  }
  if (runs.length === 0) throw nothingScored(folder, skipped);
  skipped.sort((a, b) => (a.trace < b.trace ? -1 : 1));
  const geometricMeans = new Map(
    task.arms.map((arm) => [arm, geometricMean(runs.map(({ scores }) => scores.get(arm)?.ratio ?? Number.NaN))]),
  );
  return { folder, runs, skipped, geometricMeans };
}

const withoutName = (message: string, trace: string): string =>
  message.startsWith(`${trace}: `) ? message.slice(trace.length + 2) : message;

function nothingScored(folder: string, [first, ...others]: readonly SkippedTrace[]): BadInputError {
  const rest = others.length === 0 ? '' : `; nor is any of ${others.length} other(s)`;
  return new BadInputError(`${folder}: no file in it is a scaling problem: ${first?.trace}: ${first?.reason}${rest}`);
}
