/** A share over many series, and how far chance moves it. */
export interface PooledShare {
  readonly share: number;
  /** Standard error over blocks; NaN for a single block, and for none. */
  readonly error: number;
}

/**
 * The share of ones among the values of all series, NaN not counted, and the standard error that a bootstrap over blocks of
 * neighbouring values tends to: values in one block repeat each other, blocks do not. Each series is cut into as many equal
 * blocks of at least `block` values as it has room for, and is one block where it has room for none. O(values).
 * Source: block bootstrap, Künsch, Annals of Statistics 17 (1989); of a ratio, by its linear part.
 */
export function pooledShare(series: readonly { readonly values: Float64Array; readonly block: number }[]): PooledShare {
  const blocks = series.flatMap(({ values, block }) => {
    const room = Math.max(1, Math.floor(values.length / block));
    return Array.from({ length: room }, (_, b) =>
      counted(values.subarray(Math.floor((b * values.length) / room), Math.floor(((b + 1) * values.length) / room))),
    );
  });
  const all = blocks.reduce((sum, { ones, count }) => ({ ones: sum.ones + ones, count: sum.count + count }), {
    ones: 0,
    count: 0,
  });
  const share = all.ones / all.count;
  const squares = blocks.reduce((sum, { ones, count }) => sum + (ones - share * count) ** 2, 0);
  return { share, error: Math.sqrt((squares * blocks.length) / (blocks.length - 1)) / all.count };
}

function counted(values: Float64Array): { readonly ones: number; readonly count: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  return { ones: known.reduce((sum, value) => sum + value, 0), count: known.length };
}
