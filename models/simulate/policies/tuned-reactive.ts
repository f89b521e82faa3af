import type { Decide, PolicyPast, ScalingPolicy } from '../policy.ts';
import { priceBelow } from '../run.ts';
import { replayOf } from '../scaling-problem.ts';
import { nearestSteps } from '../steps.ts';

const MARGINS = [1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.6, 2] as const;
const HOLD_MINUTES = [1, 3, 5, 10, 20] as const;

/** Keeps a need times margin that is exactly whole from rounding up by a floating-point hair. */
const ROUNDING = 1e-9;

/** How much more than needed to hold, and how long to remember what was needed. */
export interface ReactiveSetting {
  readonly margin: number;
  /** Steps remembered, the newest known one included; ≥ 1. */
  readonly steps: number;
}

/**
 * Holds the largest ⌈need·margin − 1e-9⌉ of the last steps known; reaches back before the first decision.
 * Cost: O(steps remembered) a step. Source: docs/evaluation.md §2.4.
 */
export const reactive = ({ margin, steps }: ReactiveSetting): ScalingPolicy => ({
  name: `reactive(${margin}, ${steps})`,
  start: () => decideBy({ margin, steps }),
});

/**
 * The reactive rule with the margin and memory that would have been cheapest in the second half of the past, under the
 * same lag and boot, started at the need there; of equals the first, margins in the outer loop.
 * Cost: 45 replays of half the past. Source: docs/evaluation.md §2.4.
 */
export const tunedReactive: ScalingPolicy = {
  name: 'tuned-reactive',
  start: (past) => decideBy(tune(past)),
};

/** The setting that `tunedReactive` takes on a past of at least one step. */
export function tune(past: PolicyPast): ReactiveSetting {
  const steps = past.need.length;
  const practice = replayOf(past, Math.floor(steps / 2), steps);
  let best: ReactiveSetting = { margin: MARGINS[0], steps: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (const setting of settings(past.stepSeconds)) {
    const J = priceBelow(least, practice, reactive(setting));
    if (J < least) {
      least = J;
      best = setting;
    }
  }
  return best;
}

/** All pairs in the order of the tie rule; on coarse grids several minutes are one step, tried once. */
function settings(stepSeconds: number): readonly ReactiveSetting[] {
  const memories = new Set(HOLD_MINUTES.map((minutes) => nearestSteps(60 * minutes, stepSeconds)));
  return MARGINS.flatMap((margin) => [...memories].map((steps) => ({ margin, steps })));
}

const decideBy =
  ({ margin, steps }: ReactiveSetting): Decide =>
  ({ known, history }) => ({
    kind: 'desire',
    capacity: Math.ceil(history.mostNeeded(known - steps + 1) * margin - ROUNDING),
  });
