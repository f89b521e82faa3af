import { accept, type Result, refuse } from './result.ts';

/** Why a system has no solution that can be trusted. */
export interface SingularRefusal {
  readonly kind: 'singular';
  readonly column: number;
}

/**
 * Ridge-stabilised least squares: the coefficients b that minimise Σ_t (y_t − Σ_j b_j·x_j(t))² + ridge·Σ_j b_j².
 *
 * `columns[j]` holds regressor j at all n steps. Solved through the normal equations by Cholesky's decomposition, which
 * is enough for a few dozen well-scaled regressors. Refuses when a pivot is not positive.
 * Cost: O(n·k²).  Source: Golub & Van Loan, Matrix Computations §5.3.2.
 */
export function leastSquares(
  columns: readonly Float64Array[],
  y: Float64Array,
  ridge = 1e-9,
): Result<Float64Array, SingularRefusal> {
  // Symmetric: the decomposition reads the lower half alone.
  const gram = columns.map((a, i) => {
    const row = Float64Array.from(columns.slice(0, i + 1), (b) => dot(a, b));
    row[i]! += ridge * y.length;
    return row;
  });
  return solvePositive(
    gram,
    Float64Array.from(columns, (column) => dot(column, y)),
  );
}

/**
 * The solution of a symmetric positive definite system, by Cholesky's decomposition. Reads the lower half of the matrix
 * alone: row i needs i + 1 numbers. Refuses when a pivot is not positive. O(k³).
 */
export function solvePositive(
  matrix: readonly Float64Array[],
  right: Float64Array,
): Result<Float64Array<ArrayBuffer>, SingularRefusal> {
  const lower = cholesky(matrix);
  if (!lower.ok) return lower;
  const L = lower.value;
  const k = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) x[i]! -= L[i]![j]! * x[j]!;
    x[i]! /= L[i]![i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let j = i + 1; j < k; j++) x[i]! -= L[j]![i]! * x[j]!;
    x[i]! /= L[i]![i]!;
  }
  return accept(x);
}

function cholesky(gram: readonly Float64Array[]): Result<readonly Float64Array[], SingularRefusal> {
  const L = gram.map(() => new Float64Array(gram.length));
  for (let i = 0; i < gram.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = gram[i]![j]!;
      for (let m = 0; m < j; m++) rest -= L[i]![m]! * L[j]![m]!;
      if (i !== j) L[i]![j] = rest / L[j]![j]!;
      else if (rest > 0) L[i]![i] = Math.sqrt(rest);
      else return refuse({ kind: 'singular', column: i });
    }
  }
  return accept(L);
}

/** Σ a_i·b_i over the length of the first. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
