import { type CapacityUnits, units } from '../kernel/units.ts';
import type { Alternative, Decision } from './decision.ts';
import { needOf, type Throughput } from './need.ts';

/** The part of a peak forecast that a price needs. */
export interface PeakBelief {
  quantile(p: number): number;
  /** Possible peaks of the lead window, ascending, equally likely; unit of the load. */
  readonly scenarios: Float64Array;
}

export interface NewsvendorTerms {
  readonly throughput: Throughput;
  /** Price of one missing unit, in multiples of the price of one idle unit. */
  readonly shortagePenalty: number;
}

/** Critical ratio p / (p + c) with c = 1. Source: Arrow, Harris & Marschak (1951); Porteus, Foundations of Stochastic Inventory Theory §1.2. */
export const criticalRatio = (shortagePenalty: number): number => shortagePenalty / (shortagePenalty + 1);

/**
 * Capacity for the critical quantile of the peak over the lead window: the least expected price of idle and missing
 * units when every unit is as dear idle and p times as dear missing.
 * Cost: O(1) beside the quantile.
 */
export function newsvendor(belief: PeakBelief, terms: NewsvendorTerms): Decision {
  const level = criticalRatio(terms.shortagePenalty);
  const peak = belief.quantile(level);
  const target = needOf(peak, terms.throughput);
  const said = `the load peaks at or below ${round(peak)} within the lead time with probability ${round(level)}: ${target} needed`;
  return { target, rule: 'newsvendor', reasons: [said] };
}

/**
 * Prices the chosen capacity beside its neighbours and beside what the median and the present need would take.
 * Ascending, without duplicates. O(candidates × scenarios).
 */
export function alternatives(
  belief: PeakBelief,
  terms: NewsvendorTerms,
  wanted: readonly CapacityUnits[],
): Alternative[] {
  const needs = belief.scenarios.map((load) => needOf(load, terms.throughput));
  const distinct = [...new Set(wanted)].sort((a, b) => a - b);
  return distinct.map((target) => priced(target, needs, terms.shortagePenalty));
}

/** The capacities worth pricing for a choice: the choice, one less, one more, and the medians' need. */
export const candidatesAround = (choice: CapacityUnits, others: readonly CapacityUnits[]): CapacityUnits[] => [
  units(Math.max(1, choice - 1)),
  choice,
  units(choice + 1),
  ...others,
];

function priced(target: CapacityUnits, needs: Float64Array, penalty: number): Alternative {
  let idle = 0;
  let missing = 0;
  let covered = 0;
  for (const need of needs) {
    if (need <= target) {
      idle += target - need;
      covered++;
    } else missing += need - target;
  }
  return { target, coverage: covered / needs.length, expectedPrice: (idle + penalty * missing) / needs.length };
}

/** At most two decimals, for sentences. */
const round = (x: number): number => Math.round(x * 100) / 100;
