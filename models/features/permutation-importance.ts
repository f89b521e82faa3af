import { randomSource } from '../kernel/rng.ts';
import { shuffled } from './shuffled.ts';

/** Answers of a model for rows given by columns. */
export type Answers = (columns: readonly Float64Array[]) => Float64Array;

/**
 * By how much the mean absolute error on rows that the model has not learned from grows when one column is shuffled, as
 * a share of what it was: 0 for a column that the model does not need. A share may be below 0 by chance. All 0 where the
 * error is 0 already, or there are no rows. Deterministic for a seed. O(columns) answers of the model.
 * Source: Breiman, Machine Learning 45 (2001) §10; Fisher, Rudin & Dominici, JMLR 20 (2019).
 */
export function permutationImportance(
  answers: Answers,
  { columns, target }: { readonly columns: readonly Float64Array[]; readonly target: Float64Array },
  seed: number,
): Float64Array {
  const random = randomSource(seed);
  const usual = absoluteError(answers(columns), target);
  return Float64Array.from(columns, (column, k) => {
    const mixed = [...columns];
    mixed[k] = shuffled(column, random);
    return usual > 0 ? absoluteError(answers(mixed), target) / usual - 1 : 0;
  });
}

/** Mean absolute error; 0 where there is nothing to compare. O(n). */
export function absoluteError(forecast: Float64Array, actual: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += Math.abs(forecast[i]! - actual[i]!);
  return actual.length === 0 ? 0 : sum / actual.length;
}
