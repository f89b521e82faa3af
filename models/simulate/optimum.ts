import type { Replay } from './scaling-problem.ts';
import { shortOf } from './score.ts';

/** The cheapest sequence of capacities that anyone who knew the whole load could have set. */
export interface Optimum {
  /** J*: the least price. */
  readonly J: number;
  /** The part of J that is not penalty: unit-steps, and D for each unit launched. */
  readonly cost: number;
  readonly short: number;
  /** Units launched. */
  readonly launches: number;
  /** Ready units at each scored step of one cheapest sequence. */
  readonly capacity: Int32Array;
}

/**
 * J* = min over n_t ≥ 0 of Σ_t n_t + D·(n_t − n_{t−1})⁺ + p·w_t·(need_t − n_t)⁺, starting from n = need of the first
 * scored step; launches of the first D steps are not restricted; w_t = 0 on blanks.
 *
 * Exact dynamic programme over (step, capacity). The value function is convex in the capacity, so its slopes
 * v(n + 1) − v(n) hold it entirely: changing the fleet at price D a unit up and nothing down clamps the slopes to
 * [0, D], and a step's price adds 1 − p·[n < need]. The two capacities at which the slope crosses 0 and D are all that
 * the way back needs: the best predecessor of n is n clamped between them.
 * Exact for whole p: all slopes are then whole numbers below 2^53.
 * Cost: O(T·N) time, O(T + N) space, N = the largest need.
 * Source: Lin, Wierman, Andrew & Thereska, Dynamic Right-Sizing for Power-Proportional Data Centers, IEEE/ACM ToN
 * 21(5), 2013, the offline problem; docs/evaluation.md §2.3.
 */
export function optimum(problem: Replay): Optimum {
  const { need, scoreFrom, scoreTo, penalty } = problem;
  const steps = scoreTo - scoreFrom;
  const slopes = initialSlopes(problem);
  const low = new Int32Array(steps);
  const high = new Int32Array(steps);
  let atZero = 0;
  for (let i = 0; i < steps; i++) {
    const waived = problem.blank[scoreFrom + i] === 1;
    const wanted = waived ? 0 : need[scoreFrom + i]!;
    atZero += reprice(slopes, { wanted, penalty, bootSteps: problem.bootSteps }) + penalty * wanted;
    low[i] = firstAtLeast(slopes, 0);
    high[i] = firstAtLeast(slopes, problem.bootSteps);
  }
  let J = atZero;
  for (let n = 0; n < low[steps - 1]!; n++) J += slopes[n]!;

  const capacity = wayBack(low, high);
  const short = shortOf(problem, capacity);
  return { J, cost: J - penalty * short, short, launches: launchesOf(capacity, need[scoreFrom]!), capacity };
}

/** Slopes of the price of standing at n before the first step: free up to the initial fleet, D a unit beyond it. */
function initialSlopes({ need, scoreFrom, scoreTo, bootSteps }: Replay): Float64Array {
  const most = need.subarray(scoreFrom, scoreTo).reduce((a, b) => Math.max(a, b), 0);
  return new Float64Array(most).fill(bootSteps, need[scoreFrom]!);
}

/** Moves the slopes one step on, in place; returns by how much the value at 0 changed through free release. */
function reprice(
  slopes: Float64Array,
  { wanted, penalty, bootSteps }: { readonly wanted: number; readonly penalty: number; readonly bootSteps: number },
): number {
  let fall = 0;
  for (let n = 0; n < slopes.length; n++) {
    const slope = slopes[n]!;
    if (slope < 0) fall += slope;
    const clamped = slope < 0 ? 0 : slope > bootSteps ? bootSteps : slope;
    slopes[n] = clamped + (n < wanted ? 1 - penalty : 1);
  }
  return fall;
}

/** Least n whose slope is at least `bound`; the number of slopes when there is none. Slopes never fall. O(log N). */
function firstAtLeast(slopes: Float64Array, bound: number): number {
  let from = 0;
  let to = slopes.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (slopes[middle]! < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}

function wayBack(low: Int32Array, high: Int32Array): Int32Array {
  const capacity = new Int32Array(low.length);
  let n = low.at(-1)!;
  for (let i = low.length - 1; i >= 0; i--) {
    n = Math.min(Math.max(n, low[i]!), high[i]!);
    capacity[i] = n;
  }
  return capacity;
}

function launchesOf(capacity: Int32Array, initial: number): number {
  let launches = 0;
  let before = initial;
  for (const n of capacity) {
    launches += Math.max(0, n - before);
    before = n;
  }
  return launches;
}
