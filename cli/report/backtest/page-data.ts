import type { Optimum } from '../../../models/simulate/optimum.ts';
import type { Interval } from '../../../models/simulate/ratio-interval.ts';
import { type ScalingProblem, TARGET_UTILISATION } from '../../../models/simulate/scaling-problem.ts';
import type { WorstWindow } from '../../../models/simulate/worst-window.ts';
import { CALENDAR, SINCE_START, type TimeWords } from '../../page/time-words.ts';
import type { ArmScore } from '../report-data.ts';

/** One policy on the page; arrays have one value for each scored step. */
export interface PageArm {
  readonly name: string;
  readonly score: ArmScore;
  /** 95 % interval of J/J*; undefined where too little is scored. */
  readonly interval: Interval | undefined;
  /** Units that served. */
  readonly ready: Int32Array;
  /** Units ready and pending after the decision. */
  readonly desired: Int32Array;
  /** The hour in which it paid most above the optimum. */
  readonly worst: WorstWindow;
  /** Name of a policy that spent no more and lacked no more; undefined on the frontier. */
  readonly dominatedBy: string | undefined;
}

/** Everything that the page of a backtest shows. */
export interface BacktestPage {
  readonly trace: string;
  /** False when the load counts from its own start. */
  readonly dated: boolean;
  readonly problem: ScalingProblem;
  /** Start of the first scored step, milliseconds since the epoch. */
  readonly fromMs: number;
  readonly best: Optimum;
  readonly optimumScore: ArmScore;
  readonly arms: readonly PageArm[];
  /** What was repaired in the load, one sentence each. */
  readonly repairs: readonly string[];
}

/** How the page writes its moments. */
export const wordsOf = ({ dated }: BacktestPage): TimeWords => (dated ? CALENDAR : SINCE_START);

/** When a scored step begins, milliseconds since the epoch. */
export const msOf = ({ fromMs, problem }: BacktestPage, step: number): number =>
  fromMs + step * problem.stepSeconds * 1000;

/** How many steps are scored. */
export const scoredSteps = ({ problem }: BacktestPage): number => problem.scoreTo - problem.scoreFrom;

/**
 * A step's load in units that it would just keep busy to the target utilisation, or throughout where a delay says what is
 * short; NaN on a blank.
 */
export function loadInUnits({ problem }: BacktestPage, step: number): number {
  const t = problem.scoreFrom + step;
  const perUnit = problem.mu * (problem.delay === undefined ? TARGET_UTILISATION : 1);
  return problem.blank[t] === 1 ? Number.NaN : problem.load[t]! / perUnit;
}
