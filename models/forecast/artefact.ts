import type { EpochMs } from '../kernel/series.ts';
import type { DirectModel } from './direct-model.ts';

/**
 * What a daily fit leaves for the hot path: everything needed to answer "how high may the load peak within the
 * lead window?" with arithmetic alone. Plain JSON, so that it can be stored, hashed and replayed.
 */
export interface ForecastArtefact {
  readonly version: 1;
  /** Name of the champion model, for example `mstl-ets`. */
  readonly model: string;
  /** End of the history the model was fitted to; the path starts here. */
  readonly fittedAtMs: EpochMs;
  readonly stepMs: number;
  /** When the champion was chosen, or stood against a challenger last; absent: never known, choose anew. */
  readonly chosen?: Choice | undefined;
  /** Expected load of steps 1…length after `fittedAtMs`, unit of the load. */
  readonly path: readonly number[];
  readonly correction: ErrorCorrection;
  readonly calibration: PeakCalibration;
  /** Scores of all candidates on the rolling origins: who answered for most of them first, best first among these, refusals last. */
  readonly scores: readonly CandidateScore[];
  /** The load's distribution at each horizon of a plan; absent where the history is too short for one. */
  readonly direct?: DirectModel | undefined;
}

/** How a champion came to be one. */
export interface Choice {
  readonly atMs: EpochMs;
  /** Steps of the history that it was chosen on. */
  readonly steps: number;
  /** In words; absent in what older versions left. */
  readonly why?: string | undefined;
}

/**
 * How the stored path follows what happened since: e ← (1−α)·e + α·(y − path) at each new step, and the step k ahead
 * is expected at path + φ^k·e. α in [0, 1], φ in [0, 1]. Additive on the scale named.
 */
export interface ErrorCorrection {
  readonly alpha: number;
  readonly phi: number;
}

/**
 * Split-conformal calibration of the peak over the lead window.
 * Score of one calibration origin: (actual peak − expected peak) / expectedPeak^power.
 */
export interface PeakCalibration {
  /** Lead window in steps, counted from the end of the newest known step. */
  readonly windowSteps: number;
  readonly power: 0 | 0.5 | 1;
  /** Ascending. Only from origins whose whole window ended before the fit. */
  readonly scores: readonly number[];
}

export interface CandidateScore {
  readonly model: string;
  /** Mean pinball loss of the calibrated peak quantile over the rolling origins, unit of the load; null when it refused. */
  readonly pinball: number | null;
  /** Mean absolute error of a held-out day's path, made before it; null when it refused, and in what older versions left. */
  readonly pathError: number | null;
  readonly refused: string | null;
  /** Number of origins scored. */
  readonly origins: number;
}
