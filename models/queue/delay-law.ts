import { InvariantError } from '../kernel/errors.ts';
import type { ServiceShape } from './serving-shape.ts';

/** The wait of a queue: none with probability 1 − chance, else exponential. */
export interface DelayLaw {
  /** Probability of waiting at all, in [0, 1]. */
  readonly chance: number;
  /** Rate at which the tail of the wait decays, per second; 0 where the queue grows without end. */
  readonly decay: number;
}

/** P(wait > t). Needs t ≥ 0. O(1). */
export const waitTailOf = ({ chance, decay }: DelayLaw, seconds: number): number =>
  chance === 0 ? 0 : chance * Math.exp(-decay * seconds);

/** The least t with P(wait > t) ≤ 1 − quantile; Infinity where the queue grows without end. O(1). */
export function waitQuantileOf({ chance, decay }: DelayLaw, quantile: number): number {
  const above = 1 - quantile;
  if (chance <= above) return 0;
  return decay > 0 ? Math.log(chance / above) / decay : Number.POSITIVE_INFINITY;
}

/** P(wait + service > t) for a wait and a service that do not depend on each other. Needs t ≥ 0. O(phases). */
export function responseTailOf({ chance, decay }: DelayLaw, service: ServiceShape, seconds: number): number {
  const beyond = seconds - service.leastSeconds;
  if (beyond < 0) return 1;
  let tail = 0;
  for (const { probability, meanSeconds } of service.phases) {
    const late = meanSeconds > 0 ? Math.exp(-beyond / meanSeconds) : 0;
    tail += probability * (late + chance * waitedIntoIt(decay, meanSeconds, beyond));
  }
  return Math.min(1, tail);
}

/** The least t with P(wait + service > t) ≤ 1 − quantile, to a part in 1e12; Infinity without end. O(100 · phases). */
export function responseQuantileOf(law: DelayLaw, service: ServiceShape, quantile: number): number {
  if (law.chance > 0 && law.decay <= 0) return Number.POSITIVE_INFINITY;
  const late = (t: number): boolean => responseTailOf(law, service, t) > 1 - quantile;
  let low = 0;
  let high = service.leastSeconds + Math.max(...service.phases.map((phase) => phase.meanSeconds));
  for (let doubled = 0; late(high); doubled++) {
    if (doubled > MOST_DOUBLINGS) throw new InvariantError(`no response time is longer than ${high} s and rare enough`);
    low = high;
    high *= 2;
  }
  while (high - low > RELATIVE * high) {
    const middle = (low + high) / 2;
    if (late(middle)) low = middle;
    else high = middle;
  }
  return high;
}

const RELATIVE = 1e-12;
const MOST_DOUBLINGS = 1000;

/**
 * P(phase ≤ t < wait + phase) for an exponential wait of this decay and an exponential phase of this mean: the integral
 * of the phase's density times the wait's tail. Written so that nothing cancels where both decay alike.
 */
function waitedIntoIt(decay: number, meanSeconds: number, seconds: number): number {
  if (meanSeconds === 0) return Math.exp(-decay * seconds);
  const rate = 1 / meanSeconds;
  const apart = Math.abs(rate - decay) * seconds;
  const spread = apart === 0 ? 1 : -Math.expm1(-apart) / apart;
  return rate * seconds * Math.exp(-Math.min(rate, decay) * seconds) * spread;
}
