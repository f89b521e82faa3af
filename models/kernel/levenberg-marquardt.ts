import { dot, solvePositive } from './least-squares.ts';

/** Where a search ended. */
export interface Minimum {
  readonly at: Float64Array;
  /** Half the sum of squares there. */
  readonly cost: number;
}

export interface SearchOptions {
  /** Most steps down. */
  readonly mostSteps: number;
  /** A step that lowers the cost by less than this share of it is the last. */
  readonly tolerance: number;
}

/** Distance by which derivatives are measured. */
const NEAR = 1e-6;

/** Where damping begins, what it is multiplied by after a step that did not go down, and where the search gives up. */
const DAMPING = { first: 1e-3, factor: 8, most: 1e8 };

/**
 * Least squares of residuals that are no straight lines of their parameters, from a start; derivatives by differences.
 * Never ends higher than it began. Deterministic. Cost: (parameters + a few) evaluations for each step down.
 * Source: Marquardt, J. of the Society for Industrial and Applied Mathematics 11 (1963).
 */
export function leastResiduals(
  residualsAt: (parameters: Float64Array) => Float64Array,
  start: Float64Array,
  { mostSteps, tolerance }: SearchOptions,
): Minimum {
  let at = Float64Array.from(start);
  let rest = residualsAt(at);
  let cost = dot(rest, rest) / 2;
  let damping = DAMPING.first;
  for (let step = 0; step < mostSteps && at.length > 0; step++) {
    const slopes = derivatives(residualsAt, at, rest);
    const before = cost;
    while (damping < DAMPING.most) {
      const next = moved(at, slopes, { rest, damping });
      const nextRest = residualsAt(next);
      const nextCost = dot(nextRest, nextRest) / 2;
      if (nextCost < cost) {
        [at, rest, cost] = [next, nextRest, nextCost];
        damping /= DAMPING.factor;
        break;
      }
      damping *= DAMPING.factor;
    }
    if (!(before - cost > tolerance * before)) break;
  }
  return { at, cost };
}

const derivatives = (
  residualsAt: (parameters: Float64Array) => Float64Array,
  at: Float64Array,
  rest: Float64Array,
): readonly Float64Array[] =>
  Array.from(at, (_, j) => {
    const near = at.slice();
    near[j]! += NEAR;
    return residualsAt(near).map((value, t) => (value - rest[t]!) / NEAR);
  });

/** One damped step of Gauss and Newton; where it cannot be solved, none. */
function moved(
  at: Float64Array<ArrayBuffer>,
  slopes: readonly Float64Array[],
  { rest, damping }: { readonly rest: Float64Array; readonly damping: number },
): Float64Array<ArrayBuffer> {
  const matrix = slopes.map((a, i) => {
    const row = Float64Array.from(slopes.slice(0, i + 1), (b) => dot(a, b));
    row[i]! += damping * (row[i]! + NEAR);
    return row;
  });
  const down = solvePositive(
    matrix,
    Float64Array.from(slopes, (slope) => -dot(slope, rest)),
  );
  return down.ok ? at.map((value, j) => value + down.value[j]!) : at;
}
