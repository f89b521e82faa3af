import type { CapacityUnits } from '../models/kernel/units.ts';
import type { GroupSnapshot } from './ports.ts';
import type { ArmedSwitch, RuntimeState } from './runtime-state.ts';

/** Where home is, and whether the floor that we see is ours. */
export interface Home {
  readonly base: CapacityUnits;
  /** The MinSize that we wrote and that still stands; undefined while the floor is the group's own. */
  readonly ourFloor: CapacityUnits | undefined;
  readonly armed: ArmedSwitch | undefined;
  /** What was noticed, for the ledger; undefined when nothing changed. */
  readonly noticed: string | undefined;
}

/**
 * Base is the last MinSize that we did not write. When the MinSize seen is not the one written last, either the
 * dead-man's switch has fired (we are home), or somebody changed it: then that is the new base. Pure.
 */
export function findHome(state: RuntimeState, snapshot: GroupSnapshot, wallMs: number): Home {
  const seen = snapshot.minSize;
  const { base, lastFloor, armed } = state;
  if (base === undefined) return { base: seen, ourFloor: undefined, armed, noticed: undefined };
  if (lastFloor === undefined) {
    if (seen === base) return { base, ourFloor: undefined, armed, noticed: undefined };
    return { base: seen, ourFloor: undefined, armed, noticed: `MinSize was changed from ${base} to ${seen}: new base` };
  }
  if (seen === lastFloor) return { base, ourFloor: lastFloor, armed, noticed: undefined };
  if (armed !== undefined && armed.startMs <= wallMs && seen === armed.minSize) {
    return {
      base: seen,
      ourFloor: undefined,
      armed: undefined,
      noticed: `the dead-man's switch took the floor home to ${seen}`,
    };
  }
  return {
    base: seen,
    ourFloor: undefined,
    armed,
    noticed: `MinSize is ${seen}, not the ${lastFloor} written last: somebody changed it, new base`,
  };
}
