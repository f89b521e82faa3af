import type { ScalingPolicy } from '../policy.ts';
import type { ScalingRules } from '../scaling-problem.ts';

/**
 * Lazy capacity provisioning without look-ahead: of all capacities that could still end a cheapest sequence for the load
 * known so far, the one nearest to what stands.
 *
 * x_t = x_{t−1} clamped to [x^L_t, x^U_t]: the last capacities of the cheapest sequences up to now, x^L with the price
 * of a launch, D a unit, charged on the way up, x^U with it charged on the way down. Both are read off the slopes of one
 * value function: x^L where they cross 0, x^U where they cross D. Prices are J's: 1 a unit-step, p a missing unit-step,
 * none of it on blanks. 3-competitive where a launch serves at once.
 * Cost: O(largest need so far) a step.
 * Source: Lin, Wierman, Andrew & Thereska, Dynamic right-sizing for power-proportional data centers, INFOCOM 2011, LCP(w)
 * with w = 0. Deviation: its launches serve at once, here after D steps; the sequence begins at the fleet that stands.
 */
export const lcp: ScalingPolicy = {
  name: 'lcp',
  start(rules) {
    let slopes: number[] | undefined;
    return ({ ready, pending, need, known, history }) => {
      const standing = ready + pending;
      slopes ??= Array.from({ length: standing }, () => 0);
      advance(slopes, history.isBlank(known) ? 0 : need, rules);
      const least = crossing(slopes, 0);
      const most = crossing(slopes, rules.bootSteps);
      return { kind: 'desire', capacity: Math.max(1, Math.min(Math.max(standing, least), most)) };
    };
  },
};

/** Adds one step with this need to the value function whose slopes are given, in place; beyond their end they are D. */
function advance(slopes: number[], wanted: number, { penalty, bootSteps }: ScalingRules): void {
  while (slopes.length < wanted) slopes.push(bootSteps);
  for (let n = 0; n < slopes.length; n++) {
    const afterMove = Math.min(Math.max(slopes[n]!, 0), bootSteps);
    slopes[n] = afterMove + (n < wanted ? 1 - penalty : 1);
  }
}

/** Least n whose slope is at least `bound`; slopes never fall. O(log n). */
function crossing(slopes: readonly number[], bound: number): number {
  let from = 0;
  let to = slopes.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (slopes[middle]! < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
