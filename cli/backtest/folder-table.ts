import { fixed } from '../page/format.ts';
import { armName } from '../report/arm-names.ts';
import { textTable } from '../table.ts';
import type { FolderRun } from './backtest-folder.ts';
import { backtestTable } from './backtest-table.ts';

/** A folder's runs for people: a table for each trace, the geometric means over all, and what was skipped. */
export function folderTable({ runs, skipped, geometricMeans }: FolderRun): string {
  const means = textTable(
    [
      { title: 'policy', align: 'left' },
      { title: 'J/J*', align: 'right' },
    ],
    [...geometricMeans].map(([name, ratio]) => [armName(name), fixed(ratio, 3)]),
  );
  const left = skipped.map(({ trace, reason }) => `skipped ${trace}: ${reason}\n`);
  return [...runs.map(backtestTable), `geometric means over ${runs.length} trace(s)\n\n${means}`, left.join('')]
    .filter((part) => part !== '')
    .join('\n');
}
