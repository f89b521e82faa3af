import { type DelayLaw, responseQuantileOf, responseTailOf, waitQuantileOf, waitTailOf } from './delay-law.ts';
import * as erlang from './erlang.ts';
import { type ServiceShape, serviceShape } from './serving-shape.ts';
import { needNonNegative, needShare, type Station, type Variation } from './station.ts';

/**
 * How much longer than in M/M/c requests wait: (ca² + cs²) / 2. Throws `BadInputError` for a variation below 0.
 * Exact for M/M/c and M/G/1 (Pollaczek–Khinchine); an approximation otherwise, best near full load.
 * Source: A. O. Allen, Probability, Statistics, and Queueing Theory, 1990, §5.3; W. Whitt, Approximations for the
 * GI/G/m queue, Production and Operations Management 2(2), 1993.
 */
export function waitFactor({ arrivals = 1, service = 1 }: Variation): number {
  needNonNegative('arrival variation', arrivals);
  needNonNegative('service variation', service);
  return (arrivals + service) / 2;
}

/**
 * The wait in G/G/c: as probable as in M/M/c, and longer by the factor, so that its mean is that of Allen and Cunneen.
 * With factor 0 (clocked arrivals, constant service) nobody waits below full load. Throws `BadInputError`.
 */
export function waitLaw(station: Station, variation: Variation): DelayLaw {
  const { chance, decay } = erlang.waitLaw(station);
  const factor = waitFactor(variation);
  if (decay === 0) return { chance, decay };
  return factor === 0 ? { chance: 0, decay } : { chance, decay: decay / factor };
}

/** Mean wait in G/G/c by Allen and Cunneen, seconds; Infinity at full load and above. Throws `BadInputError`. */
export function meanWait(station: Station, variation: Variation): number {
  const { chance, decay } = waitLaw(station, variation);
  return chance === 0 ? 0 : chance / decay;
}

/** P(wait > t) in G/G/c, by an exponential tail of Allen and Cunneen's mean. Throws `BadInputError`. */
export function waitTail(station: Station, variation: Variation, seconds: number): number {
  needNonNegative('seconds', seconds);
  return waitTailOf(waitLaw(station, variation), seconds);
}

/** The wait that this share of requests does not exceed in G/G/c, seconds; Infinity at full load. Throws `BadInputError`. */
export function waitQuantile(station: Station, variation: Variation, quantile: number): number {
  needShare('quantile', quantile);
  return waitQuantileOf(waitLaw(station, variation), quantile);
}

/** P(wait + service > t) in G/G/c, the service shaped by its first two moments (`serviceShape`). Throws `BadInputError`. */
export function responseTail(station: Station, variation: Variation, seconds: number): number {
  needNonNegative('seconds', seconds);
  return responseTailOf(waitLaw(station, variation), shapeOf(station, variation), seconds);
}

/** The time in the system that this share of requests does not exceed in G/G/c, seconds; Infinity at full load. Throws `BadInputError`. */
export function responseQuantile(station: Station, variation: Variation, quantile: number): number {
  needShare('quantile', quantile);
  return responseQuantileOf(waitLaw(station, variation), shapeOf(station, variation), quantile);
}

const shapeOf = ({ serviceSeconds }: Station, { service = 1 }: Variation): ServiceShape =>
  serviceShape(serviceSeconds, service);
