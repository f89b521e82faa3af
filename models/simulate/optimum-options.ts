import { InvariantError } from '../kernel/errors.ts';
import type { Replay } from './scaling-problem.ts';
import { coveringSteps } from './steps.ts';

/** At which scored steps a record of availability lets units come and takes them away; 0 or 1 for each. */
export interface AvailableSteps {
  /** 1 where units can become ready: they could be launched one boot earlier, and nothing took them since. */
  readonly launchable: Uint8Array;
  /** 1 where all units held until then are gone when the step begins. */
  readonly lost: Uint8Array;
}

/** What narrows the optimum down to what a real group may do. Every option left out is off. */
export interface OptimumOptions {
  /** Units held before the first scored step. @default the need of that step */
  readonly initial?: number;
  /** Units held at the least, as far as availability lets anyone hold them. @default 0 */
  readonly least?: number;
  /** Units held at the most. @default no bound */
  readonly most?: number;
  /**
   * Steps that a launched unit is paid for at the least, from its launch on, its boot included; nothing is owed beyond
   * the end of the replay. Changes nothing up to D + 1, since a unit that served one step has been paid for so many: so
   * never on grids of a minute or coarser when the minimum is a minute. `minimumBillingSteps` gives it.
   * @default 1
   */
  readonly minimumSteps?: number;
  /** @default units can be launched at every step and are never lost */
  readonly availability?: AvailableSteps;
}

/** The options as the search needs them: one value for each scored step. */
export interface OptimumLimits {
  /** Units held before the first scored step, as far as `top` lets them stay. */
  readonly start: number;
  /** Units held at the least at each scored step. */
  readonly floor: Int32Array;
  /** No cheapest sequence needs more units than this. */
  readonly top: number;
  /** Steps that a unit is paid for at the least from the one on at which it is ready; ≥ 1. */
  readonly owed: number;
  readonly availability: AvailableSteps | undefined;
}

/** Steps that a minimum of so many seconds covers: ⌈minimum / step⌉. */
export const minimumBillingSteps = (minimumSeconds: number, stepSeconds: number): number =>
  coveringSteps(minimumSeconds, stepSeconds);

/**
 * Puts defaults in place. What the least asks for is bounded by what could be held at all: the initial fleet until it is
 * lost, and any number of units from the first step on at which they can become ready.
 * Throws `InvariantError` for counts that are not whole and ≥ 0, a least above the most, and a record of another length.
 * O(steps).
 */
export function limitsOf(problem: Replay, options: OptimumOptions): OptimumLimits {
  const { need, scoreFrom, scoreTo } = problem;
  const { initial = need[scoreFrom]!, least = 0, most = Number.POSITIVE_INFINITY, availability } = options;
  checkedCount('initial', initial);
  checkedCount('least', least);
  if (most !== Number.POSITIVE_INFINITY) checkedCount('most', most);
  if (least > most) throw new InvariantError(`the least is ${least} units, the most ${most}; needs least ≤ most`);
  const { minimumSteps = 1 } = options;
  checkedCount('minimumSteps', minimumSteps);
  const steps = scoreTo - scoreFrom;
  if (availability !== undefined) checkedLengths(availability, steps);

  const highest = need.subarray(scoreFrom, scoreTo).reduce((a, b) => Math.max(a, b), least);
  const top = Math.min(most, highest);
  return {
    start: Math.min(initial, top),
    floor: floorOf({ steps, initial, least, availability }),
    top,
    owed: Math.max(1, minimumSteps - problem.bootSteps),
    availability,
  };
}

interface FloorShape {
  readonly steps: number;
  readonly initial: number;
  readonly least: number;
  readonly availability: AvailableSteps | undefined;
}

function floorOf({ steps, initial, least, availability }: FloorShape): Int32Array {
  const floor = new Int32Array(steps).fill(least);
  if (availability === undefined || least === 0) return floor;
  let holdable = Math.min(initial, least);
  for (let i = 0; i < steps; i++) {
    if (availability.lost[i] === 1) holdable = 0;
    if (availability.launchable[i] === 1) holdable = least;
    floor[i] = holdable;
  }
  return floor;
}

function checkedCount(what: string, given: number): void {
  if (Number.isSafeInteger(given) && given >= 0) return;
  throw new InvariantError(`${what} must be a whole number ≥ 0, got ${given}`);
}

function checkedLengths({ launchable, lost }: AvailableSteps, steps: number): void {
  if (launchable.length === steps && lost.length === steps) return;
  throw new InvariantError(
    `availability has ${launchable.length} and ${lost.length} steps; needs one value for each of ${steps} scored steps`,
  );
}
