import { InvariantError } from '../kernel/errors.ts';
import type { RecordedLoad } from './scaling-problem.ts';

/** A recorded load seen from one moment: nothing after its newest known step can be read. */
export interface KnownLoad {
  /** The newest step that may be read. */
  readonly newest: number;
  /** Load of a step, blanks carried forward. Throws `InvariantError` outside 0…newest. */
  loadAt(step: number): number;
  needAt(step: number): number;
  isBlank(step: number): boolean;
  /** Most units needed in the steps [from, newest]; `from` below 0 means from the beginning. O(steps). */
  mostNeeded(from: number): number;
  /** A copy of the loads of steps [from, newest], NaN where blank; `from` below 0 means from the beginning. O(steps). */
  observed(from: number): Float64Array;
}

/** The load as it is known when step `newest` is the last one seen. O(1). */
export function knownLoad({ load, need, blank }: RecordedLoad, newest: number): KnownLoad {
  const allowed = (step: number): number => {
    if (Number.isInteger(step) && step >= 0 && step <= newest) return step;
    throw new InvariantError(`step ${step} cannot be read: known are steps 0 to ${newest}`, { step, newest });
  };
  return {
    newest,
    loadAt: (step) => load[allowed(step)]!,
    needAt: (step) => need[allowed(step)]!,
    isBlank: (step) => blank[allowed(step)] === 1,
    mostNeeded(from) {
      let most = 0;
      for (let i = Math.max(0, from); i <= newest; i++) if (need[i]! > most) most = need[i]!;
      return most;
    },
    observed: (from) => {
      const start = Math.max(0, from);
      return load.slice(start, newest + 1).map((v, i) => (blank[start + i] === 1 ? Number.NaN : v));
    },
  };
}
