import { accept, type Result, refuse } from '../kernel/result.ts';
import { type EpochMs, endOfStep, type GappedSeries } from '../kernel/series.ts';
import type { ForecastArtefact } from './artefact.ts';
import { conformalIndex, peakAt } from './conformal.ts';
import { corrected, peakOf, trackedError } from './error-correction.ts';

/** What the hot path knows of the lead window. All loads in the unit of the load. */
export interface PeakForecast {
  /** Peak of the expected path; the centre, not a quantile. */
  readonly expectedPeak: number;
  /** Expected load of each step of the window. */
  readonly expectedPath: Float64Array;
  /** Calibrated upper quantile of the peak, p in (0, 1): the peak stays at or below it with probability p. */
  quantile(p: number): number;
  /** Equally likely peaks, ascending. */
  readonly scenarios: Float64Array;
  /** Levels above this have too few calibration scores; `quantile` answers with the largest. */
  readonly highestLevel: number;
  /** End of the newest known step: where the window begins. */
  readonly anchoredAtMs: EpochMs;
  /** The events within the window and what each multiplies the load by, in words; absent where there is none. */
  readonly expects?: readonly string[];
}

/** Why there is no forecast of the peak. */
export interface PeakRefusal {
  readonly kind: 'no-load' | 'wrong-grid' | 'wrong-window' | 'too-old' | 'no-calibration';
  readonly reason: string;
}

const no = (kind: PeakRefusal['kind'], reason: string): Result<never, PeakRefusal> => refuse({ kind, reason });

/**
 * Quantiles of the peak over the `windowSteps` steps after the newest known step of `recent`.
 *
 * The stored path is corrected by what happened since the fit; the calibration's scores turn its peak into a
 * distribution. Refuses a load on another grid, a window that was not calibrated, an artefact whose path does not reach
 * to the window's end, and a load without a known step.
 * Cost: O(steps since the fit + window + scores); below 0.1 ms for a day of five-minute load.
 */
export function predictPeak(
  artefact: ForecastArtefact,
  recent: GappedSeries,
  windowSteps: number,
): Result<PeakForecast, PeakRefusal> {
  const { path, stepMs, fittedAtMs, calibration, correction } = artefact;
  if (recent.stepMs !== stepMs) {
    return no(
      'wrong-grid',
      `the model was fitted on steps of ${stepMs / 1000} s, the load has ${recent.stepMs / 1000} s`,
    );
  }
  if (calibration.windowSteps !== windowSteps) {
    return no(
      'wrong-window',
      `the model is calibrated for ${calibration.windowSteps} steps ahead, the lead time asks for ${windowSteps}`,
    );
  }
  if (calibration.scores.length === 0) return no('no-calibration', 'the model has no calibration scores');
  const newest = recent.values.findLastIndex((value) => !Number.isNaN(value));
  if (newest < 0) return no('no-load', 'no step of the recent load is known');

  const anchoredAtMs = endOfStep(recent, newest);
  const from = Math.round((anchoredAtMs - fittedAtMs) / stepMs);
  if (from < 0)
    return no('no-load', 'the newest known load lies before the end of the history that the model was fitted to');
  if (from + windowSteps > path.length)
    return no('too-old', `the model was fitted ${hours(anchoredAtMs - fittedAtMs)} h ago, its path has ended`);

  const since = recent.values.subarray(Math.max(0, newest + 1 - from), newest + 1);
  const error = trackedError(from === since.length ? path : path.slice(from - since.length), since, correction.alpha);
  const expectedPath = corrected(path, { from, steps: windowSteps, error, phi: correction.phi });
  const expectedPeak = peakOf(expectedPath);
  const n = calibration.scores.length;
  const scenarios = new Float64Array(n);
  for (let i = 0; i < n; i++) scenarios[i] = peakAt(expectedPeak, calibration.scores[i]!, calibration.power);
  return accept({
    expectedPeak,
    expectedPath,
    quantile: (p) => scenarios[conformalIndex(n, p)]!,
    scenarios,
    highestLevel: n / (n + 1),
    anchoredAtMs,
  });
}

const hours = (ms: number): number => Math.round(ms / 3_600_000);
