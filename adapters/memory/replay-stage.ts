import type { LearnSettings } from '../../loop/learn.ts';
import { type Policy, type PolicyInput, policyOf } from '../../loop/policy.ts';
import type { RefitJob } from '../../loop/ports.ts';
import type { UnitDelay } from '../../models/decide/need.ts';
import type { EpochMs, GappedSeries } from '../../models/kernel/series.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { createWorld, type World } from './world.ts';

/** A load that is replayed, and the problem that it states. */
export interface ReplayedLoad {
  readonly series: GappedSeries;
  readonly problem: ScalingProblem;
  /** What the policy says of events; none when absent. */
  readonly events?: PolicyInput['events'];
}

/** Name of the group, its policy and its workload. */
export const REPLAYED = 'replayed';

/** Nobody reads the ledger of a replay. */
export const LEARNING: LearnSettings = { knowsUsual: false };

/** Where a replay is played. */
export interface ReplayStage {
  readonly world: World;
  readonly policy: Policy;
  /** The fit before the first scored step. */
  readonly firstJob: RefitJob;
}

/** A world that begins where the scored part does, with the whole load in its metrics: each sample is seen once it is due. */
export function stageOf({ series, problem, events }: ReplayedLoad): ReplayStage {
  const stepMs = problem.stepSeconds * 1000;
  // The controller's grid is made of multiples of the step; where on the day a trace begins says nothing.
  const startMs = Math.ceil(series.startMs / stepMs) * stepMs + problem.firstStep * stepMs;
  const world = createWorld({ startMs: startMs + problem.scoreFrom * stepMs, archive: 'discard' });
  const policy = policyFor(problem, events);
  world.policies.put(policy);
  const known = Array.from(problem.load.keys()).filter((t) => problem.blank[t] === 0);
  world.publish(policy.load.metric, {
    timestampsMs: Float64Array.from(known, (t) => startMs + t * stepMs),
    values: Float64Array.from(known, (t) => problem.load[t]!),
  });
  return { world, policy, firstJob: jobAt(world.nowMs, 'first') };
}

/** The fit that a replay asks for then. */
export const jobAt = (asOfMs: EpochMs, reason: string): RefitJob => ({
  policyName: REPLAYED,
  workload: REPLAYED,
  groupName: REPLAYED,
  asOfMs,
  reason,
});

/** The policy that states a scaling problem: its lead window ends with the last step that this decision serves. */
function policyFor(
  { stepSeconds, lagSteps, bootSteps, mu, penalty, delay }: ScalingProblem,
  events: ReplayedLoad['events'],
): Policy {
  return policyOf({
    version: 1,
    name: REPLAYED,
    workload: REPLAYED,
    mode: 'desired',
    load: {
      source: 'total',
      metric: { namespace: 'Replay', name: 'Load', statistic: 'Sum', periodSeconds: stepSeconds },
      missing: 'unknown',
      publicationDelaySeconds: lagSteps * stepSeconds,
    },
    capacity: {
      throughputPerUnit: mu / stepSeconds,
      ...(delay === undefined ? {} : { objective: objectiveOf(delay) }),
    },
    cadenceSeconds: Math.min(3600, stepSeconds),
    guards: { deadManMinutes: 240 },
    // Its boots are what the problem says, and need no measuring.
    lead: { bootSeconds: (bootSteps - 1) * stepSeconds, measure: false, queueSeconds: 0 },
    price: { shortagePenalty: penalty },
    ...(events === undefined ? {} : { events }),
  });
}

function objectiveOf({ quantile, over, seconds, serviceSeconds, serviceVariation }: UnitDelay) {
  const limit = over === 'wait' ? { waitSeconds: seconds } : { responseSeconds: seconds };
  return { quantile, ...limit, serviceSeconds, serviceVariation };
}
