import type { Throughput, UnitDelay } from '../decide/need.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { GappedSeries } from '../kernel/series.ts';
import {
  badOption,
  badThroughput,
  badValue,
  carryForward,
  delayOf,
  meanObserved,
  needsOf,
  rangeOf,
} from './problem-input.ts';
import type { ProblemOptions } from './problem-options.ts';
import type { ProblemRefusal } from './problem-refusal.ts';
import { coveringSteps } from './steps.ts';

/** Share of a unit's throughput that may be used before it counts as short. */
export const TARGET_UTILISATION = 0.8;

/** What holds at every step of a replay: the grid, the delays, the capacity of a unit and the price of lacking one. */
export interface ScalingRules {
  readonly stepSeconds: number;
  /** D: steps from launch to ready, ≥ 1. */
  readonly bootSteps: number;
  /** At step t the load is known up to and including step t − lagSteps. */
  readonly lagSteps: number;
  /** μ: load that one unit carries in one step at full use; > 0. */
  readonly mu: number;
  /** p: price of one missing unit for one step; a unit present costs 1 a step. */
  readonly penalty: number;
  /** How long requests may take, where that says what is short instead of a share of μ; absent otherwise. */
  readonly delay?: UnitDelay;
}

/** How the load of a replay turns into capacity. O(1). */
export const throughputOf = ({ mu, delay }: Pick<ScalingRules, 'mu' | 'delay'>): Throughput => ({
  perStep: mu,
  targetUtilisation: TARGET_UTILISATION,
  ...(delay === undefined ? {} : { delay }),
});

/** A load on a regular grid and the capacity it needs; the three arrays have one length. */
export interface RecordedLoad {
  /** Load per step; blanks carry the last observed value forward. */
  readonly load: Float64Array;
  /** 1 where the step was not observed; such a step carries no shortage penalty. */
  readonly blank: Uint8Array;
  /** Units that carry `load` within the target utilisation, or within the delay where one is set; ≥ 1. */
  readonly need: Int32Array;
}

/** A recorded load with the steps [scoreFrom, scoreTo) on which decisions are made and priced. */
export interface Replay extends ScalingRules, RecordedLoad {
  readonly scoreFrom: number;
  readonly scoreTo: number;
}

/** A whole scaling problem; `load.length === scoreTo`: what comes after the last scored step is not part of it. */
export interface ScalingProblem extends Replay {
  /** Where step 0 lies in the given series: the number of leading blanks that were cut. */
  readonly firstStep: number;
  /** Blank steps of the whole problem, before and inside the scored part. */
  readonly filledSteps: number;
  /** Mean and maximum of `need` over the scored steps. */
  readonly meanNeed: number;
  readonly maxNeed: number;
}

/**
 * States the problem that a series of total load poses to whoever scales for it.
 *
 * Units: the load's own, per step; capacity in whole units. need_t = max(1, ⌈load_t / (0.8·μ) − 1e-9⌉),
 * μ = mean observed load before the first scored step / (0.8·meanUnits). With an objective for delay the need is that of
 * `needOf` under it (docs/designs/0003); a unit then serves (μ / step) · service time requests at once.
 * Refuses: a negative or infinite value, nothing observed, no load before the first scored step, a score range outside
 * the series, too few steps before it to tune on under the lag, options below their least value, a load too small or too
 * large to size a unit by, needs beyond a million.
 * Cost: O(n). Source: docs/evaluation.md §2.1.
 */
export function scalingProblem(
  trace: GappedSeries,
  options: ProblemOptions = {},
): Result<ScalingProblem, ProblemRefusal> {
  const bad = badOption(options) ?? badValue(trace.values);
  if (bad !== undefined) return refuse(bad);
  const range = rangeOf(trace.values, options);
  if (!range.ok) return range;
  const { firstStep, scoreFrom, scoreTo } = range.value;

  const { load, blank } = carryForward(trace.values.subarray(firstStep, firstStep + scoreTo));
  const mu =
    options.unitThroughput ?? meanObserved(load, blank, scoreFrom) / ((options.meanUnits ?? 20) * TARGET_UTILISATION);
  const unsized = badThroughput(mu, load.subarray(0, scoreFrom), firstStep);
  if (unsized !== undefined) return refuse(unsized);

  const stepSeconds = trace.stepMs / 1000;
  const limit = delayOf(options.delay, mu / stepSeconds);
  if (!limit.ok) return limit;
  const needs = needsOf(load, throughputOf({ mu, ...limit.value }));
  if (!needs.ok) return needs;
  const need = needs.value;

  const lagSteps = coveringSteps(options.lagSeconds ?? 0, stepSeconds);
  // The tuned rival starts half-way to the first scored step and already looks one lag back from there.
  const least = Math.max(1, 2 * lagSteps);
  if (scoreFrom < least) return refuse({ kind: 'too-short', have: scoreFrom, need: least });

  const bootSteps = Math.max(1, coveringSteps(options.bootSeconds ?? 300, stepSeconds));
  const penalty = options.penalty ?? 20;
  const rules: ScalingRules = { stepSeconds, bootSteps, lagSteps, mu, penalty, ...limit.value };
  const scored = need.subarray(scoreFrom);
  return accept({
    ...rules,
    load,
    blank,
    need,
    scoreFrom,
    scoreTo,
    firstStep,
    filledSteps: blank.reduce((sum, b) => sum + b, 0),
    meanNeed: scored.reduce((sum, n) => sum + n, 0) / scored.length,
    maxNeed: scored.reduce((most, n) => Math.max(most, n), 0),
  });
}

/** The part [from, to) of a replay as a replay of its own, with all that lies before it and nothing after. O(1). */
export const replayOf = (whole: ScalingRules & RecordedLoad, from: number, to: number): Replay => ({
  stepSeconds: whole.stepSeconds,
  bootSteps: whole.bootSteps,
  lagSteps: whole.lagSteps,
  mu: whole.mu,
  penalty: whole.penalty,
  ...(whole.delay === undefined ? {} : { delay: whole.delay }),
  load: whole.load.subarray(0, to),
  blank: whole.blank.subarray(0, to),
  need: whole.need.subarray(0, to),
  scoreFrom: from,
  scoreTo: to,
});
