import { predict, type TreeEnsemble } from '../../boost/tree-ensemble.ts';
import type { LeadGrid } from '../lead/lead-grid.ts';
import type { LeadRows } from '../lead/lead-rows.ts';
import { pretrainedRows } from './pretrained-rows.ts';

const HOUR_MS = 3_600_000;

/** Trees that learned from many hourly histories, before any load of a user was seen, what comes some hours later. */
export interface LeadTrees {
  readonly version: 1;
  readonly trees: TreeEnsemble;
}

/** The name of what these trees say. */
export const PRETRAINED = 'pretrained';

/** Whether these trees can answer: they know hourly steps, and loads, not peaks. */
export const knowsGrid = ({ stepMs, values, aims }: Pick<LeadGrid, 'stepMs' | 'values' | 'aims'>): boolean =>
  stepMs === HOUR_MS && aims === values;

/**
 * What the trees say at each row, from the first on: nothing is learned from the load. Where a week knows of no
 * load, or of one too large for their arithmetic, the day before. O(rows · (week + trees · depth)), 20 µs a row.
 */
export function pretrainedPath({ trees }: LeadTrees, grid: LeadGrid, rows: LeadRows): Float64Array {
  const { columns, back } = pretrainedRows(grid, rows);
  const row = new Float64Array(columns.length);
  return rows.day.map((dayBefore, i) => {
    for (let j = 0; j < row.length; j++) row[j] = columns[j]![i]!;
    const known = rows.level[i]! > 0 && row.every(Number.isFinite);
    const load = known ? back(i, predict(trees, row)) : Number.NaN;
    return Number.isFinite(load) ? load : dayBefore;
  });
}
