import type { Move, ScalingPolicy } from '../policy.ts';
import { nearestSteps } from '../steps.ts';
import { utilisationOf } from './utilisation.ts';

/** Both alarms: two periods of 120 s in a row. */
const ALARM_SECONDS = 240;
/** From this use on (inclusive), add this share of the ready units; hardest first. */
const OUT_STEPS = [
  { from: 0.7, share: 0.3 },
  { from: 0.6, share: 0.1 },
] as const;
/** Down to this use (inclusive), remove this share; hardest first. */
const IN_STEPS = [
  { to: 0.3, share: 0.3 },
  { to: 0.4, share: 0.1 },
] as const;
/** Keeps a share that is exactly whole from rounding down by a floating-point hair. */
const ROUNDING = 1e-9;

const HOLD: Move = { kind: 'hold' };

/**
 * AWS's step scaling with the step adjustments of its user guide: 50 % is the alarm's threshold; from 60 % use +10 %,
 * from 70 % +30 %, at 40 % −10 %, at 30 % −30 % of capacity; percentages round towards zero, but to one unit at least.
 *
 * Warm-up is the boot: booting units do not count as capacity, so further alarms while they boot only add what a harder
 * step asks for beyond them: max(ready + pending, ready + share). Nothing is removed while units boot, nor the last one.
 * An alarm that lasts acts in every step.
 * Units: use is a fraction of 1.  Cost: O(1) a step.
 * Source: AWS, Step and simple scaling policies for Amazon EC2 Auto Scaling, step adjustments and instance warm-up;
 * alarms as in its example, two periods of 120 s. Deviation: consecutive steps stand for alarm periods.
 */
export const stepScaling: ScalingPolicy = {
  name: 'step-scaling',
  start({ stepSeconds, mu }) {
    const alarmSteps = nearestSteps(ALARM_SECONDS, stepSeconds);
    let high = 0;
    let low = 0;
    return (view) => {
      const { ready, pending } = view;
      const use = utilisationOf(view, mu);
      const out = OUT_STEPS.find(({ from }) => use >= from);
      const into = IN_STEPS.find(({ to }) => use <= to);
      high = out === undefined ? 0 : high + 1;
      low = into === undefined ? 0 : low + 1;
      if (out !== undefined && high >= alarmSteps) {
        return { kind: 'desire', capacity: Math.max(ready + pending, ready + shareOf(ready, out.share)) };
      }
      if (into === undefined || low < alarmSteps || pending > 0) return HOLD;
      return { kind: 'desire', capacity: Math.max(1, ready - shareOf(ready, into.share)) };
    };
  },
};

const shareOf = (units: number, share: number): number => Math.max(1, Math.floor(units * share + ROUNDING));
