import { BadInputError } from '../kernel/errors.ts';

/** Work that arrives and work that can be done, step by step; same unit, same length. */
export interface FluidSteps {
  /** Work that arrives during each step, ≥ 0. */
  readonly arrivals: ArrayLike<number>;
  /** Work that could be done during each step, ≥ 0. */
  readonly capacity: ArrayLike<number>;
  /** Work that waits before the first step. @default 0 */
  readonly backlog?: number;
}

/** What became of the work. All arrays are as long as the steps. */
export interface FluidRun {
  /** Work done during each step. */
  readonly served: Float64Array;
  /** Work that waits at the end of each step. */
  readonly backlog: Float64Array;
  /**
   * How long the last work of each step waits after the step's end, in steps; 0 where nothing waits, Infinity where it is
   * still waiting after the last step.
   */
  readonly waitSteps: Float64Array;
}

/**
 * A queue as a fluid, first come first served: backlog_t = max(0, backlog_{t−1} + arrivals_t − capacity_t), the rest is
 * served. Exact for whole numbers below 2⁵³: arrivals = served + change of backlog, to the bit. Sees no chance within a
 * step, so waits below capacity are 0: it tells overload, `erlang.ts` tells crowding.
 * Throws `BadInputError` for unequal lengths and for values that are negative or not finite. Cost: O(steps).
 * Source: L. Kleinrock, Queueing Systems II, 1976, §2.7; G. F. Newell, Applications of Queueing Theory, 1982, §2.
 */
export function fluid(steps: FluidSteps): FluidRun {
  const { arrivals, capacity, backlog: before = 0 } = steps;
  refuseUnequal(arrivals.length, capacity.length);
  refuseAbsurd('backlog', [before]);
  refuseAbsurd('arrivals', arrivals);
  refuseAbsurd('capacity', capacity);
  const served = new Float64Array(arrivals.length);
  const backlog = new Float64Array(arrivals.length);
  let waiting = before;
  for (let t = 0; t < arrivals.length; t++) {
    const work = waiting + arrivals[t]!;
    served[t] = Math.min(work, capacity[t]!);
    waiting = work - served[t]!;
    backlog[t] = waiting;
  }
  return { served, backlog, waitSteps: lastWaits(steps, { served, backlog }) };
}

/** The work before the last of a step leaves in order, so the step in which that is gone never moves back. */
function lastWaits({ arrivals, capacity }: FluidSteps, { served, backlog }: Omit<FluidRun, 'waitSteps'>): Float64Array {
  const waits = new Float64Array(backlog.length);
  let through = -1;
  let ahead = 0;
  for (let t = 0; t < waits.length; t++) {
    if (backlog[t]! === 0) continue;
    // Begun anew with each busy period, so that rounding does not add up.
    ahead = through < t ? backlog[t]! : ahead + arrivals[t]!;
    through = Math.max(through, t);
    while (through + 1 < waits.length && ahead > served[through + 1]! && backlog[through + 1]! > 0) {
      through++;
      ahead -= served[through]!;
    }
    const next = through + 1;
    waits[t] = next === waits.length ? Number.POSITIVE_INFINITY : through - t + Math.min(1, ahead / capacity[next]!);
  }
  return waits;
}

function refuseUnequal(arrivals: number, capacity: number): void {
  if (arrivals === capacity) return;
  throw new BadInputError(`arrivals and capacity must be equally long, got ${arrivals} and ${capacity} steps`, {
    arrivals,
    capacity,
  });
}

function refuseAbsurd(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= 0 && value < Number.POSITIVE_INFINITY) continue;
    throw new BadInputError(`${name} must be finite and ≥ 0, got ${value} at step ${i}`, { [name]: value, step: i });
  }
}
