import { cheapestOwing, owedFor } from './optimum-billing.ts';
import { limitsOf, type OptimumLimits, type OptimumOptions } from './optimum-options.ts';
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
 * scored step; launches of the first D steps are not restricted; w_t = 0 on blanks. Options narrow what n may be: bounds
 * on n_t; steps at which n_t may not rise; steps at which n_{t−1} is lost and whatever stands there is launched anew.
 * A minimum that binds is another search, `cheapestOwing`; what follows is this one.
 *
 * Exact dynamic programme over (step, capacity). The value function is convex in the capacity, so its slopes
 * v(n + 1) − v(n) hold it entirely: changing the fleet at price D a unit up and nothing down clamps the slopes to
 * [0, D], and a step's price adds 1 − p·[n < need]. The two capacities at which the slope crosses 0 and D are all that
 * the way back needs: the best predecessor of n is n clamped between them. A capacity that may not be has a slope of
 * −∞ below it or of ∞ above; where nothing can be launched, the clamp above is ∞ instead of D.
 * Exact for whole p: all slopes are then whole numbers below 2^53.
 * Throws `InvariantError` when options contradict themselves or the problem.
 * Cost: O(T·N) time, O(T + N) space, N = the largest need, or the least when that is more.
 * Source: Lin, Wierman, Andrew & Thereska, Dynamic Right-Sizing for Power-Proportional Data Centers, IEEE/ACM ToN
 * 21(5), 2013, the offline problem; docs/evaluation.md §2.3.
 */
export function optimum(problem: Replay, options: OptimumOptions = {}): Optimum {
  const limits = limitsOf(problem, options);
  const capacity = limits.owed > 1 ? cheapestOwing(problem, limits) : cheapest(problem, limits);
  const launches = launchesOf(capacity, limits);
  const owed = limits.owed > 1 ? owedFor(capacity, limits) : 0;
  const cost = capacity.reduce((sum, n) => sum + n, problem.bootSteps * launches + owed);
  const short = shortOf(problem, capacity);
  return { J: cost + problem.penalty * short, cost, short, launches, capacity };
}

function cheapest(problem: Replay, { start, floor, top, availability }: OptimumLimits): Int32Array {
  const { need, blank, scoreFrom, penalty, bootSteps } = problem;
  const steps = floor.length;
  const launchable = (i: number): boolean => availability === undefined || availability.launchable[i] === 1;
  const lost = (i: number): boolean => availability !== undefined && availability.lost[i] === 1;
  const slopes = new Float64Array(top).fill(Number.POSITIVE_INFINITY, start);
  const low = new Int32Array(steps);
  const high = new Int32Array(steps);
  for (let i = 0; i < steps; i++) {
    const wanted = blank[scoreFrom + i] === 1 ? 0 : need[scoreFrom + i]!;
    if (lost(i)) slopes.fill(Number.POSITIVE_INFINITY);
    reprice(slopes, { wanted, penalty, launch: launchable(i) ? bootSteps : Number.POSITIVE_INFINITY });
    slopes.fill(Number.NEGATIVE_INFINITY, 0, floor[i]);
    low[i] = firstAtLeast(slopes, 0);
    // What stands after a loss says nothing of what stood before it, and what cannot be launched stood before.
    if (lost(i + 1)) high[i] = low[i]!;
    else high[i] = launchable(i + 1) ? firstAtLeast(slopes, bootSteps) : top;
  }
  return wayBack(low, high);
}

interface StepPrice {
  readonly wanted: number;
  readonly penalty: number;
  /** Price of one unit more than before. */
  readonly launch: number;
}

/** Moves the slopes one step on, in place. */
function reprice(slopes: Float64Array, { wanted, penalty, launch }: StepPrice): void {
  for (let n = 0; n < slopes.length; n++) {
    const slope = slopes[n]!;
    const clamped = slope < 0 ? 0 : slope > launch ? launch : slope;
    slopes[n] = clamped + (n < wanted ? 1 - penalty : 1);
  }
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

function launchesOf(capacity: Int32Array, { start, availability }: OptimumLimits): number {
  let launches = 0;
  let before = start;
  for (const [i, n] of capacity.entries()) {
    if (availability?.lost[i] === 1) before = 0;
    launches += Math.max(0, n - before);
    before = n;
  }
  return launches;
}
