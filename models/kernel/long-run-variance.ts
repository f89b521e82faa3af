/**
 * So many times the long-run variance of values about their mean as there are values: of independent ones their sum of
 * squares, of values that remember what their sum varies by. `lags`: autocovariances that it is made of. O(n · lags).
 * Source: Newey & West, Econometrica 55 (1987), Bartlett's window, which keeps it from being negative.
 */
export function longRunSquares(off: Float64Array, lags: number): number {
  let squares = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < off.length; t++) product += off[t]! * off[t - lag]!;
    squares += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * product;
  }
  return squares;
}
