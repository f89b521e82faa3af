import type { Fitter } from '../../loop/fitter.ts';
import { learn } from '../../loop/learn.ts';
import { type Policy, type PolicyInput, policyOf } from '../../loop/policy.ts';
import type { RefitJob } from '../../loop/ports.ts';
import { type TickSettings, tick } from '../../loop/tick.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { memoryPorts } from './memory-ports.ts';
import { createWorld, type World } from './world.ts';

export interface TraceReplay {
  readonly series: GappedSeries;
  readonly problem: ScalingProblem;
  readonly fitter: Fitter;
  /** What the policy says of events; none when absent. */
  readonly events?: PolicyInput['events'];
  /** Called after each replayed day with the share that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** Why a trace cannot be replayed by the controller. */
export interface ReplayRefusal {
  readonly kind: 'step';
  readonly reason: string;
}

const GROUP = 'replayed';
const DAY_SECONDS = 86_400;

/** Beyond any need that a trace can have; the twin's bounds shall not bind. */
const NO_CEILING = 1_000_000;

const SETTINGS: TickSettings = {
  owner: 'replay',
  version: 'replay',
  leaseSeconds: 45,
  // One group on its own: nothing that a fleet shares may bind.
  fleet: { maxUnitsPerMinute: NO_CEILING, breakerShare: 1, breakerLeastGroups: 1 },
  keepInputs: false,
  remainingMs: () => Number.POSITIVE_INFINITY,
};

/**
 * The real controller on a recorded load: `tick` and `learn` over the twin, in mode `desired`, with the shipped guards.
 * At step t it sees the load up to step t − lag, decides, and the next step begins; its models are fitted before the
 * first scored step and daily after. Returns the desired capacity at each scored step.
 *
 * Refuses a step that is no multiple of a minute dividing a day: no CloudWatch period is.
 * Cost: about 0.3 ms a step and a second a replayed day.
 */
export async function replayTrace(replay: TraceReplay): Promise<Result<Int32Array, ReplayRefusal>> {
  const { problem } = replay;
  const { stepSeconds, scoreFrom, scoreTo } = problem;
  if (stepSeconds % 60 !== 0 || DAY_SECONDS % stepSeconds !== 0) {
    return refuse({
      kind: 'step',
      reason: `the controller needs a step of whole minutes that divides a day, the trace has ${stepSeconds} s`,
    });
  }
  const world = worldOf(replay);
  const ports = memoryPorts(world);
  const id = world.addGroup({
    name: GROUP,
    minSize: 1,
    maxSize: NO_CEILING,
    desired: problem.need[scoreFrom]!,
    policyName: GROUP,
    bootSeconds: problem.bootSteps * stepSeconds,
    hasScaleInPolicy: false,
  });
  const desired = new Int32Array(scoreTo - scoreFrom);
  const stepsPerDay = DAY_SECONDS / stepSeconds;
  const refit = (job: RefitJob) => learn(job, ports, replay.fitter, { knowsUsual: false });
  await refit({ policyName: GROUP, workload: GROUP, groupName: GROUP, asOfMs: world.nowMs, reason: 'first' });
  for (let i = 0; i < desired.length; i++) {
    const asOfMs = instant(world.nowMs + stepSeconds * 1000);
    world.advanceTo(asOfMs);
    const message = { version: 1, group: id, policyName: GROUP, asOfMs, fleetSize: 1 } as const;
    await tick([{ holder: `step-${i}`, message }], ports, SETTINGS);
    desired[i] = world.group(GROUP).sizes.desired;
    for (const job of world.refits.take()) await refit(job);
    if (i % stepsPerDay === 0) replay.onProgress?.(i / desired.length);
  }
  return accept(desired);
}

/** A world that begins where the scored part does, with the whole load in its metrics: each sample is seen once it is due. */
function worldOf({ series, problem, events }: TraceReplay): World {
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
  return world;
}

/** The policy that states a scaling problem: its lead window ends with the last step that this decision serves. */
function policyFor(
  { stepSeconds, lagSteps, bootSteps, mu, penalty }: ScalingProblem,
  events: TraceReplay['events'],
): Policy {
  return policyOf({
    version: 1,
    name: GROUP,
    workload: GROUP,
    mode: 'desired',
    load: {
      source: 'total',
      metric: { namespace: 'Replay', name: 'Load', statistic: 'Sum', periodSeconds: stepSeconds },
      missing: 'unknown',
      publicationDelaySeconds: lagSteps * stepSeconds,
    },
    capacity: { throughputPerUnit: mu / stepSeconds },
    cadenceSeconds: Math.min(3600, stepSeconds),
    guards: { deadManMinutes: 240 },
    // Its boots are what the problem says, and need no measuring.
    lead: { bootSeconds: (bootSteps - 1) * stepSeconds, measure: false, queueSeconds: 0 },
    price: { shortagePenalty: penalty },
    ...(events === undefined ? {} : { events }),
  });
}
