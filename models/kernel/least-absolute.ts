import { leastSquares, type SingularRefusal } from './least-squares.ts';
import { accept, type Result } from './result.ts';
import { median } from './statistics.ts';

/** After so many rounds the coefficients of a few hundred steps move no more. */
const ROUNDS = 4;

/** Against a division by nothing where most errors are 0; relative to the target's mean size. */
const LEAST_SCALE = 1e-9;

/**
 * Ridge-stabilised regression that outliers do not pull: errors up to the median error count as their squares, greater ones
 * as their size (Huber's loss with the median error as its corner, so nearly least absolute errors). Least squares, weighed
 * anew in each of four rounds by what the round before was wrong by.
 *
 * Shapes, units and refusals as `leastSquares`. Cost: five times its cost.
 * Source: Huber, Robust Statistics (1981), §7.8; iteratively reweighted least squares, Holland & Welsch,
 * Communications in Statistics 6 (1977).
 */
export function leastAbsolute(
  columns: readonly Float64Array[],
  y: Float64Array,
  ridge = 1e-9,
): Result<Float64Array, SingularRefusal> {
  const first = leastSquares(columns, y, ridge);
  if (!first.ok) return first;
  let coefficients = first.value;
  const least = LEAST_SCALE * meanSize(y);
  for (let round = 0; round < ROUNDS; round++) {
    const errors = sizesOfErrors(columns, y, coefficients);
    const corner = Math.max(least, median(errors));
    if (corner === 0) break;
    const roots = errors.map((error) => Math.sqrt(Math.min(1, corner / error)));
    const weighed = (values: Float64Array): Float64Array => values.map((value, t) => value * roots[t]!);
    const next = leastSquares(columns.map(weighed), weighed(y), ridge);
    if (!next.ok) break;
    coefficients = next.value;
  }
  return accept(coefficients);
}

function sizesOfErrors(columns: readonly Float64Array[], y: Float64Array, coefficients: Float64Array): Float64Array {
  const errors = y.slice();
  columns.forEach((column, j) => {
    for (let t = 0; t < errors.length; t++) errors[t]! -= coefficients[j]! * column[t]!;
  });
  return errors.map(Math.abs);
}

const meanSize = (y: Float64Array): number => y.reduce((sum, value) => sum + Math.abs(value), 0) / y.length;
