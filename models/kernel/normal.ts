/** Acklam's coefficients: numerator and denominator within, and in the tails. */
const WITHIN = {
  over: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ],
  under: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
} as const;
const TAIL = {
  over: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  under: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
} as const;

/** Probability below which the tail's formula serves. */
const TAIL_FROM = 0.02425;

/**
 * The value that a standard normal variable stays below with probability p, in (0, 1); −Infinity at 0, Infinity at 1. Its
 * relative error is below 1.2e-9. O(1).
 * Source: P. J. Acklam, An algorithm for computing the inverse normal cumulative distribution function (2003).
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < TAIL_FROM) {
    if (p <= 0) return Number.NEGATIVE_INFINITY;
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL.over, q) / polynomial(TAIL.under, q);
  }
  const q = p - 0.5;
  return (q * polynomial(WITHIN.over, q * q)) / polynomial(WITHIN.under, q * q);
}

/** The highest power's coefficient comes first. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/**
 * A standard normal number of two uniform ones in [0, 1). O(1).
 * Source: Box & Muller, A note on the generation of random normal deviates, Annals of Mathematical Statistics 29 (1958).
 */
export const normalOf = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
