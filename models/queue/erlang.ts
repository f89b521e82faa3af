import { type DelayLaw, responseQuantileOf, responseTailOf, waitQuantileOf, waitTailOf } from './delay-law.ts';
import { serviceShape } from './serving-shape.ts';
import { checkedStation, needNonNegative, needShare, needWhole, offeredLoadOf, type Station } from './station.ts';

/**
 * Share of requests that find all servers busy where nobody waits (M/M/c/c). `offeredLoad` in erlangs, ≥ 0; `servers`
 * whole, ≥ 0. Throws `BadInputError` otherwise.
 *
 * B(0) = 1, B(n) = a·B(n−1) / (n + a·B(n−1)): every term positive, so no digit is lost for any c. An error in B(n−1)
 * shrinks by n/a at least, so the recursion starts nine √a below the load, where 1 − n/a is right to e⁻⁴⁰.
 * Cost: O(√a + max(0, c − a)). Source: A. K. Erlang, 1917; R. B. Cooper, Introduction to Queueing Theory, 1981, §3.
 */
export function erlangB(servers: number, offeredLoad: number): number {
  needWhole('servers', servers, 0);
  needNonNegative('offeredLoad', offeredLoad);
  if (offeredLoad === 0) return servers === 0 ? 1 : 0;
  const first = startOf(Math.min(servers, offeredLoad), offeredLoad);
  let blocked = 1 - first / offeredLoad;
  for (let n = first + 1; n <= servers && blocked > 0; n++) blocked = nextBlocked(n, offeredLoad, blocked);
  return blocked;
}

/** Erlang-B of n servers from that of n − 1. */
export const nextBlocked = (n: number, offeredLoad: number, blocked: number): number => {
  const busy = offeredLoad * blocked;
  return busy / (n + busy);
};

/** Servers at which the recursion may start with 1 − n/a, if it is to be exact at `servers` and above; a > 0. */
export const startOf = (servers: number, offeredLoad: number): number =>
  Math.max(0, Math.floor(servers - STANDARD_DEVIATIONS * Math.sqrt(offeredLoad)));

const STANDARD_DEVIATIONS = 9;

/**
 * Probability of waiting in M/M/c. `servers` whole, ≥ 1; `offeredLoad` in erlangs, ≥ 0; 1 where the load is not below
 * the servers. Throws `BadInputError` otherwise. Cost as `erlangB`.
 * Source: Erlang, 1917; C = B / (1 − ρ·(1 − B)), Cooper, 1981, §3.
 */
export function erlangC(servers: number, offeredLoad: number): number {
  needWhole('servers', servers, 1);
  return delayedFrom(erlangB(servers, offeredLoad), servers, offeredLoad);
}

/** Erlang-C from Erlang-B of the same servers and load. */
export const delayedFrom = (blocked: number, servers: number, offeredLoad: number): number =>
  offeredLoad >= servers ? 1 : blocked / (1 - (offeredLoad / servers) * (1 - blocked));

/** Chance and decay of the wait in M/M/c: P(W > t) = C·exp(−(cμ − λ)·t). Throws `BadInputError`. Cost as `erlangB`. */
export function waitLaw(station: Station): DelayLaw {
  const { servers, serviceSeconds } = checkedStation(station);
  const load = offeredLoadOf(station);
  return { chance: erlangC(servers, load), decay: Math.max(0, servers - load) / serviceSeconds };
}

/** Mean wait in M/M/c, seconds: C / (cμ − λ). Infinity at full load and above. Throws `BadInputError`. */
export function meanWait(station: Station): number {
  const { chance, decay } = waitLaw(station);
  return chance === 0 ? 0 : chance / decay;
}

/** P(wait > t) in M/M/c; 1 at full load and above. Throws `BadInputError`. */
export function waitTail(station: Station, seconds: number): number {
  needNonNegative('seconds', seconds);
  return waitTailOf(waitLaw(station), seconds);
}

/** The wait that this share of requests does not exceed in M/M/c, seconds; Infinity at full load. Throws `BadInputError`. */
export function waitQuantile(station: Station, quantile: number): number {
  needShare('quantile', quantile);
  return waitQuantileOf(waitLaw(station), quantile);
}

/** P(wait + service > t) in M/M/c; 1 at full load and above. Throws `BadInputError`. Source: Cooper, 1981, §3. */
export function responseTail(station: Station, seconds: number): number {
  needNonNegative('seconds', seconds);
  return responseTailOf(waitLaw(station), serviceShape(station.serviceSeconds, 1), seconds);
}

/** The time in the system that this share of requests does not exceed in M/M/c, seconds; Infinity at full load. Throws `BadInputError`. */
export function responseQuantile(station: Station, quantile: number): number {
  needShare('quantile', quantile);
  return responseQuantileOf(waitLaw(station), serviceShape(station.serviceSeconds, 1), quantile);
}
