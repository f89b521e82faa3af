/** Statistics of the `width` values that end with each step; NaN before there are so many. Arrays are as long as the input. */
export interface Rolling {
  readonly mean: Float64Array;
  /** Standard deviation, divided by the width. */
  readonly sd: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * Rolling statistics of finite values; `width` at least 1. O(n), whatever the width.
 * Source: running sums about the first value, so that a level far above its spread does not drown it; extremes by a
 * monotonic queue (Lemire, Nordic J. of Computing 13, 2006).
 */
export function rolling(values: Float64Array, width: number): Rolling {
  const n = values.length;
  const mean = new Float64Array(n).fill(Number.NaN);
  const sd = new Float64Array(n).fill(Number.NaN);
  const origin = values[0] ?? 0;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const entering = values[i]! - origin;
    const leaving = i >= width ? values[i - width]! - origin : 0;
    sum += entering - leaving;
    squares += entering * entering - leaving * leaving;
    if (i < width - 1) continue;
    const centre = sum / width;
    mean[i] = origin + centre;
    sd[i] = Math.sqrt(Math.max(0, squares / width - centre * centre));
  }
  return { mean, sd, least: extreme(values, width, -1), most: extreme(values, width, 1) };
}

/** Greatest value (sign 1) or least (−1) of the last `width`. */
function extreme(values: Float64Array, width: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const queue = new Int32Array(values.length);
  let [head, tail] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    while (tail > head && sign * values[queue[tail - 1]!]! <= sign * values[i]!) tail--;
    queue[tail++] = i;
    if (queue[head]! <= i - width) head++;
    if (i >= width - 1) out[i] = values[queue[head]!]!;
  }
  return out;
}
