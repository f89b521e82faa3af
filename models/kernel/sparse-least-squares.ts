import { dot, type SingularRefusal, solvePositive } from './least-squares.ts';
import { accept, type Result, refuse } from './result.ts';

/** What each coefficient costs: `l1[j]`·|b_j| + ½·`l2[j]`·b_j²; all ≥ 0. */
export interface Penalties {
  readonly l1: Float64Array;
  readonly l2: Float64Array;
}

/** Regressors and target as far as squares need them: the products of the columns (lower half) and with the target. */
export interface NormalEquations {
  readonly gram: readonly Float64Array[];
  readonly right: Float64Array;
}

/** A gradient above its penalty by less than this share of it, or of the column's product with the target, is rounding. */
const ROUNDING = 1e-9;

/** Added to a column's own product, as a share of it: keeps columns that are alike from being told apart by rounding. */
const RIDGE = 1e-12;

/** The products of columns with each other and with a target. O(n·k²). */
export const normalEquations = (columns: readonly Float64Array[], y: Float64Array): NormalEquations => ({
  gram: columns.map((a, i) => Float64Array.from(columns.slice(0, i + 1), (b) => dot(a, b))),
  right: Float64Array.from(columns, (column) => dot(column, y)),
});

/**
 * Least squares with few coefficients: b that minimise ½·Σ_t (y_t − Σ_j b_j·x_j(t))² + Σ_j (l1·|b_j| + ½·l2·b_j²). Those
 * that the first penalty drives away are exactly 0; those without it are always there.
 *
 * Columns come in one at a time, the steepest first, with the sign of their gradient; the rest is solved exactly, up to
 * where a coefficient would change its sign, which then leaves. Refuses where columns without any penalty are collinear.
 * Cost:    a system of O(k³) for each column that comes or leaves; at most 10·k.
 * Source:  lasso, Tibshirani, JRSS B 58 (1996); search, Lee, Battle, Raina & Ng, Efficient sparse coding, NIPS 2006.
 */
export function sparseLeastSquares(
  equations: NormalEquations,
  penalties: Penalties,
): Result<Float64Array, SingularRefusal> {
  const k = equations.right.length;
  const signs = new Int8Array(k);
  let b: Result<Float64Array<ArrayBuffer>, SingularRefusal> = accept(new Float64Array(k));
  for (let round = 0; round < 10 * k + 1; round++) {
    b = settled(equations, penalties, { b: b.value, signs });
    if (!b.ok) return b;
    const entering = steepest(equations, penalties, b.value);
    if (entering === undefined) break;
    signs[entering.column] = entering.sign;
  }
  return b;
}

interface Standing {
  readonly b: Float64Array<ArrayBuffer>;
  /** Of each column that is in and penalised: −1 or 1; 0 is out. */
  readonly signs: Int8Array;
}

/** Solves for the columns that are in; those whose sign turns on the way leave, until none does. */
function settled(
  equations: NormalEquations,
  { l1, l2 }: Penalties,
  { b, signs }: Standing,
): Result<Float64Array<ArrayBuffer>, SingularRefusal> {
  let at = b;
  for (;;) {
    const used = Array.from(at.keys()).filter((j) => l1[j] === 0 || signs[j] !== 0);
    const wanted = solvedFor(equations, used, { l2, pull: (j) => l1[j]! * signs[j]! });
    if (!wanted.ok) return wanted;
    const turning = used.filter((j) => signs[j] !== 0 && wanted.value[j]! * signs[j]! <= 0);
    if (turning.length === 0) return wanted;
    const from = at;
    const share = (j: number): number => from[j]! / (from[j]! - wanted.value[j]! || 1);
    const first = turning.reduce((least, j) => (share(j) < share(least) ? j : least));
    const part = share(first);
    at = at.map((value, j) => value + part * (wanted.value[j]! - value));
    at[first] = 0;
    signs[first] = 0;
  }
}

function solvedFor(
  { gram, right }: NormalEquations,
  used: readonly number[],
  { l2, pull }: { readonly l2: Float64Array; readonly pull: (column: number) => number },
): Result<Float64Array<ArrayBuffer>, SingularRefusal> {
  const matrix = used.map((j, row) => {
    const products = Float64Array.from(
      used.slice(0, row + 1),
      (other) => gram[Math.max(j, other)]![Math.min(j, other)]!,
    );
    products[row]! += l2[j]! + (pull(j) === 0 ? 0 : RIDGE * products[row]!);
    return products;
  });
  const solved = solvePositive(
    matrix,
    Float64Array.from(used, (j) => right[j]! - pull(j)),
  );
  if (!solved.ok) return refuse({ kind: 'singular', column: used[solved.refusal.column]! });
  const b = new Float64Array(right.length);
  used.forEach((j, i) => {
    b[j] = solved.value[i]!;
  });
  return accept(b);
}

/** The column outside whose gradient exceeds its penalty most, and in which direction. */
function steepest(
  { gram, right }: NormalEquations,
  { l1 }: Penalties,
  b: Float64Array,
): { readonly column: number; readonly sign: -1 | 1 } | undefined {
  let best: { readonly column: number; readonly sign: -1 | 1 } | undefined;
  let most = 0;
  for (let j = 0; j < b.length; j++) {
    if (b[j] !== 0 || l1[j] === 0) continue;
    let gradient = right[j]!;
    for (let i = 0; i < b.length; i++) gradient -= gram[Math.max(i, j)]![Math.min(i, j)]! * b[i]!;
    const excess = Math.abs(gradient) - l1[j]! - ROUNDING * (l1[j]! + Math.abs(right[j]!));
    if (excess > most) [most, best] = [excess, { column: j, sign: gradient > 0 ? 1 : -1 }];
  }
  return best;
}
