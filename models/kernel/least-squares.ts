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
    const row = dots(a, columns, i + 1);
    row[i]! += ridge * y.length;
    return row;
  });
  return solvePositive(gram, dots(y, columns, columns.length));
}

/**
 * Products of one column with the first `count`, four at a time: each sum waits for itself alone, and is bit for bit that of
 * `dot`.
 */
function dots(a: Float64Array, columns: readonly Float64Array[], count: number): Float64Array {
  const out = new Float64Array(count);
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const [b0, b1, b2, b3] = [columns[j]!, columns[j + 1]!, columns[j + 2]!, columns[j + 3]!];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const x = a[i]!;
      s0 += x * b0[i]!;
      s1 += x * b1[i]!;
      s2 += x * b2[i]!;
      s3 += x * b3[i]!;
    }
    out[j] = s0;
    out[j + 1] = s1;
    out[j + 2] = s2;
    out[j + 3] = s3;
  }
  for (; j < count; j++) out[j] = dot(a, columns[j]!);
  return out;
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
