/** The normal quantile of a two-sided test at 90 %. */
const CRITICAL = 1.645;

/**
 * Whether a history is seasonal as the M4 competition's benchmarks have it: R's `acf` looks 10·log₁₀ n lags back, and what
 * lies further is not seasonal: a day of hours in less than eleven days, one of five minutes ever. O(n · period).
 */
export const isSeasonalInM4 = (y: Float64Array, period: number): boolean =>
  Math.floor(10 * Math.log10(y.length)) >= period && isSeasonal(y, period);

/**
 * Whether a history is seasonal: its autocorrelation at one period is beyond the 90 % limits, seen in at least three
 * periods. O(n · period).
 * Source: the seasonality test of the M4 competition's benchmarks, without a limit to the period; limits by Bartlett's
 * formula.
 */
export function isSeasonal(y: Float64Array, period: number): boolean {
  if (y.length < 3 * period) return false;
  const correlations = autocorrelations(y, period);
  let squares = 0;
  for (let k = 0; k < period - 1; k++) squares += correlations[k]! ** 2;
  const limit = (CRITICAL / Math.sqrt(y.length)) * Math.sqrt(1 + 2 * squares);
  return Math.abs(correlations[period - 1]!) > limit;
}

/** At lags 1…`most`; NaN for a history that never changes. */
function autocorrelations(y: Float64Array, most: number): Float64Array {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < y.length; t++) sum += (y[t]! - mean) * (y[t - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  return Float64Array.from({ length: most }, (_, k) => covariance(k + 1) / variance);
}

/**
 * How each phase of a period stands to its surroundings, as factors whose mean is 1; phase 0 is the history's first step.
 * Each factor is the mean ratio of load to centred moving average. Undefined where that average is 0 somewhere, or less
 * than two periods are known.
 *
 * Shapes: n values → `period` factors.   O(n).
 * Source: classical multiplicative decomposition, as R's `decompose`; Kendall & Stuart (1983).
 */
export function seasonalFactors(y: Float64Array, period: number): Float64Array | undefined {
  if (y.length < 2 * period) return undefined;
  const trend = centredAverage(y, period);
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  const from = Math.floor(period / 2);
  for (let i = 0; i < trend.length; i++) {
    const phase = (from + i) % period;
    sums[phase]! += y[from + i]! / trend[i]!;
    counts[phase]! += 1;
  }
  const means = sums.map((sum, phase) => sum / counts[phase]!);
  const level = means.reduce((sum, mean) => sum + mean, 0) / period;
  const factors = means.map((mean) => mean / level);
  return factors.every((factor) => factor > 0 && factor < Number.POSITIVE_INFINITY) ? factors : undefined;
}

/** Means over a period around a step, both ends counted half where the period is even; from step ⌊period / 2⌋ on. */
function centredAverage(y: Float64Array, period: number): Float64Array {
  const half = Math.floor(period / 2);
  const even = period % 2 === 0;
  return Float64Array.from({ length: y.length - 2 * half }, (_, i) => {
    let sum = even ? (y[i]! + y[i + 2 * half]!) / 2 : 0;
    for (let k = even ? 1 : 0; k < period; k++) sum += y[i + k]!;
    return sum / period;
  });
}
