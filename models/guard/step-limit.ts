import { overrule } from '../decide/decision.ts';
import { units } from '../kernel/units.ts';
import type { Guard } from './guard.ts';

export interface StepShares {
  /** Most units added in one tick, as a share of the capacity ordered now. */
  readonly out: number;
  /** Most units removed in one tick, as a share of where the lever stands. */
  readonly in: number;
}

const stepOf = (from: number, share: number): number => Math.max(1, Math.floor(from * share));

/** Lets the lever move by a share of what is there, at least one unit, in either direction. */
export const stepLimit =
  (shares: StepShares): Guard =>
  (wanted, { lever, capacity }) => {
    const from = Math.max(lever, capacity);
    const most = units(from + stepOf(from, shares.out));
    if (wanted.target > most) {
      return overrule(wanted, 'step-limit', most, `no more than ${most - from} units above ${from} in one step`);
    }
    const least = units(Math.max(0, lever - stepOf(lever, shares.in)));
    if (wanted.target < least) {
      return overrule(wanted, 'step-limit', least, `no more than ${lever - least} units below ${lever} in one step`);
    }
    return wanted;
  };
