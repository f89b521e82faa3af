import type { FolderRun, SkippedTrace } from './backtest-folder.ts';
import { type BacktestJson, backtestJson, type JsonOptions } from './backtest-json.ts';

/** What `prescale backtest --trace FOLDER --json` prints; its form is fixed. */
export interface FolderJson {
  readonly traces: readonly BacktestJson[];
  readonly skipped: readonly SkippedTrace[];
  /** Over the traces, by policy. */
  readonly geometricMeans: Readonly<Record<string, { readonly ratio: number }>>;
}

/** A folder's runs in the form that is fixed for machines. */
export const folderJson = ({ runs, skipped, geometricMeans }: FolderRun, options: JsonOptions): FolderJson => ({
  traces: runs.map((run) => backtestJson(run, options)),
  skipped,
  geometricMeans: Object.fromEntries([...geometricMeans].map(([name, ratio]) => [name, { ratio }])),
});
