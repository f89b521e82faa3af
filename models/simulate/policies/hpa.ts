import type { Move, ScalingPolicy } from '../policy.ts';
import { coveringSteps } from '../steps.ts';
import { utilisationOf } from './utilisation.ts';

/** No change while use is within a tenth of the target. */
const TOLERANCE = 0.1;
/** Down goes to the largest recommendation of this long. */
const DOWN_WINDOW_SECONDS = 300;
/** Up: at most the larger of four units and the fleet itself in this long. */
const UP_PERIOD_SECONDS = 15;
const UP_UNITS = 4;
const UP_FACTOR = 2;

const HOLD: Move = { kind: 'hold' };

/**
 * The Horizontal Pod Autoscaler of Kubernetes (autoscaling/v2, default behaviour) on utilisation u of the ready units.
 *
 * Recommendation: ready + pending when |u/target − 1| ≤ 0.1, else max(1, ⌈ready·u / target⌉): booting units count as
 * unused on the way up and not at all on the way down, so either way they are subtracted from what is launched.
 * Up: at once, by at most max(4, 100 %) within 15 s. Down: to the largest recommendation of the last ⌈300 s / step⌉
 * steps, this one included; the fleet at the start counts as a first recommendation.
 * Units: `target` is a utilisation in (0, 1].  Cost: O(steps in the window) a step.
 * Source: Kubernetes, Horizontal Pod Autoscaling: algorithm details, stabilisation window, default behaviour;
 * docs/evaluation.md §2.4. Deviations: one evaluation a step instead of one in 15 s; units missing metrics do not occur.
 */
export const hpa = (target: number): ScalingPolicy => ({
  name: `hpa-${Math.round(target * 100)}`,
  start({ stepSeconds, mu }) {
    const window = Math.max(1, coveringSteps(DOWN_WINDOW_SECONDS, stepSeconds));
    const period = Math.max(1, coveringSteps(UP_PERIOD_SECONDS, stepSeconds));
    const recommended: number[] = [];
    const fleets: number[] = [];
    return (view) => {
      const now = view.ready + view.pending;
      const use = utilisationOf(view, mu);
      const calm = Math.abs(use / target - 1) <= TOLERANCE;
      const wanted = calm ? now : Math.max(1, Math.ceil((view.ready * use) / target));
      if (recommended.length === 0) recommended.push(now);
      keepLast(recommended, wanted, window);
      keepLast(fleets, now, period);
      if (wanted > now) {
        const before = Math.min(...fleets);
        return { kind: 'desire', capacity: Math.max(now, Math.min(wanted, upLimit(before))) };
      }
      const down = Math.max(...recommended);
      return down < now ? { kind: 'desire', capacity: down } : HOLD;
    };
  },
});

const upLimit = (before: number): number => Math.max(before + UP_UNITS, before * UP_FACTOR);

function keepLast(values: number[], newest: number, count: number): void {
  values.push(newest);
  if (values.length > count) values.shift();
}
