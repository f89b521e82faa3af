import { longRunSquares } from '../../kernel/long-run-variance.ts';
import { mean } from '../../kernel/statistics.ts';

/** The 5 % point of the statistic where the history is stationary around a level. */
const CRITICAL = 0.463;

/**
 * The statistic of Kwiatkowski, Phillips, Schmidt and Shin: large where a history wanders instead of returning to its level.
 * 0 for a history that never changes. `lags`: autocovariances that the noise's long-run variance is made of. O(n·lags).
 * Source: J. of Econometrics 54 (1992), Bartlett's window.
 */
export function kpss(y: Float64Array, lags: number): number {
  const n = y.length;
  const level = mean(y);
  const off = y.map((value) => value - level);
  let sum = 0;
  let squares = 0;
  for (const value of off) {
    sum += value;
    squares += sum * sum;
  }
  const variance = longRunSquares(off, lags);
  return variance > 0 ? squares / (n * variance) : 0;
}

/** Whether a history wanders: then its differences are modelled. As many lags as R's auto.arima takes. */
export const wanders = (y: Float64Array): boolean => kpss(y, Math.trunc((3 * Math.sqrt(y.length)) / 13)) > CRITICAL;
