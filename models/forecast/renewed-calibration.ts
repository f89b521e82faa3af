import { endOf, type Series } from '../kernel/series.ts';
import { ascending } from '../kernel/statistics.ts';
import type { ForecastArtefact, PeakCalibration } from './artefact.ts';
import { scoreOf } from './conformal.ts';
import { peakPairs } from './rolling-origin.ts';

const DAY_MS = 86_400_000;

/** More calibration scores than this say nothing new; they are thinned to evenly spaced order statistics. */
const MOST_SCORES = 512;

/** A finer walk than this through a held-out day repeats itself. */
const MOST_ORIGINS_A_DAY = 288;

/** A day that has gone by replaces this share of the scores, as if the oldest of five days left. */
const SHARE_OF_A_DAY = 1 / 5;

/** Steps between two origins of a walk through a day. */
export const strideOf = (stepsPerDay: number): number => Math.max(1, Math.ceil(stepsPerDay / MOST_ORIGINS_A_DAY));

/**
 * The calibration of a standing artefact after some time: the peaks that came since its fit, beside those that its path had
 * expected as the hot path corrects it, replace a fifth of the scores for each day. Nobody saw those steps when the path was
 * fitted, so they are held out for nothing. `seen` holds the load as it came, up to now. Unchanged where less than a window
 * of it is newer than the fit. O(new steps · window).
 * Source: split conformal calibration on a rolling window, as Xu & Xie, Conformal prediction interval for dynamic
 * time-series, ICML 2021, §3.
 */
export function renewedCalibration(standing: ForecastArtefact, seen: Series): PeakCalibration {
  const { calibration, correction, path, fittedAtMs, stepMs } = standing;
  const { windowSteps, power } = calibration;
  const newer = Math.round((endOf(seen) - fittedAtMs) / stepMs);
  if (newer < windowSteps || newer > seen.values.length || calibration.scores.length === 0) return calibration;
  const actual = seen.values.subarray(seen.values.length - newer);
  const walk = { windowSteps, stride: strideOf(Math.round(DAY_MS / stepMs)) };
  const { expected, actual: peaks } = peakPairs({ path: Float64Array.from(path), actual }, correction, walk);
  const fresh = expected.map((peak, i) => scoreOf(peaks[i]!, peak, power));
  const share = Math.min(1, (SHARE_OF_A_DAY * newer * stepMs) / DAY_MS);
  const scores = [
    ...thinned(ascending(calibration.scores), Math.round((1 - share) * MOST_SCORES)),
    ...thinned(ascending(fresh), Math.round(share * MOST_SCORES)),
  ];
  return { ...calibration, scores: Array.from(ascending(scores)) };
}

/** At most so many order statistics, evenly spaced, the least and the greatest among them where there is room for two. */
export function thinned(sorted: Float64Array, most: number = MOST_SCORES): Float64Array {
  if (sorted.length <= most) return sorted;
  const last = sorted.length - 1;
  return Float64Array.from({ length: most }, (_, i) => sorted[Math.round((i * last) / Math.max(1, most - 1))]!);
}
