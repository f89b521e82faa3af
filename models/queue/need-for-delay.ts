import { BadInputError } from '../kernel/errors.ts';
import { waitFactor } from './allen-cunneen.ts';
import { responseTailOf, waitTailOf } from './delay-law.ts';
import { delayedFrom, erlangB, nextBlocked, startOf } from './erlang.ts';
import { type ServiceShape, serviceShape } from './serving-shape.ts';
import { needNonNegative, needPositive, needShare, needWhole } from './station.ts';

/** How long requests may take: this share of them at most this long. Arrivals are Poisson within a step. */
export interface DelayObjective {
  /** Share of requests that keep the limit, between 0 and 1; 0.99 for a P99. */
  readonly quantile: number;
  /** Whether the limit is on the wait for a server, or on wait and service together. */
  readonly over: 'wait' | 'response';
  /** The limit. */
  readonly seconds: number;
  /** Mean time that one server spends on one request, > 0. */
  readonly serviceSeconds: number;
  /** Squared coefficient of variation of that time, ≥ 0; 1 for exponential service. */
  readonly serviceVariation: number;
}

/**
 * Least number of servers, at least 1, that keep the objective under a load in erlangs: by Erlang-C for a service
 * variation of 1, by Allen and Cunneen otherwise. Never falls as the load rises.
 *
 * Beyond 10¹⁰ erlangs the answer is load + 10·√load, which is never too few. Throws `BadInputError` for a load that is
 * negative or not finite, and for an objective that no number of servers keeps. Cost: O(√load).
 */
export function serversForDelay(offeredLoad: number, objective: DelayObjective): number {
  needNonNegative('offeredLoad', offeredLoad);
  const keeps = keeperOf(objective);
  if (offeredLoad === 0) return 1;
  if (offeredLoad > MOST_SEARCHED) return Math.ceil(offeredLoad + 10 * Math.sqrt(offeredLoad));
  let n = startOf(offeredLoad, offeredLoad);
  let blocked = 1 - n / offeredLoad;
  do {
    n++;
    blocked = nextBlocked(n, offeredLoad, blocked);
  } while (!keeps(n, offeredLoad, blocked));
  return n;
}

/** A number of servers for which searching costs too much and the square root of the load is nothing beside it. */
const MOST_SEARCHED = 1e10;

/**
 * Greatest load in erlangs under which this many servers keep the objective, to a part in 1e12 and never above it; the
 * inverse of `serversForDelay`. Throws as that does. Cost: O(40 · servers) at most, O(40 · √servers) at most loads.
 */
export function carriedWithinDelay(servers: number, objective: DelayObjective): number {
  needWhole('servers', servers, 0);
  const keeps = keeperOf(objective);
  let low = 0;
  let high = servers;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (keeps(servers, middle, erlangB(servers, middle))) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether enough servers keep the objective: always for a wait; for a response only where service alone keeps it. Throws `BadInputError` for fields that make no sense. O(1). */
export const isKeepable = (objective: DelayObjective): boolean =>
  aloneLate(checked(objective)) <= 1 - objective.quantile;

/** P(service > limit), for a limit that counts the service. */
const aloneLate = ({ over, seconds, serviceSeconds, serviceVariation }: DelayObjective): number =>
  over === 'wait'
    ? 0
    : responseTailOf({ chance: 0, decay: 0 }, serviceShape(serviceSeconds, serviceVariation), seconds);

/** Says whether n servers keep the objective under a load, given their Erlang-B. */
function keeperOf(objective: DelayObjective): (servers: number, load: number, blocked: number) => boolean {
  const { quantile, over, seconds, serviceSeconds, serviceVariation } = checked(objective);
  if (!isKeepable(objective)) {
    const said = `of requests within ${seconds} s with ${serviceSeconds} s of service each (variation ${serviceVariation})`;
    throw new BadInputError(`no number of servers keeps ${quantile} ${said}: allow more time`, { quantile, seconds });
  }
  const factor = waitFactor({ service: serviceVariation });
  const shape: ServiceShape = serviceShape(serviceSeconds, serviceVariation);
  return (servers, load, blocked) => {
    if (load >= servers) return false;
    const law = {
      chance: delayedFrom(blocked, servers, load),
      decay: (servers - load) / (serviceSeconds * factor),
    };
    const late = over === 'wait' ? waitTailOf(law, seconds) : responseTailOf(law, shape, seconds);
    return late <= 1 - quantile;
  };
}

function checked(objective: DelayObjective): DelayObjective {
  needShare('quantile', objective.quantile);
  needNonNegative('seconds', objective.seconds);
  needPositive('serviceSeconds', objective.serviceSeconds);
  needNonNegative('serviceVariation', objective.serviceVariation);
  return objective;
}
