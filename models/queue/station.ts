import { BadInputError } from '../kernel/errors.ts';

/** A pool of identical servers behind one queue, first come first served, with Poisson arrivals. */
export interface Station {
  /** Requests per second, ≥ 0. */
  readonly arrivalRate: number;
  /** Mean time that one server spends on one request, > 0. */
  readonly serviceSeconds: number;
  /** Servers that work in parallel, whole, ≥ 1. */
  readonly servers: number;
}

/** How far times between arrivals and times of service scatter: variance divided by the squared mean, each ≥ 0. */
export interface Variation {
  /** 1 for Poisson arrivals, 0 for a clock. @default 1 */
  readonly arrivals?: number;
  /** 1 for exponential service, 0 where every request takes the same. @default 1 */
  readonly service?: number;
}

/** Mean number of busy servers if there were enough of them, in erlangs: arrival rate × mean service time. */
export const offeredLoadOf = ({ arrivalRate, serviceSeconds }: Station): number => arrivalRate * serviceSeconds;

/** The station itself. Throws `BadInputError` naming the first field that no station can have. */
export function checkedStation(station: Station): Station {
  needNonNegative('arrivalRate', station.arrivalRate);
  needPositive('serviceSeconds', station.serviceSeconds);
  needWhole('servers', station.servers, 1);
  return station;
}

/** Throws `BadInputError` unless the value is finite and ≥ 0. */
export function needNonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) refused(name, value, 'a finite number ≥ 0');
}

/** Throws `BadInputError` unless the value is finite and > 0. */
export function needPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) refused(name, value, 'a finite number > 0');
}

/** Throws `BadInputError` unless the value is a safe whole number of at least `least`. */
export function needWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) refused(name, value, `a whole number ≥ ${least}`);
}

/** Throws `BadInputError` unless the value lies strictly between 0 and 1. */
export function needShare(name: string, value: number): void {
  if (!(value > 0 && value < 1)) refused(name, value, 'a number between 0 and 1');
}

function refused(name: string, value: number, needed: string): never {
  throw new BadInputError(`${name} must be ${needed}, got ${value}`, { [name]: value });
}
