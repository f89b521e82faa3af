import type { Fitter } from '../../loop/fitter.ts';
import { learn } from '../../loop/learn.ts';
import type { RefitJob } from '../../loop/ports.ts';
import { type TickSettings, tick } from '../../loop/tick.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { instant } from '../../models/kernel/series.ts';
import type { Foresight } from './foresight.ts';
import { memoryPorts } from './memory-ports.ts';
import { LEARNING, REPLAYED, type ReplayedLoad, stageOf } from './replay-stage.ts';

export interface TraceReplay extends ReplayedLoad {
  readonly fitter: Fitter;
  /** Fits that are there before they are asked for; what it does not know, `fitter` fits. None when absent. */
  readonly foresight?: Pick<Foresight, 'of'>;
  /** Called after each replayed day with the share that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

const DAY_SECONDS = 86_400;

/** Why a trace cannot be replayed by the controller. */
export interface ReplayRefusal {
  readonly kind: 'step';
  readonly reason: string;
}

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
  const { world, policy, firstJob } = stageOf(replay);
  const ports = memoryPorts(world);
  const id = world.addGroup({
    name: REPLAYED,
    minSize: 1,
    maxSize: NO_CEILING,
    desired: problem.need[scoreFrom]!,
    policyName: REPLAYED,
    bootSeconds: problem.bootSteps * stepSeconds,
    hasScaleInPolicy: false,
  });
  const desired = new Int32Array(scoreTo - scoreFrom);
  const stepsPerDay = DAY_SECONDS / stepSeconds;
  const refit = async (job: RefitJob): Promise<void> => {
    const foreseen = await replay.foresight?.of(job);
    if (foreseen === undefined) await learn(job, ports, replay.fitter, LEARNING);
    else if (foreseen.model !== undefined) await ports.models.save(modelKeyOf(policy), foreseen.model);
  };
  await refit(firstJob);
  for (let i = 0; i < desired.length; i++) {
    const asOfMs = instant(world.nowMs + stepSeconds * 1000);
    world.advanceTo(asOfMs);
    const message = { version: 1, group: id, policyName: REPLAYED, asOfMs, fleetSize: 1 } as const;
    await tick([{ holder: `step-${i}`, message }], ports, SETTINGS);
    desired[i] = world.group(REPLAYED).sizes.desired;
    for (const job of world.refits.take()) await refit(job);
    if (i % stepsPerDay === 0) replay.onProgress?.(i / desired.length);
  }
  return accept(desired);
}
