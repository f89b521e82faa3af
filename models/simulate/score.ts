import { sum } from '../kernel/statistics.ts';
import { type Elasticity, elasticity } from './elasticity.ts';
import type { Replay } from './scaling-problem.ts';

/** What a policy did; the arrays have one value for each scored step. */
export interface Trail {
  /** Ready and pending together after the move. */
  readonly desired: Int32Array;
  /** Units that served the step. */
  readonly ready: Int32Array;
  /** Units that the step is billed for, booting ones included. */
  readonly billed: Int32Array;
  readonly launched: Int32Array;
}

/** Load that arrived while need > ready. Blank steps count in neither number: nobody knows what arrived. */
export interface ColdStartExposure {
  /** Sum over the steps, in the load's unit: requests when the load counts requests. */
  readonly load: number;
  /** Share of the load of all scored steps; null when that is zero. */
  readonly share: number | null;
}

/** The price of a sequence of decisions and what it consists of. Shares are fractions of 1. */
export interface ScalingScore extends Elasticity {
  /** cost + penalty · short. */
  readonly J: number;
  /** J divided by the optimum's J; null when that was not given. */
  readonly ratio: number | null;
  /** Unit-steps billed, the initial fleet included, its launch free. */
  readonly cost: number;
  /** Unit-steps missing, blanks not counted. */
  readonly short: number;
  /** Share of scored steps with need > ready, blanks never counting as such. */
  readonly breachShare: number;
  /** Units launched. */
  readonly launches: number;
  readonly coldStart: ColdStartExposure;
  /** Desired capacity (ready and pending) at each scored step. Only when asked for. */
  readonly decisions?: Int32Array;
  /** Units that served each scored step. Only when asked for. */
  readonly ready?: Int32Array;
  /** Units that each scored step is billed for. Only when asked for. */
  readonly billed?: Int32Array;
}

/** Prices a trail. O(steps). Source: docs/evaluation.md §2.3. */
export function scoreTrail(
  problem: Replay,
  trail: Trail,
  options: { readonly oracleJ?: number; readonly keepDecisions?: boolean } = {},
): ScalingScore {
  const { J, cost, short } = priceOf(problem, trail);
  const metrics = elasticity(problem, trail.ready);
  return {
    J,
    ratio: options.oracleJ === undefined ? null : J / options.oracleJ,
    cost,
    short,
    breachShare: metrics.tauU,
    launches: sum(trail.launched),
    ...metrics,
    coldStart: coldStartExposure(problem, trail.ready),
    ...(options.keepDecisions ? { decisions: trail.desired, ready: trail.ready, billed: trail.billed } : {}),
  };
}

/** J and its two parts alone: what tuning compares. O(steps). */
export function priceOf(
  problem: Replay,
  trail: Pick<Trail, 'ready' | 'billed'>,
): { readonly J: number; readonly cost: number; readonly short: number } {
  const cost = sum(trail.billed);
  const short = shortOf(problem, trail.ready);
  return { J: cost + problem.penalty * short, cost, short };
}

/** Unit-steps missing when `ready[i]` serves step scoreFrom + i; blanks count nothing. O(steps). */
export function shortOf({ need, blank, scoreFrom }: Replay, ready: Int32Array): number {
  let short = 0;
  for (let i = 0; i < ready.length; i++) {
    const missing = need[scoreFrom + i]! - ready[i]!;
    if (missing > 0 && blank[scoreFrom + i] === 0) short += missing;
  }
  return short;
}

/** Load that met too little capacity when `ready[i]` serves step scoreFrom + i. O(steps). */
export function coldStartExposure({ load, need, blank, scoreFrom }: Replay, ready: Int32Array): ColdStartExposure {
  let exposed = 0;
  let all = 0;
  for (let i = 0; i < ready.length; i++) {
    const t = scoreFrom + i;
    if (blank[t] === 1) continue;
    all += load[t]!;
    if (need[t]! > ready[i]!) exposed += load[t]!;
  }
  return { load: exposed, share: all > 0 ? exposed / all : null };
}
