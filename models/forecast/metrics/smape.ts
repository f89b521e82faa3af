/**
 * Symmetric mean absolute percentage error, 0…200: the mean of 200·|y − f| / (|y| + |f|), 0 where both are 0. Steps whose
 * actual is NaN (nobody observed them) do not count; NaN when none counts.
 *
 * Shapes: equal lengths.   O(n).
 * Source: Makridakis, Spiliotis & Assimakopoulos, The M4 Competition, Int. J. of Forecasting 36 (2020), eq. 1.
 */
export function smape(actual: Float64Array, forecast: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    const size = Math.abs(actual[i]!) + Math.abs(forecast[i]!);
    if (Number.isNaN(size)) continue;
    if (size > 0) sum += (200 * Math.abs(actual[i]! - forecast[i]!)) / size;
    count++;
  }
  return sum / count;
}
