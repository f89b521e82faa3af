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
  const gram = products(columns);
  for (let i = 0; i < columns.length; i++) gram[i]![i]! += ridge * y.length;
  return solvePositive(
    gram,
    Float64Array.from(columns, (column) => dot(column, y)),
  );
}

/** Rows that are taken together: what they hold of a few dozen columns fits the first cache. */
const TILE = 128;

/** Products of all pairs of columns, the lower half: row i has i + 1. Each is bit for bit that of `dot`. O(n·k²). */
function products(columns: readonly Float64Array[]): readonly Float64Array[] {
  const k = columns.length;
  const n = columns[0]?.length ?? 0;
  // Columns are taken two by four; the last ones may be taken twice, and what comes of it is left out.
  const width = k + 4;
  const sums = new Float64Array(width * width);
  for (let from = 0; from < n; from += TILE) {
    const tile = { from, to: Math.min(n, from + TILE) };
    for (let i = 0; i < k; i += 2)
      for (let j = 0; j <= i + 1; j += 4) addProducts(columns, tile, { sums, width, i, j });
  }
  return columns.map((_, i) => sums.slice(i * width, i * width + i + 1));
}

interface Patch {
  readonly sums: Float64Array;
  readonly width: number;
  readonly i: number;
  readonly j: number;
}

/** Adds the products of columns i and i + 1 with j to j + 3 over a tile: eight sums, of which none waits for another. */
function addProducts(
  columns: readonly Float64Array[],
  { from, to }: { readonly from: number; readonly to: number },
  { sums, width, i, j }: Patch,
): void {
  const last = columns.length - 1;
  const a0 = columns[i]!;
  const a1 = columns[Math.min(i + 1, last)]!;
  const b0 = columns[Math.min(j, last)]!;
  const b1 = columns[Math.min(j + 1, last)]!;
  const b2 = columns[Math.min(j + 2, last)]!;
  const b3 = columns[Math.min(j + 3, last)]!;
  const first = i * width + j;
  const second = first + width;
  let s00 = sums[first]!;
  let s01 = sums[first + 1]!;
  let s02 = sums[first + 2]!;
  let s03 = sums[first + 3]!;
  let s10 = sums[second]!;
  let s11 = sums[second + 1]!;
  let s12 = sums[second + 2]!;
  let s13 = sums[second + 3]!;
  for (let t = from; t < to; t++) {
    const x0 = a0[t]!;
    const x1 = a1[t]!;
    const y0 = b0[t]!;
    const y1 = b1[t]!;
    const y2 = b2[t]!;
    const y3 = b3[t]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  sums[first] = s00;
  sums[first + 1] = s01;
  sums[first + 2] = s02;
  sums[first + 3] = s03;
  sums[second] = s10;
  sums[second + 1] = s11;
  sums[second + 2] = s12;
  sums[second + 3] = s13;
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
