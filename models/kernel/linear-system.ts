import { accept, type Result, refuse } from './result.ts';

/** Looked up once: a look-up costs more than the product where globals are guarded (tests, isolates). */
const { abs } = Math;

/** Why a system has no solution that can be trusted. */
export interface PivotRefusal {
  readonly kind: 'singular';
  readonly column: number;
}

/**
 * The solution of a square system, by elimination with row pivots. The arguments are not changed. Refuses when no pivot is
 * left in a column. O(k³). Source: Golub & Van Loan, Matrix Computations §3.4.
 */
export function solveLinear(
  matrix: readonly Float64Array[],
  right: Float64Array,
): Result<Float64Array<ArrayBuffer>, PivotRefusal> {
  const rows = matrix.map((row, i) => Float64Array.from([...row, right[i]!]));
  for (let c = 0; c < rows.length; c++) {
    pivot(rows, c);
    if (!(abs(rows[c]![c]!) > 0)) return refuse({ kind: 'singular', column: c });
    for (let i = c + 1; i < rows.length; i++) eliminate(rows[i]!, rows[c]!, c);
  }
  return accept(substituted(rows));
}

/** Brings the row whose number in a column is largest to that place. */
function pivot(rows: Float64Array[], c: number): void {
  let best = c;
  for (let i = c + 1; i < rows.length; i++) if (abs(rows[i]![c]!) > abs(rows[best]![c]!)) best = i;
  [rows[c], rows[best]] = [rows[best]!, rows[c]!];
}

function eliminate(row: Float64Array, by: Float64Array, c: number): void {
  const share = row[c]! / by[c]!;
  if (share === 0) return;
  for (let j = c; j < row.length; j++) row[j]! -= share * by[j]!;
}

function substituted(rows: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const k = rows.length;
  const x = new Float64Array(k);
  for (let i = k - 1; i >= 0; i--) {
    let rest = rows[i]![k]!;
    for (let j = i + 1; j < k; j++) rest -= rows[i]![j]! * x[j]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}
