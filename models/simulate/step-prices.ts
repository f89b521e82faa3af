import type { Optimum } from './optimum.ts';
import type { Replay } from './scaling-problem.ts';
import type { Trail } from './score.ts';

/** What each scored step cost: units billed + penalty × units missing; adds up to J. O(steps). */
export function stepPrices(problem: Replay, { ready, billed }: Pick<Trail, 'ready' | 'billed'>): Float64Array {
  return Float64Array.from(billed, (units, i) => units + problem.penalty * missing(problem, ready, i));
}

/** The same of the optimum, which pays for a launch when the unit begins to serve; adds up to J*. O(steps). */
export function optimumStepPrices(problem: Replay, { capacity }: Pick<Optimum, 'capacity'>): Float64Array {
  return Float64Array.from(capacity, (units, i) => {
    const launched = Math.max(0, units - (capacity[i - 1] ?? problem.need[problem.scoreFrom]!));
    return units + problem.bootSteps * launched + problem.penalty * missing(problem, capacity, i);
  });
}

/** Units missing at scored step i; nothing is known to be missing on a blank. */
function missing({ need, blank, scoreFrom }: Replay, ready: Int32Array, i: number): number {
  return blank[scoreFrom + i] === 1 ? 0 : Math.max(0, need[scoreFrom + i]! - ready[i]!);
}
