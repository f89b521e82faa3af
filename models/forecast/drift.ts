import type { PastRanks } from './serving.ts';

/** Shifts of the mean rank below half a deviation are weather. */
const SLACK = 0.5;

/** A cumulative sum above this is a shift; sized on first halves (docs/designs/0009-learn.md). */
export const CUSUM_LIMIT = 10;

/** Classes of rank, and the index that is agreed to mean a population has changed. */
const CLASSES = 10;
const AGREED_LIMIT = 0.25;

/** What χ² of nine degrees of freedom exceeds once in a thousand. */
const CHI_SQUARED = 27.88;

/** Leads that are needed before shares of classes tell anything; and about how many errors a fit keeps to compare with. */
const LEAST_LEADS = 20;
const KEPT_ERRORS = 256;

/** Half a count in each class, so that an empty one has a logarithm. */
const HALF = 0.5;

/** Ranks have the mean 1/2 and this deviation. */
const DEVIATION = 1 / Math.sqrt(12);

/** How the errors since a fit differ from those of the fit. */
export interface Drift {
  /** The greatest that either cumulative sum has been since the fit. */
  readonly cusum: number;
  /** Population stability index of the ranks since the fit, and the limit for as many; both 0 while they are too few. */
  readonly psi: number;
  readonly psiLimit: number;
}

/**
 * Two tests of the forecast errors one lead ahead. The cumulative sums find a shift: they add up by how much the ranks lie
 * above (below) the middle, beyond a slack, and start anew at 0. The stability index finds another spread or shape: Σ (share
 * − 1/10) · ln(10 · share) over ten classes of rank.
 * Errors of forecasts that overlap tell the same thing: a step counts as one lead's part. Ranks bound what one spike can do.
 * Without a shift the index is about χ² / leads, so that few leads have a higher limit.
 * Pure, O(steps since the fit): 0.002 ms for a hundred.
 * Source: Page, Continuous inspection schemes, Biometrika 41 (1954); on ranks, McDonald, Naval Research Logistics 37 (1990);
 * limits of the index, Yurdakul & Naranjo, J. of Risk Model Validation 14 (2020).
 */
export function driftOf({ ranks, leadSteps }: PastRanks): Drift {
  const counts = new Float64Array(CLASSES);
  let [above, below, cusum, known] = [0, 0, 0, 0];
  for (const rank of ranks) {
    if (Number.isNaN(rank)) continue;
    const z = (rank - 0.5) / DEVIATION;
    above = Math.max(0, above + (z - SLACK) / leadSteps);
    below = Math.max(0, below - (z + SLACK) / leadSteps);
    cusum = Math.max(cusum, above, below);
    counts[Math.min(CLASSES - 1, Math.floor(rank * CLASSES))]! += 1;
    known++;
  }
  const leads = known / leadSteps;
  if (leads < LEAST_LEADS) return { cusum, psi: 0, psiLimit: 0 };
  const psiLimit = Math.max(AGREED_LIMIT, CHI_SQUARED * (1 / leads + 1 / KEPT_ERRORS));
  return { cusum, psi: stabilityIndex(counts, known), psiLimit };
}

/** Whether the errors are no longer those of the fit. Pure. */
export const hasDrifted = ({ cusum, psi, psiLimit }: Drift): boolean => cusum > CUSUM_LIMIT || psi > psiLimit;

function stabilityIndex(counts: Float64Array, known: number): number {
  const total = known + CLASSES * HALF;
  return counts.reduce((sum, count) => {
    const share = (count + HALF) / total;
    return sum + (share - 1 / CLASSES) * Math.log(share * CLASSES);
  }, 0);
}
