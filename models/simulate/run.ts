import { InvariantError } from '../kernel/errors.ts';
import { arrive, type Fleet, type FleetStep, fixedBoot, initialFleet, pendingOf, transition } from './fleet.ts';
import { knownLoad } from './known-load.ts';
import type { PolicyPast, ScalingPolicy, StepView } from './policy.ts';
import type { Replay } from './scaling-problem.ts';
import { replayOf } from './scaling-problem.ts';
import { type ScalingScore, scoreTrail, type Trail } from './score.ts';

export interface RunOptions {
  /** Adds `decisions`, `ready` and `billed` to the score. @default false */
  readonly keepDecisions?: boolean;
  /** J of the clairvoyant optimum; without it `ratio` is null. */
  readonly oracleJ?: number;
  /** Units ready at the first scored step, free of launch cost. @default the need of that step, as the optimum has it */
  readonly initialReady?: number;
}

/** Replays one policy on a problem and scores it. O(steps). Source: docs/evaluation.md §2.2, §2.3. */
export function runPolicy(problem: Replay, policy: ScalingPolicy, options: RunOptions = {}): ScalingScore {
  return scoreTrail(problem, trailOf(problem, policy, options.initialReady), options);
}

/**
 * Scores capacities that were once really asked for, one for each scored step, under the problem's modelled boot.
 * Throws `InvariantError` when there are more or fewer of them than scored steps, or one is not a whole number ≥ 0.
 */
export function scoreCapacities(problem: Replay, desired: ArrayLike<number>, options: RunOptions = {}): ScalingScore {
  return runPolicy(problem, recordedPolicy(problem, desired), options);
}

/** The policy that asks for capacities once really asked for. Throws `InvariantError` unless there is one for each scored step. */
export function recordedPolicy({ scoreFrom, scoreTo }: Replay, desired: ArrayLike<number>): ScalingPolicy {
  const steps = scoreTo - scoreFrom;
  if (desired.length !== steps) {
    throw new InvariantError(`got ${desired.length} capacities for ${steps} scored steps; one for each is needed`);
  }
  return {
    name: 'recorded',
    start: () => (view) => ({ kind: 'desire', capacity: desired[view.t - scoreFrom]! }),
  };
}

/** What a policy did at each scored step, before any price is put on it. O(steps). */
export function trailOf(problem: Replay, policy: ScalingPolicy, initialReady?: number): Trail {
  const { scoreFrom, scoreTo } = problem;
  const trail = emptyTrail(scoreTo - scoreFrom);
  play(problem, policy, initialReady, (step, t) => {
    trail.desired[t - scoreFrom] = step.fleet.ready + pendingOf(step.fleet);
    trail.ready[t - scoreFrom] = step.serving;
    trail.billed[t - scoreFrom] = step.billed;
    trail.launched[t - scoreFrom] = step.launched;
    return true;
  });
  return trail;
}

/** J of a policy where it is below a limit, else Infinity, known as soon as what is spent reaches it. O(steps). */
export function priceBelow(limit: number, problem: Replay, policy: ScalingPolicy): number {
  const { need, blank, penalty } = problem;
  let [cost, short] = [0, 0];
  play(problem, policy, undefined, ({ billed, serving }, t) => {
    cost += billed;
    if (blank[t] === 0) short += Math.max(0, need[t]! - serving);
    return cost + penalty * short < limit;
  });
  const price = cost + penalty * short;
  return price < limit ? price : Number.POSITIVE_INFINITY;
}

/** Plays the scored steps one after the other, until `onStep` says that it has seen enough. */
function play(
  problem: Replay,
  policy: ScalingPolicy,
  initialReady: number | undefined,
  onStep: (step: FleetStep, t: number) => boolean,
): void {
  const { scoreFrom, scoreTo } = problem;
  const decide = policy.start(pastOf(problem));
  const boot = fixedBoot(problem.bootSteps);
  let fleet = initialFleet(initialReady ?? problem.need[scoreFrom]!);
  let launchedAt = Number.NEGATIVE_INFINITY;

  for (let t = scoreFrom; t < scoreTo; t++) {
    fleet = arrive(fleet, t);
    const step = transition(fleet, decide(viewAt(problem, t, { fleet, launchedAt })), { t, boot });
    fleet = step.fleet;
    if (step.launched > 0) launchedAt = t;
    if (!onStep(step, t)) return;
  }
}

/** What a policy may see at step t, with the problem's lag. O(1). */
export function viewAt(
  problem: Replay,
  t: number,
  { fleet, launchedAt }: { readonly fleet: Fleet; readonly launchedAt: number },
): StepView {
  const known = t - problem.lagSteps;
  return {
    t,
    known,
    load: problem.load[known]!,
    need: problem.need[known]!,
    ready: fleet.ready,
    pending: pendingOf(fleet),
    sinceLaunch: t - launchedAt,
    history: knownLoad(problem, known),
  };
}

const emptyTrail = (steps: number): Trail => ({
  desired: new Int32Array(steps),
  ready: new Int32Array(steps),
  billed: new Int32Array(steps),
  launched: new Int32Array(steps),
});

/** The past alone: arrays that end where the score begins, so that no policy can look ahead while it tunes. */
export const pastOf = (problem: Replay): PolicyPast => replayOf(problem, problem.scoreFrom, problem.scoreFrom);
