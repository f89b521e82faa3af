import { accept, type Result, refuse } from '../kernel/result.ts';
import { type BoostData, type BoostOptions, type BoostRefusal, boostTask } from './boost-task.ts';
import { fitTrees } from './boosted-trees.ts';
import { predict } from './tree-ensemble.ts';

/** How rows, in the order of time, are parted. */
export interface Folds {
  /** Blocks of consecutive rows, 2…rows. */
  readonly count: number;
  /** Rows on both sides of a block that are not learned from either, for targets that reach over them. */
  readonly gapRows: number;
}

/**
 * For each row the forecast of trees that saw neither it nor its neighbours: errors of these are those of new data, as
 * far as the load keeps its habits. Rows after a block are learned from as well as those before it.
 *
 * Shapes: n rows → n forecasts in the target's unit.   Cost: `count` fits.   Deterministic.
 * Refuses: what `fitTrees` refuses, rows being named as in `data`; folds that leave nothing to learn from.
 * Source: blocked cross-validation, Bergmeir & Benítez, Information Sciences 191 (2012); the gap, Racine, J. of
 * Econometrics 99 (2000).
 */
export function crossFit(
  data: BoostData,
  { count, gapRows }: Folds,
  options: Omit<BoostOptions, 'earlyStop'>,
): Result<Float64Array, BoostRefusal> {
  const sound = boostTask(data, options);
  if (!sound.ok) return sound;
  const rows = data.target.length;
  if (!(Number.isInteger(count) && count >= 2 && count <= rows))
    return refuse({ kind: 'bad-option', option: 'count', given: count, need: `whole, 2 to ${rows}` });
  if (!(Number.isInteger(gapRows) && gapRows >= 0))
    return refuse({ kind: 'bad-option', option: 'gapRows', given: gapRows, need: 'whole, at least 0' });
  const forecasts = new Float64Array(rows);
  for (let fold = 0; fold < count; fold++) {
    const from = Math.floor((fold * rows) / count);
    const to = Math.floor(((fold + 1) * rows) / count);
    const fitted = fitTrees(without(data, from - gapRows, to + gapRows), options);
    if (!fitted.ok) return fitted;
    const row = new Float64Array(data.columns.length);
    for (let i = from; i < to; i++) {
      for (let j = 0; j < row.length; j++) row[j] = data.columns[j]![i]!;
      forecasts[i] = predict(fitted.value, row);
    }
  }
  return accept(forecasts);
}

/** The data less the rows [from, to). */
function without({ columns, target, weights }: BoostData, from: number, to: number): BoostData {
  const cut = (values: Float64Array): Float64Array => {
    const before = values.subarray(0, Math.max(0, from));
    const after = values.subarray(Math.min(values.length, to));
    const kept = new Float64Array(before.length + after.length);
    kept.set(before);
    kept.set(after, before.length);
    return kept;
  };
  return { columns: columns.map(cut), target: cut(target), ...(weights && { weights: cut(weights) }) };
}
