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
export const knownLoad = (load: RecordedLoad, newest: number): KnownLoad => new LoadUntil(load, newest);

/** A class, because a replay makes one a step: closures would cost more than what they look up. */
class LoadUntil implements KnownLoad {
  readonly newest: number;
  readonly #recorded: RecordedLoad;

  constructor(recorded: RecordedLoad, newest: number) {
    this.#recorded = recorded;
    this.newest = newest;
  }

  loadAt(step: number): number {
    return this.#recorded.load[this.#allowed(step)]!;
  }

  needAt(step: number): number {
    return this.#recorded.need[this.#allowed(step)]!;
  }

  isBlank(step: number): boolean {
    return this.#recorded.blank[this.#allowed(step)] === 1;
  }

  mostNeeded(from: number): number {
    const { need } = this.#recorded;
    let most = 0;
    for (let i = Math.max(0, from); i <= this.newest; i++) if (need[i]! > most) most = need[i]!;
    return most;
  }

  observed(from: number): Float64Array {
    const { load, blank } = this.#recorded;
    const start = Math.max(0, from);
    const seen = load.slice(start, this.newest + 1);
    for (let i = 0; i < seen.length; i++) if (blank[start + i] === 1) seen[i] = Number.NaN;
    return seen;
  }

  #allowed(step: number): number {
    const { newest } = this;
    if (Number.isInteger(step) && step >= 0 && step <= newest) return step;
    throw new InvariantError(`step ${step} cannot be read: known are steps 0 to ${newest}`, { step, newest });
  }
}
