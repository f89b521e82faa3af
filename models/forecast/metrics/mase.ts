/**
 * What one step of a seasonal naive forecast is wrong by within a history: the mean of |y(t) − y(t − period)|, in the load's
 * unit; steps that are NaN do not count. NaN when the history is no longer than a period. O(n).
 */
export const seasonalScale = (history: Float64Array, period: number): number =>
  meanAbsoluteError(history.subarray(period), history.subarray(0, Math.max(0, history.length - period)));

/** Mean absolute error over the steps whose actual is not NaN; NaN when there are none. Shapes: equal lengths. O(n). */
export function meanAbsoluteError(actual: Float64Array, forecast: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - forecast[i]!);
    if (Number.isNaN(error)) continue;
    sum += error;
    count++;
  }
  return sum / count;
}

/** Mean size of the values that are not NaN; NaN when there are none. O(n). */
export const meanAbsolute = (values: Float64Array): number =>
  meanAbsoluteError(values, new Float64Array(values.length));

/** 100 · (1 − Σ|error| / Σ|load|) over the steps whose actual is not NaN; NaN where there was no load. Shapes: equal lengths. */
export function accuracyOf(actual: Float64Array, forecast: Float64Array): number {
  const load = meanAbsolute(actual);
  return load > 0 ? 100 * (1 - meanAbsoluteError(actual, forecast) / load) : Number.NaN;
}

/**
 * Mean absolute scaled error: the mean absolute error in units of the history's `seasonalScale`. NaN where that scale is 0
 * or undefined, for then no unit exists.
 *
 * Source: Hyndman & Koehler, Int. J. of Forecasting 22 (2006); with the in-sample seasonal naive as in the M4 competition.
 */
export function mase(actual: Float64Array, forecast: Float64Array, scale: number): number {
  return scale > 0 ? meanAbsoluteError(actual, forecast) / scale : Number.NaN;
}
