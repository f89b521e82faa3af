import { type CapacityUnits, units } from '../kernel/units.ts';
import type { Decision } from './decision.ts';

/**
 * How likely each load is, step by step, as seen from the newest known step 0.
 */
export interface LoadOdds {
  /** Steps ahead at which odds are known, ascending, all ≥ 1. Between them odds are interpolated, beyond the last held. */
  readonly horizons: readonly number[];
  /** Probability that the load at the i-th of them is above `load`. */
  exceedance(i: number, load: number): number;
}

export interface BandTerms {
  /** Greatest load in one step that so many units carry without shortage; rises with them. */
  readonly carriedBy: (units: number) => number;
  /** Units needed at step 0, whose load is known; ≥ 1. */
  readonly needNow: number;
  /** Steps between the newest known step and the one that a decision made now takes effect in; ≥ 0. */
  readonly lagSteps: number;
  /** Steps from launch to ready, ≥ 1. */
  readonly bootSteps: number;
  /** Steps between two decisions, ≥ 1. */
  readonly cadenceSteps: number;
  /** Price of one missing unit for one step, in multiples of the price of having one. */
  readonly shortagePenalty: number;
}

/** Units worth launching up to, and units worth keeping; launch ≤ keep, and never below the present need. */
export interface CapacityBand {
  readonly launch: number;
  readonly keep: number;
}

/** Boot times that the plan looks ahead beyond the one that is being decided on. */
const BOOTS_AHEAD = 9;

const MOST_UNITS = 1_000_000;

/**
 * The two-sided band of capacity: below `launch` it pays to order, above `keep` it pays to let go, between them it pays
 * to wait.
 *
 * The price of a fleet is the sum over its units: the k-th unit costs 1 a step while it boots or serves, and p in each
 * step in which k units are needed and it does not serve. The expected price of any plan for it therefore depends on the
 * outlook only through P(need ≥ k) at each step, and its best plan is a dynamic programme with two states, on and off.
 * A unit is in the band by what that plan does first. Nothing is tuned: price, boot time, lag and cadence are in it.
 *
 * Cost: O(log units · horizon). Source: unit-wise decomposition of convex capacity costs, Lin, Wierman, Andrew & Thereska,
 * IEEE/ACM ToN 21(5), 2013; rolling horizon with expected costs, Bertsekas, Dynamic Programming and Optimal Control §6.
 */
export function capacityBand(odds: LoadOdds, terms: BandTerms): CapacityBand {
  const plan = planner(odds, terms);
  const launch = lastUnit((k) => plan(k).launch, terms.needNow);
  const keep = lastUnit((k) => plan(k).keep, launch);
  return { launch, keep };
}

/** The capacity of the band that is closest to what stands, and why. */
export function withinBand({ launch, keep }: CapacityBand, standing: CapacityUnits): Decision {
  const worth = `${launch} are worth launching now, ${keep} are worth keeping`;
  if (standing < launch)
    return { target: units(launch), rule: 'band', reasons: [`${worth}: ${launch} instead of ${standing}`] };
  if (standing > keep)
    return { target: units(keep), rule: 'band', reasons: [`${worth}: ${keep} instead of ${standing}`] };
  return { target: standing, rule: 'band', reasons: [`${worth}: ${standing} stand, between the two`] };
}

interface FirstMoves {
  /** Ordering this unit now is better than ordering it later or never. */
  readonly launch: boolean;
  /** Keeping it now is no worse than letting it go. */
  readonly keep: boolean;
}

/** The largest k ≥ least for which `worth` holds, given that it holds up to some k and not beyond; least where it never does. */
function lastUnit(worth: (k: number) => boolean, least: number): number {
  let good = least;
  let step = 1;
  while (good + step < MOST_UNITS && worth(good + step)) {
    good += step;
    step *= 2;
  }
  let bad = good + step;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (worth(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function planner(odds: LoadOdds, terms: BandTerms): (k: number) => FirstMoves {
  const { lagSteps, bootSteps, cadenceSteps } = terms;
  const end = lagSteps + BOOTS_AHEAD * bootSteps;
  const missing = new Float64Array(end + 1);
  const on = new Float64Array(end + 2);
  const off = new Float64Array(end + 2);

  return (k) => {
    expectedShortage(odds, terms, k, missing);
    let moves: FirstMoves = { launch: false, keep: false };
    for (let h = end; h >= lagSteps; h--) {
      const staying = 1 + on[h + 1]!;
      const waiting = missing[h]! + off[h + 1]!;
      const mayAct = (h - lagSteps) % cadenceSteps === 0;
      const ordering = mayAct ? orderedAt(h, { bootSteps, end, missing, on }) : Number.POSITIVE_INFINITY;
      off[h] = Math.min(waiting, ordering);
      on[h] = mayAct ? Math.min(staying, off[h]!) : staying;
      moves = { launch: ordering < waiting, keep: staying <= off[h]! };
    }
    return moves;
  };

  /** Price from step h on of a unit ordered at h: paid for while it boots, missed where it is needed before it serves. */
  function orderedAt(
    h: number,
    plan: { bootSteps: number; end: number; missing: Float64Array; on: Float64Array },
  ): number {
    const ready = h + plan.bootSteps;
    if (ready > plan.end + 1) return Number.POSITIVE_INFINITY;
    let price = plan.on[ready]!;
    for (let i = h; i < ready; i++) price += 1 + plan.missing[i]!;
    return price;
  }
}

/** Expected price of missing the k-th unit at each step 0…end, into `out`. O(end + horizons · odds). */
function expectedShortage(
  odds: LoadOdds,
  { carriedBy, needNow, shortagePenalty }: BandTerms,
  k: number,
  out: Float64Array,
): void {
  const load = carriedBy(k - 1);
  out[0] = needNow >= k ? shortagePenalty : 0;
  let before = 1;
  let price = shortagePenalty * odds.exceedance(0, load);
  out[1] = price;
  odds.horizons.forEach((horizon, i) => {
    const next = shortagePenalty * odds.exceedance(i, load);
    for (let h = before + 1; h <= Math.min(horizon, out.length - 1); h++) {
      out[h] = price + ((next - price) * (h - before)) / (horizon - before);
    }
    before = Math.max(before, horizon);
    price = next;
  });
  out.fill(price, Math.min(before + 1, out.length));
}
