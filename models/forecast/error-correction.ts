import type { ErrorCorrection } from './artefact.ts';

/**
 * Error of a stored path as it stands after the actuals given: e ← (1−α)·e + α·(y − path) at each known step, from 0.
 * `actual[i]` belongs to `path[i]`; NaN is skipped. Both share a unit. O(n).
 * Source: simple exponential smoothing of the one-step error, Hyndman & Athanasopoulos, FPP3 §8.1.
 */
export function trackedError(path: ArrayLike<number>, actual: ArrayLike<number>, alpha: number): number {
  const steps = Math.min(path.length, actual.length);
  let error = 0;
  for (let i = 0; i < steps; i++) {
    const seen = actual[i]!;
    if (Number.isNaN(seen)) continue;
    error += alpha * (seen - path[i]! - error);
  }
  return error;
}

/**
 * The `steps` values of the path from index `from` on, corrected by an error that fades: path + φ^k·e at the k-th step,
 * k = 1…steps, never below 0. Writes into `out` when given, so that a backtest allocates nothing. O(steps).
 */
export function corrected(
  path: ArrayLike<number>,
  at: { readonly from: number; readonly steps: number; readonly error: number; readonly phi: ErrorCorrection['phi'] },
  out: Float64Array = new Float64Array(at.steps),
): Float64Array {
  let reach = at.error;
  for (let k = 0; k < at.steps; k++) {
    reach *= at.phi;
    out[k] = Math.max(0, path[at.from + k]! + reach);
  }
  return out;
}

/** The greatest value; −Infinity when empty. O(n). */
export function peakOf(values: ArrayLike<number>): number {
  let peak = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if (values[i]! > peak) peak = values[i]!;
  return peak;
}
