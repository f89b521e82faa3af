import { BadInputError } from '../kernel/errors.ts';
import { normalOf } from '../kernel/normal.ts';
import { serviceShape } from './serving-shape.ts';
import { needNonNegative, needPositive } from './station.ts';

const { exp, log, sqrt } = Math;

/** How long servers work on requests; `variation` is variance divided by the squared mean. */
export type ServiceLaw =
  | { readonly kind: 'exponential' | 'deterministic'; readonly meanSeconds: number }
  | {
      /** The second is a mixture of two exponentials with balanced means, whose variation is at least 1. */
      readonly kind: 'lognormal' | 'hyperexponential';
      readonly meanSeconds: number;
      readonly variation: number;
    };

/** Variance of the service time divided by its squared mean. O(1). */
export function variationOf(law: ServiceLaw): number {
  if ('variation' in law) return law.variation;
  return law.kind === 'exponential' ? 1 : 0;
}

/**
 * Draws service times in seconds from numbers in [0, 1). Throws `BadInputError` unless the mean is > 0 and the variation
 * ≥ 0, and for a mixture of exponentials ≥ 1. O(1) a draw; which takes always as many numbers.
 * Source: L. Devroye, Non-Uniform Random Variate Generation, 1986, §2.2 (inversion); G. E. P. Box & M. E. Muller, Annals
 * of Mathematical Statistics 29, 1958.
 */
export function serviceSampler(law: ServiceLaw, random: () => number): () => number {
  if (law.kind === 'lognormal') return lognormalSampler(law, random);
  const variation = variationOf(law);
  if (law.kind === 'hyperexponential' && !(variation >= 1)) {
    throw new BadInputError(`a mixture of exponentials has a variation ≥ 1, got ${variation}`, { variation });
  }
  const { leastSeconds, phases } = serviceShape(law.meanSeconds, variation);
  const [usual, rare] = phases;
  return () => {
    const phase = rare !== undefined && random() < rare.probability ? rare : usual;
    return leastSeconds + exponential(phase?.meanSeconds ?? 0, random);
  };
}

/** An exponential time of this mean. O(1). */
export const exponential = (meanSeconds: number, random: () => number): number => -meanSeconds * log(1 - random());

function lognormalSampler(law: { meanSeconds: number; variation: number }, random: () => number): () => number {
  needPositive('meanSeconds', law.meanSeconds);
  needNonNegative('variation', law.variation);
  const variance = log(1 + law.variation);
  const location = log(law.meanSeconds) - variance / 2;
  return () => exp(location + sqrt(variance) * normalOf(random(), random()));
}
