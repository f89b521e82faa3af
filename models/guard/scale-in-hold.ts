import { overrule } from '../decide/decision.ts';
import { minUnits } from '../kernel/units.ts';
import type { Guard } from './guard.ts';

/**
 * Keeps the greatest of what was wanted within the last `holdSeconds`, so that one quiet tick does not give away
 * capacity which the next one orders again. Raises pass untouched.
 */
export const scaleInHold =
  (holdSeconds: number): Guard =>
  (wanted, { asOfMs, recentWants, lever }) => {
    let held = wanted.target;
    for (const want of recentWants) {
      if (want.asOfMs > asOfMs - holdSeconds * 1000 && want.target > held) held = want.target;
    }
    if (held === wanted.target || wanted.target >= lever) return wanted;
    const kept = minUnits(held, lever);
    if (kept === wanted.target) return wanted;
    return overrule(
      wanted,
      'scale-in-hold',
      kept,
      `keeping ${kept}: as much was wanted within the last ${holdSeconds} s`,
    );
  };
