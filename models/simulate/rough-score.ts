import { runGroups } from './environment/run-groups.ts';
import type { GroupScenario } from './environment/scenario.ts';
import type { ScalingPolicy } from './policy.ts';
import type { Replay } from './scaling-problem.ts';
import { type ScalingScore, scoreTrail } from './score.ts';

/** How a world is less kind than the plain problem; what is left out is as there. */
export interface Roughness {
  /** Boots are lognormal with this σ, their median the problem's boot. */
  readonly bootSpread?: number;
  /** Share of launches that are granted, each drawn for itself; the rest is tried again at the next step. In [0, 1]. */
  readonly granted?: number;
  /** Units are billed by the second, each for at least so many. */
  readonly minimumBilledSeconds?: number;
}

export interface RoughOptions {
  readonly roughness: Roughness;
  readonly seed: number;
  /** J of the plain problem's optimum. */
  readonly oracleJ: number;
}

/**
 * Plays a policy in a rougher world and scores it; decisions are kept. The policy sees what became of its launches. Where
 * seconds are billed, J and cost are by the second, while `billed` counts the whole steps in which a unit was there.
 * Same seed, same score. O(steps · units). Source: docs/evaluation.md §2.8.
 */
export function roughScore(problem: Replay, policy: ScalingPolicy, options: RoughOptions): ScalingScore {
  const { roughness, seed, oracleJ } = options;
  const { minimumBilledSeconds: minimumSeconds } = roughness;
  const group: GroupScenario = { name: 'group', replay: problem, ...roughGroup(problem, roughness) };
  const scenario = { groups: [group], ...(minimumSeconds === undefined ? {} : { billing: { minimumSeconds } }) };
  const { trails, price } = runGroups(scenario, policy, seed);
  const score = scoreTrail(problem, trails[0]!, { oracleJ, keepDecisions: true });
  return minimumSeconds === undefined
    ? score
    : { ...score, J: price, ratio: price / oracleJ, cost: price - problem.penalty * score.short };
}

function roughGroup({ bootSteps, stepSeconds }: Replay, { bootSpread, granted }: Roughness): Partial<GroupScenario> {
  return {
    ...(bootSpread === undefined
      ? {}
      : { boot: { kind: 'lognormal', medianSeconds: bootSteps * stepSeconds, sigma: bootSpread } }),
    ...(granted === undefined
      ? {}
      : {
          pools: [{ type: 'any', zone: 'any', market: 'on-demand', availability: { atMs: [0], granted: [granted] } }],
        }),
  };
}
