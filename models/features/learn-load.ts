import type { BoostOptions } from '../boost/boost-task.ts';
import { fitTrees } from '../boost/boosted-trees.ts';
import { predictAll } from '../boost/tree-ensemble.ts';
import { type BoxCox, restored, transformed } from '../clean/box-cox.ts';
import { fitScaler, scaled, unscaled } from '../clean/scaler.ts';
import { columnsOf, type FeatureTable, rowsOf } from './feature-table.ts';
import { absoluteError, permutationImportance } from './permutation-importance.ts';
import { gridSearch, randomSearch } from './search.ts';
import { type Informative, selectFeatures } from './select-features.ts';
import { type RowSpan, rollingFolds, splitInTime } from './split.ts';

/** What the search decides. */
export type TreeShape = Pick<BoostOptions, 'trees' | 'depth' | 'learningRate' | 'leastLeafRows'>;

export interface LearnOptions {
  readonly power: BoxCox;
  /** Rows whose targets overlap what came just before them; the lead in rows. */
  readonly gap: number;
  /** Shapes of trees that are tried, each on every fold. */
  readonly trials: number;
  readonly search: 'grid' | 'random';
  readonly seed: number;
}

/** How well a load is learned from its features, and from which. Errors are mean absolute ones in the load's unit. */
export interface Learned {
  readonly rows: number;
  /** Features that were kept, with by how much the error on the second part grows without each. */
  readonly features: readonly (Informative & { readonly importance: number })[];
  readonly shape: TreeShape;
  /** What the search cost: points tried of those there are, and the fits they took. */
  readonly budget: { readonly trials: number; readonly points: number; readonly fits: number };
  /** Error on the last tenth, which nothing was chosen by, and the rows it was looked at on. */
  readonly test: { readonly error: number; readonly span: RowSpan };
}

const FOLDS = 3;
const MOST_FEATURES = 24;

/** Shapes that are worth trying, from plain to rich. */
export const SHAPES: readonly TreeShape[] = [20, 5].flatMap((leastLeafRows) =>
  [3, 4, 5].flatMap((depth) =>
    [
      { trees: 60, learningRate: 0.15 },
      { trees: 120, learningRate: 0.08 },
    ].map((growth) => ({ ...growth, depth, leastLeafRows })),
  ),
);

/**
 * Selects features on the first 80 % of a table's rows, searches the shape of the trees there by rolling origins, measures
 * each feature on the next 10 % and the error of a fit to both on the last 10 %, once. What is learned is the change since
 * the newest known load on the scale of `power`, in robust units: trees cannot go on beyond the levels that they have seen. undefined where there are too few rows or nothing informs.
 * Cost: (trials · 3 + 2) fits of at most 24 columns. Deterministic.
 */
export function learnLoad(table: FeatureTable, options: LearnOptions): Learned | undefined {
  const rows = table.target.length;
  const split = splitInTime(rows, options.gap);
  const early = rowsOf(table, split.train.from, split.train.to);
  const kept = selectFeatures(early, { most: MOST_FEATURES, seed: options.seed });
  if (kept.length === 0) return undefined;
  const chosen = columnsOf(
    table,
    kept.map(({ index }) => index),
  );
  const found = shapeFor(rowsOf(chosen, split.train.from, split.train.to), options);
  if (found === undefined) return undefined;

  const { best: shape, tried } = found;
  const second = rowsOf(chosen, split.valid.from, split.valid.to);
  const first = fitted(rowsOf(chosen, split.train.from, split.train.to), shape, options);
  const both = fitted(rowsOf(chosen, 0, split.valid.to), shape, options);
  const last = rowsOf(chosen, split.test.from, split.test.to);
  if (first === undefined || both === undefined || last.target.length === 0) return undefined;
  const importance = permutationImportance((columns) => first({ ...second, columns }), second, options.seed);
  return {
    rows,
    features: kept.map((feature, k) => ({ ...feature, importance: importance[k]! })),
    shape,
    budget: { trials: tried.length, points: SHAPES.length, fits: tried.length * FOLDS },
    test: { error: absoluteError(both(last), last.target), span: split.test },
  };
}

function shapeFor(table: FeatureTable, options: LearnOptions) {
  const folds = rollingFolds(table.target.length, { folds: FOLDS, gap: options.gap });
  const score = (shape: TreeShape): number | undefined => {
    let sum = 0;
    for (const { train, valid } of folds) {
      const answers = fitted(rowsOf(table, train.from, train.to), shape, options);
      if (answers === undefined) return undefined;
      const judged = rowsOf(table, valid.from, valid.to);
      sum += absoluteError(answers(judged), judged.target);
    }
    return folds.length === 0 ? undefined : sum / folds.length;
  };
  return options.search === 'grid' ? gridSearch(SHAPES, score, options.trials) : randomSearch(SHAPES, score, options);
}

/** Trees that answer with loads for the rows of a table; undefined where they cannot be grown. */
function fitted(table: FeatureTable, shape: TreeShape, { power, seed }: LearnOptions): Forecast | undefined {
  const since = transformed(power, table.newest);
  const change = transformed(power, table.target).map((z, i) => z - since[i]!);
  const scale = fitScaler('robust', change);
  const trees = fitTrees(
    { columns: table.columns, target: scaled(scale, change) },
    { ...shape, loss: 'squared', l2: 1, rowShare: 0.7, columnShare: 0.7, seed },
  );
  if (!trees.ok) return undefined;
  return ({ columns, newest }) => {
    const changes = unscaled(scale, predictAll(trees.value, columns));
    return restored(
      power,
      transformed(power, newest).map((z, i) => z + changes[i]!),
    );
  };
}

type Forecast = (rows: Pick<FeatureTable, 'columns' | 'newest'>) => Float64Array;
