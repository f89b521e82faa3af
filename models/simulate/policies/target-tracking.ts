import type { Move, ScalingPolicy, StepView } from '../policy.ts';
import type { ScalingRules } from '../scaling-problem.ts';
import { nearestSteps } from '../steps.ts';
import { utilisationOf } from './utilisation.ts';

/** AWS's two alarms: out after 3 minutes above the target, in after 15 minutes below nine tenths of it. */
const OUT_SECONDS = 180;
const IN_SECONDS = 900;
const IN_SHARE = 0.9;

const HOLD: Move = { kind: 'hold' };

/**
 * AWS's target tracking on utilisation u = min(1, load / (μ·max(1, ready))).
 *
 * Out: u above the target in as many consecutive steps as 180 s are → max(ready + pending, ⌈ready·u / target⌉); acting
 * does not reset the count. In: u below 0.9·target for 900 s, and D steps since the last launch →
 * max(1, ⌈ready·u / target⌉) when below ready; pending is untouched, the step is billed as before, and only a release
 * resets the count.
 * Units: `target` is a utilisation in (0, 1].  Cost: O(1) a step.
 * Source: docs/evaluation.md §2.4; AWS, Target tracking scaling policies for Amazon EC2 Auto Scaling. These ceilings
 * have no rounding tolerance.
 */
export const targetTracking = (target: number): ScalingPolicy => ({
  name: `target-tracking-${Math.round(target * 100)}`,
  start(rules) {
    const track = trackingAbove(target, rules);
    return (view) => track(view, 0);
  },
});

/** Decides one step of a group whose capacity, booting units included, may not fall below `floor` by a release. */
export type DecideAbove = (view: StepView, floor: number) => Move;

/** One run of target tracking in a group with a floor that others set; it never raises the group to that floor. */
export function trackingAbove(target: number, { stepSeconds, bootSteps, mu }: ScalingRules): DecideAbove {
  const outSteps = nearestSteps(OUT_SECONDS, stepSeconds);
  const inSteps = nearestSteps(IN_SECONDS, stepSeconds);
  let above = 0;
  let below = 0;
  return (view, floor) => {
    const { ready, pending, sinceLaunch } = view;
    const use = utilisationOf(view, mu);
    above = use > target ? above + 1 : 0;
    below = use < IN_SHARE * target ? below + 1 : 0;
    const wanted = Math.ceil((ready * use) / target);
    if (above >= outSteps) return { kind: 'desire', capacity: Math.max(ready + pending, wanted) };
    const least = Math.max(1, wanted, floor - pending);
    if (below < inSteps || sinceLaunch < bootSteps || least >= ready) return HOLD;
    below = 0;
    return { kind: 'release', ready: least };
  };
}
