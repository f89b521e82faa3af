import { optimum } from '../../models/simulate/optimum.ts';
import { targetTracking } from '../../models/simulate/policies/target-tracking.ts';
import { runPolicy, scoreCapacities } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { type ScalingScore, scoreTrail } from '../../models/simulate/score.ts';
import type { DayStep } from './replay-day.ts';

/** One policy's day, scored by the same rules as all others. */
export interface Arm {
  readonly name: string;
  readonly score: ScalingScore;
}

/** How often the floor stood at or above the need one boot time before the need rose to it. */
export interface Headline {
  readonly rises: number;
  readonly risesAtOrAbove: number;
}

/** Prescale by the capacities that Auto Scaling really had; its rivals and the optimum on the same day. */
export function scoreDay(problem: ScalingProblem, steps: readonly DayStep[]): readonly Arm[] {
  const best = optimum(problem);
  const options = { oracleJ: best.J, keepDecisions: true };
  const launched = launchesPerStep(best.capacity, problem.need[problem.scoreFrom]!);
  const billed = best.capacity.map((n, i) => n + problem.bootSteps * launched[i]!);
  const trail = { desired: best.capacity, ready: best.capacity, billed, launched };
  return [
    {
      name: 'prescale',
      score: scoreCapacities(
        problem,
        steps.map((s) => s.desired),
        options,
      ),
    },
    ...[0.5, 0.7].map((target) => {
      const policy = targetTracking(target);
      return { name: policy.name, score: runPolicy(problem, policy, options) };
    }),
    { name: 'optimum', score: scoreTrail(problem, trail, options) },
  ];
}

function launchesPerStep(capacity: Int32Array, initial: number): Int32Array {
  return capacity.map((n, i) => Math.max(0, n - (i === 0 ? initial : capacity[i - 1]!)));
}

/** A rise is a step whose need is above that of the step before. The first boot time of the day has no floor to look at. */
export function headline(steps: readonly DayStep[], bootSteps: number): Headline {
  let rises = 0;
  let risesAtOrAbove = 0;
  for (let t = Math.max(1, bootSteps); t < steps.length; t++) {
    if (steps[t]!.need <= steps[t - 1]!.need) continue;
    rises++;
    if (steps[t - bootSteps]!.floor >= steps[t]!.need) risesAtOrAbove++;
  }
  return { rises, risesAtOrAbove };
}
