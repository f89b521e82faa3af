import { leastSquares } from './least-squares.ts';

/** A gradient below this share of its scale is rounding. */
const ROUNDING = 1e-10;

/**
 * Least squares whose coefficients are not negative: b ≥ 0 that minimise Σ_t (y_t − Σ_j b_j·x_j(t))². What would be below 0
 * is exactly 0; collinear columns share, for each inner system has the ridge of `leastSquares`.
 *
 * `columns[j]` holds regressor j at all n steps. Always answers; all 0 where nothing helps.
 * Cost:    at most 3·k inner systems of O(n·k²).
 * Source:  Lawson & Hanson, Solving Least Squares Problems (1974), algorithm NNLS, chapter 23. Deviation: inner systems by
 * normal equations.
 */
export function nonNegativeLeastSquares(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const k = columns.length;
  const free = new Set<number>();
  let b = new Float64Array(k);
  for (let round = 0; round < 3 * k; round++) {
    const entering = steepest(columns, { y, b, free });
    if (entering === undefined) return b;
    free.add(entering);
    const next = feasible(columns, { y, b, free });
    // A column that falls out in the round it came in moves nothing any more: its gradient was rounding.
    if (next.every((value, j) => value === b[j])) return b;
    b = next;
  }
  return b;
}

interface Standing {
  readonly y: Float64Array;
  readonly b: Float64Array;
  /** Columns whose coefficient may differ from 0. */
  readonly free: Set<number>;
}

/** The column outside the free ones that would lower the error fastest; undefined where none would. */
function steepest(columns: readonly Float64Array[], { y, b, free }: Standing): number | undefined {
  const rest = y.map((value, t) => columns.reduce((left, column, j) => left - b[j]! * column[t]!, value));
  let best: number | undefined;
  let most = 0;
  columns.forEach((column, j) => {
    if (free.has(j)) return;
    let gradient = 0;
    let scale = 0;
    for (let t = 0; t < y.length; t++) {
      gradient += column[t]! * rest[t]!;
      scale += Math.abs(column[t]! * y[t]!);
    }
    if (gradient > ROUNDING * scale && gradient > most) [best, most] = [j, gradient];
  });
  return best;
}

/** Solves for the free columns, steps back to the border where a coefficient would pass it, and frees those no more. */
function feasible(columns: readonly Float64Array[], { y, b, free }: Standing): Float64Array<ArrayBuffer> {
  let at = b.slice();
  while (free.size > 0) {
    const used = [...free];
    const solved = leastSquares(
      used.map((j) => columns[j]!),
      y,
    );
    if (!solved.ok) return b.slice();
    const wanted = new Float64Array(b.length);
    used.forEach((j, i) => {
      wanted[j] = solved.value[i]!;
    });
    const negative = used.filter((j) => wanted[j]! <= 0);
    if (negative.length === 0) return wanted;
    const share = Math.min(...negative.map((j) => at[j]! / (at[j]! - wanted[j]! || 1)));
    at = at.map((value, j) => (free.has(j) ? value + share * (wanted[j]! - value) : 0));
    const reached = negative.filter((j) => at[j]! <= ROUNDING * Math.abs(wanted[j]!));
    for (const j of reached.length > 0 ? reached : negative) {
      at[j] = 0;
      free.delete(j);
    }
  }
  return at;
}
