import { InvariantError } from '../kernel/errors.ts';

/**
 * A sum of complete binary trees of one depth. Plain JSON.
 * Tree k has 2^depth − 1 questions in heap order, from k · (2^depth − 1) on, and 2^depth leaves from k · 2^depth on. A
 * branch that ended early asks a question whose answers lead to the same value.
 */
export interface TreeEnsemble {
  readonly version: 1;
  /** Features of a row. */
  readonly columns: number;
  /** Questions from the root to a leaf, 1…6. */
  readonly depth: number;
  /** What is forecast before any tree. */
  readonly base: number;
  /** Feature that is asked for; the left child is taken where its value is ≤ the threshold. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** What a leaf adds, in the target's unit. */
  readonly value: readonly number[];
}

/** Number of trees; 0 where the base alone is the best forecast. */
export const treeCount = ({ value, depth }: TreeEnsemble): number => value.length / 2 ** depth;

/**
 * The forecast for one row, in the target's unit. Allocates nothing. O(trees · depth), about 1 µs for 80 trees of depth 4.
 * Throws `InvariantError` when the row has not the ensemble's number of features or one of them is NaN.
 */
export function predict(ensemble: TreeEnsemble, row: Float64Array): number {
  checkRow(ensemble, row);
  const { depth, base, feature, threshold, value } = ensemble;
  const leaves = 1 << depth;
  const questions = leaves - 1;
  let sum = base;
  for (let leaf = 1, first = 0; first < feature.length; first += questions, leaf += leaves) {
    let node = 0;
    for (let level = 0; level < depth; level++) {
      const at = first + node;
      // A number, not a branch: nobody can predict it, and a wrong guess costs more than all the rest.
      node = 2 * node + 1 + Number(row[feature[at]!]! > threshold[at]!);
    }
    // Node numbers of leaves begin at `questions`, one less than `leaves`.
    sum += value[leaf + node - leaves]!;
  }
  return sum;
}

function checkRow({ columns }: TreeEnsemble, row: Float64Array): void {
  if (row.length !== columns) throw new InvariantError(`a row has ${row.length} features, needed are ${columns}`);
  for (let j = 0; j < columns; j++) {
    if (Number.isNaN(row[j]!)) throw new InvariantError(`feature ${j} of a row is NaN, needed is a number`);
  }
}

/** Forecasts for all rows of features held by column, each of the same length. O(rows · (columns + trees · depth)). */
export function predictAll(ensemble: TreeEnsemble, columns: readonly Float64Array[]): Float64Array {
  const row = new Float64Array(columns.length);
  return Float64Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => {
    for (let j = 0; j < row.length; j++) row[j] = columns[j]![i]!;
    return predict(ensemble, row);
  });
}

/**
 * The same ensemble with leaves of so many digits, for a shorter file. A forecast moves by at most 0.5 · 10^(1 − digits) of
 * the sum of the magnitudes that it adds up; thresholds are as short as their neighbours allow already. O(leaves).
 */
export const compacted = (ensemble: TreeEnsemble, digits: number): TreeEnsemble => ({
  ...ensemble,
  value: ensemble.value.map((value) => Number(value.toPrecision(digits))),
});
