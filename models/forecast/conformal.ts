import type { PeakCalibration } from './artefact.ts';

/**
 * Index of the split-conformal upper quantile among n ascending scores: ⌈(n+1)·p⌉ − 1, held to the largest score when
 * there are too few for the level asked. For exchangeable scores the next one is at or below it with probability ≥ p.
 * Source: Vovk, Gammerman & Shafer (2005); Lei et al., Distribution-Free Predictive Inference for Regression, JASA 113 (2018).
 */
export const conformalIndex = (n: number, p: number): number =>
  Math.min(n - 1, Math.max(0, Math.ceil((n + 1) * p - 1e-9) - 1));

/** Score of one origin: how far the actual peak lies above the expected one, on the scale named. */
export const scoreOf = (actual: number, expected: number, power: PeakCalibration['power']): number =>
  (actual - expected) / scaleOf(expected, power);

/** The peak that a score stands for; never below 0. */
export const peakAt = (expected: number, score: number, power: PeakCalibration['power']): number =>
  Math.max(0, expected + score * scaleOf(expected, power));

/**
 * What a score is measured in: 1 (additive), the root of the expected peak (counts, whose variance grows with their
 * mean), or the expected peak itself (relative). Expected peaks below 1 count as 1, so that an idle night divides by
 * nothing small.
 */
function scaleOf(expected: number, power: PeakCalibration['power']): number {
  if (power === 0) return 1;
  const base = Math.max(1, expected);
  return power === 1 ? base : Math.sqrt(base);
}

/** Mean pinball loss of one upper quantile: p·(y − q) above it, (1 − p)·(q − y) below. Unit of the load. */
export const pinball = (actual: number, quantile: number, p: number): number =>
  actual >= quantile ? p * (actual - quantile) : (1 - p) * (quantile - actual);
