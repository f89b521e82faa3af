import { needNonNegative, needPositive } from './station.ts';

/** A service time as a constant plus a mixture of exponentials: a law whose sums with a wait have closed forms. */
export interface ServiceShape {
  /** Seconds that every request takes at least. */
  readonly leastSeconds: number;
  /** What comes on top: with each probability an exponential time of this mean; a mean of 0 is no time at all. */
  readonly phases: readonly { readonly probability: number; readonly meanSeconds: number }[];
}

/**
 * The shape with this mean and squared coefficient of variation: constant for 0, exponential for 1, between them a
 * constant plus an exponential, above 1 a mixture of two exponentials with balanced means (each carries half the work).
 * Throws `BadInputError` unless mean > 0 and variation ≥ 0. O(1).
 * Source: H. C. Tijms, A First Course in Stochastic Models, 2003, appendix B (two-moment fits).
 */
export function serviceShape(meanSeconds: number, variation: number): ServiceShape {
  needPositive('serviceSeconds', meanSeconds);
  needNonNegative('service variation', variation);
  if (variation <= 1) {
    const scattered = meanSeconds * Math.sqrt(variation);
    return { leastSeconds: meanSeconds - scattered, phases: [{ probability: 1, meanSeconds: scattered }] };
  }
  const lean = Math.sqrt((variation - 1) / (variation + 1));
  const rare = (1 - lean) / 2;
  return {
    leastSeconds: 0,
    phases: [1 - rare, rare].map((probability) => ({ probability, meanSeconds: meanSeconds / (2 * probability) })),
  };
}
