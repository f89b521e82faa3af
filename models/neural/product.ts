/** A matrix in a flat array: element (i, j) stands at `offset + i·row + j·column`. */
export interface Matrix {
  readonly data: Float64Array;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/** Sizes of a product: out (rows × columns) += a (rows × inner) · b (inner × columns). */
export interface ProductSize {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Row-major view of a whole array. */
export const rowMajor = (data: Float64Array, columns: number, offset = 0): Matrix => ({
  data,
  offset,
  row: columns,
  column: 1,
});

/** The same numbers with rows and columns exchanged. O(1). */
export const transposed = ({ data, offset, row, column }: Matrix): Matrix => ({
  data,
  offset,
  row: column,
  column: row,
});

/**
 * out += a · b, where the columns of out stand side by side. Two rows by four columns at a time stay in registers, so that
 * six reads serve eight products. Sums run over the inner index in ascending order, always: same numbers, same bits.
 * O(rows · inner · columns).
 * Source: register blocking, Goto & van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS 34 (2008).
 */
export function addProduct(
  out: Matrix,
  [a, b]: readonly [Matrix, Matrix],
  { rows, inner, columns }: ProductSize,
): void {
  for (let i = 0; i < rows; i += 2) {
    const paired = i + 2 <= rows;
    for (let j = 0; j < columns; j += 4) {
      if (paired && j + 4 <= columns) addTile(out, a, b, { i, j, inner });
      else addEdge(out, [a, b], { i, j, inner, rows: paired ? 2 : 1, columns: Math.min(4, columns - j) });
    }
  }
}

interface Tile {
  readonly i: number;
  readonly j: number;
  readonly inner: number;
}

/** Written out, because an array of sums would live in memory; four parameters, because a pair of matrices would too. */
function addTile(out: Matrix, a: Matrix, b: Matrix, { i, j, inner }: Tile): void {
  const { data: x, row: ar, column: ac } = a;
  const { data: y, row: br, column: bc } = b;
  const z = out.data;
  const o = out.offset + i * out.row + j;
  const n = o + out.row;
  let s0 = z[o]!;
  let s1 = z[o + 1]!;
  let s2 = z[o + 2]!;
  let s3 = z[o + 3]!;
  let t0 = z[n]!;
  let t1 = z[n + 1]!;
  let t2 = z[n + 2]!;
  let t3 = z[n + 3]!;
  for (let k = 0, p = a.offset + i * ar, q = b.offset + j * bc; k < inner; k++, p += ac, q += br) {
    const x0 = x[p]!;
    const x1 = x[p + ar]!;
    const y0 = y[q]!;
    const y1 = y[q + bc]!;
    const y2 = y[q + 2 * bc]!;
    const y3 = y[q + 3 * bc]!;
    s0 += x0 * y0;
    s1 += x0 * y1;
    s2 += x0 * y2;
    s3 += x0 * y3;
    t0 += x1 * y0;
    t1 += x1 * y1;
    t2 += x1 * y2;
    t3 += x1 * y3;
  }
  z[o] = s0;
  z[o + 1] = s1;
  z[o + 2] = s2;
  z[o + 3] = s3;
  z[n] = t0;
  z[n + 1] = t1;
  z[n + 2] = t2;
  z[n + 3] = t3;
}

function addEdge(out: Matrix, [a, b]: readonly [Matrix, Matrix], edge: Tile & ProductSize): void {
  for (let i = edge.i; i < edge.i + edge.rows; i++) {
    for (let j = edge.j; j < edge.j + edge.columns; j++) {
      let sum = out.data[out.offset + i * out.row + j]!;
      for (let k = 0; k < edge.inner; k++) {
        sum += a.data[a.offset + i * a.row + k * a.column]! * b.data[b.offset + k * b.row + j * b.column]!;
      }
      out.data[out.offset + i * out.row + j] = sum;
    }
  }
}
