import type { BoostOptions, BoostRefusal } from '../../boost/boost-task.ts';
import { fitTrees } from '../../boost/boosted-trees.ts';
import { predictAll, type TreeEnsemble } from '../../boost/tree-ensemble.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { baseline, FEATURES, writeFeatures } from './features.ts';
import { pooledRows } from './pooled-rows.ts';
import { type Scale, unscaled, WINDOW, windowBefore } from './window.ts';

export interface GlobalOptions {
  /** Steps ahead that shall be forecast. */
  readonly steps: number;
  readonly scale: Scale;
  /** Decides the draws of rows and columns. */
  readonly seed: number;
}

/** Hours between the windows of one history; shares no divisor with a day, so that each hour is an origin in turn. */
const STRIDE = 7;

const MOST_TREES = 300;
const LEAST_TREES = 50;
const ROWS_A_TREE = 200;

/** How trees grow on many histories: chosen where last hours were held out; the figures are in docs/designs/0005-forecasts.md. */
export const POOLED_BOOST: Omit<BoostOptions, 'seed' | 'trees'> = {
  loss: { quantile: 0.5 },
  depth: 6,
  learningRate: 0.08,
  leastLeafRows: 100,
  l2: 0,
  rowShare: 0.5,
  columnShare: 0.5,
};

/** Trees grown on many histories at once, and the scale on which they see each. */
export interface GlobalTrees {
  readonly trees: TreeEnsemble;
  readonly steps: number;
  readonly scale: Scale;
}

/**
 * Grows trees on windows of all histories, one row for each hour ahead, the hour being a feature. They learn by how many
 * spreads the load is off half the day before and half the week before; the least absolute error is sought, each row
 * weighed by what its errors count in OWA.
 *
 * Shapes: finite hourly values, for the logarithm none below 0.   Same histories, options and seed: the same trees.
 * Refuses: histories none of which holds a window and the hours after it.
 * Cost: rows · FEATURES · 8 bytes; half a million rows take 40 s.
 * Source: direct multi-step forecasts by one model over many series, Montero-Manso & Hyndman, Int. J. of Forecasting 37
 * (2021); gradient-boosted trees for it, Makridakis et al., The M5 accuracy competition, Int. J. of Forecasting 38 (2022).
 */
export function fitGlobalTrees(
  histories: readonly Float64Array[],
  { steps, scale, seed }: GlobalOptions,
): Result<GlobalTrees, BoostRefusal> {
  const rows = pooledRows(histories, { steps, scale, stride: STRIDE });
  const trees = fitTrees(rows, { ...POOLED_BOOST, trees: treesFor(rows.target.length), seed });
  return trees.ok ? accept({ trees: trees.value, steps, scale }) : trees;
}

/** Few rows are learned by few trees. */
const treesFor = (rows: number): number => Math.min(MOST_TREES, Math.max(LEAST_TREES, Math.round(rows / ROWS_A_TREE)));

/**
 * The hours after a history, none below 0. Declines, in words, a history shorter than a window or one that did not change
 * for its last week. O(steps · trees · depth).
 */
export function globalPath({ trees, steps, scale }: GlobalTrees, history: Float64Array): Result<Float64Array, string> {
  if (history.length < WINDOW) return refuse(`${history.length} hours, ${WINDOW} needed`);
  const window = windowBefore(history, history.length, scale);
  if (window === undefined) return refuse('the load has not changed for a week');
  const columns = Array.from({ length: FEATURES }, () => new Float64Array(steps));
  writeFeatures(window, steps, { columns, first: 0 });
  const differences = predictAll(trees, columns);
  return accept(differences.map((one, i) => Math.max(0, unscaled(window, one + baseline(window, i + 1)))));
}
