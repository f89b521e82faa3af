import type { Decision } from '../decide/decision.ts';
import type { CapacityUnits } from '../kernel/units.ts';

/** What the guards know of the group. The lever is what we set: MinSize in mode `floor`, DesiredCapacity in mode `desired`. */
export interface GuardFacts {
  readonly asOfMs: number;
  /** Where the lever stands now. */
  readonly lever: CapacityUnits;
  /** Capacity ordered now (DesiredCapacity), whoever ordered it. */
  readonly capacity: CapacityUnits;
  /** The lever never leaves [least, most]. */
  readonly least: CapacityUnits;
  readonly most: CapacityUnits;
  /** Need of the newest load seen; undefined while blind. */
  readonly needNow: CapacityUnits | undefined;
  /** What earlier ticks wanted before their guards, with their times. */
  readonly recentWants: readonly { readonly asOfMs: number; readonly target: CapacityUnits }[];
  readonly lastScaleInMs: number | undefined;
  /** What the largest instance of the group counts for; absent where each counts for one. */
  readonly largestWeight?: CapacityUnits;
}

/**
 * A guard maps a wanted decision to a permitted one and says why it changed it. Each is idempotent, and none turns a cut
 * into a larger cut.
 */
export type Guard = (wanted: Decision, facts: GuardFacts) => Decision;

/** Applies guards in the order given. */
export const inOrder =
  (guards: readonly Guard[]): Guard =>
  (wanted, facts) =>
    guards.reduce((decision, guard) => guard(decision, facts), wanted);
