import { InvariantError } from '../kernel/errors.ts';

/** exp of the mean logarithm: how ratios are averaged. Throws `InvariantError` without values and for one that is not above 0. */
export function geometricMean(values: readonly number[]): number {
  const bad = values.find((value) => !(value > 0));
  if (values.length === 0 || bad !== undefined) {
    throw new InvariantError(`a geometric mean takes numbers above 0, got ${bad ?? 'none'}`);
  }
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
