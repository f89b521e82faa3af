import { overrule } from '../decide/decision.ts';
import type { Guard } from './guard.ts';

/** Leaves at least `quietSeconds` between two cuts; raises always pass. */
export const scaleInCooldown =
  (quietSeconds: number): Guard =>
  (wanted, { asOfMs, lever, lastScaleInMs }) => {
    if (wanted.target >= lever || lastScaleInMs === undefined) return wanted;
    const left = quietSeconds - (asOfMs - lastScaleInMs) / 1000;
    if (left <= 0) return wanted;
    return overrule(wanted, 'scale-in-cooldown', lever, `holding ${lever}: ${left} s of cooldown left`);
  };
