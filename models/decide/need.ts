import { type CapacityUnits, units } from '../kernel/units.ts';
import { carriedWithinDelay, type DelayObjective, isKeepable, serversForDelay } from '../queue/need-for-delay.ts';

/** How load turns into capacity. */
export interface Throughput {
  /** Load that one unit carries in one step at 100 % utilisation; > 0. */
  readonly perStep: number;
  /** Share of it that may be used before the unit counts as short, in (0, 1]. Without effect where `delay` is set. */
  readonly targetUtilisation: number;
  /** How long requests may take, where that says what is short instead of a utilisation. */
  readonly delay?: UnitDelay | undefined;
}

/** A limit on delay, for units that serve several requests at once from one queue before all of them. */
export interface UnitDelay extends DelayObjective {
  /** Requests that one unit serves at once: its throughput per second × the service time; ≥ 1. */
  readonly serversPerUnit: number;
}

/** Below one request at once by no more than this, a unit serves one. */
const ONE_SERVER = 1 - 1e-9;

/** An objective for units of this throughput per second: each serves throughput × service time requests at once. O(1). */
export const unitDelay = (objective: DelayObjective, throughputPerUnit: number): UnitDelay => ({
  ...objective,
  serversPerUnit: throughputPerUnit * objective.serviceSeconds,
});

/**
 * Why no number of units keeps a delay: each serves less than one request at once, or service alone takes too long for too
 * many; undefined where some number does. Throws `BadInputError` as `isKeepable` does. O(1).
 */
export function delayRefusal(delay: UnitDelay): 'no-server' | 'not-keepable' | undefined {
  if (!(delay.serversPerUnit >= ONE_SERVER)) return 'no-server';
  return isKeepable(delay) ? undefined : 'not-keepable';
}

/** Keeps a load that is exactly n units from rounding up to n + 1 by a floating-point hair. */
const ROUNDING = 1e-9;

/**
 * Least whole capacity, at least 1, that carries `load`: within the target utilisation, ⌈load / (u·μ) − 1e-9⌉, or, where
 * a delay is set, with enough servers to keep it. Needs a finite load; below 0 counts as none.
 * Cost: O(1); with a delay O(√servers). Source: docs/evaluation.md, "Scaling decisions"; docs/designs/0003.
 */
export function needOf(load: number, { perStep, targetUtilisation, delay }: Throughput): CapacityUnits {
  if (delay === undefined) return units(Math.max(1, Math.ceil(load / (targetUtilisation * perStep) - ROUNDING)));
  const erlangs = (Math.max(0, load) / perStep) * delay.serversPerUnit;
  return units(Math.max(1, Math.ceil((serversForDelay(erlangs, delay) - ROUNDING) / delay.serversPerUnit)));
}

/**
 * Greatest load in one step that so many whole units carry without shortage: the inverse of `needOf`, up to its rounding.
 * Cost: O(1); with a delay O(40 · servers) at most.
 */
export function carriedBy(count: number, { perStep, targetUtilisation, delay }: Throughput): number {
  if (delay === undefined) return count * (perStep * targetUtilisation);
  const servers = Math.floor(count * delay.serversPerUnit + ROUNDING);
  return (carriedWithinDelay(servers, delay) / delay.serversPerUnit) * perStep;
}

/** `carriedBy` that finds each answer once; for plans that ask for the same counts step after step. */
export function carrierOf(throughput: Throughput): (count: number) => number {
  const found = new Map<number, number>();
  return (count) => {
    const before = found.get(count);
    if (before !== undefined) return before;
    const carried = carriedBy(count, throughput);
    found.set(count, carried);
    return carried;
  };
}
