/** What a unit's best plan does first, on the mean of the paths. */
export interface FirstMoves {
  readonly launch: boolean;
  readonly keep: boolean;
}

export interface PathTerms {
  readonly needNow: number;
  readonly lagSteps: number;
  readonly bootSteps: number;
  readonly shortagePenalty: number;
  /** Greatest load that so many units carry, on the scale of the paths. */
  readonly carriedBy: (units: number) => number;
}

/**
 * Rolling dynamic programme over scenario paths: for one unit, the price of each first move is the mean over the paths of
 * the cheapest plan after it. `paths[s][h]` is the load at step h ≥ 1; all have one length.
 *
 * Optimistic: after the first move each path is planned for by one who knows it, so that both moves look cheaper than
 * they are, the more so the more paths differ (an information relaxation without penalty: Brown, Smith & Sun, Operations
 * Research 58(4), 2010).
 * Cost: O(paths · steps) a unit.
 */
export function pathPlan(paths: readonly Float64Array[], terms: PathTerms): (unit: number) => FirstMoves {
  const end = paths[0]!.length - 1;
  const buffers: Buffers = {
    missed: new Float64Array(end + 2),
    on: new Float64Array(end + 2),
    off: new Float64Array(end + 2),
  };
  return (unit) => {
    const least = terms.carriedBy(unit - 1);
    const prices = { ordering: 0, waiting: 0, staying: 0 };
    for (const path of paths) {
      countMissed(path, { least, now: terms.needNow >= unit, penalty: terms.shortagePenalty }, buffers.missed);
      addPrices(prices, buffers, { ...terms, end });
    }
    return {
      launch: prices.ordering < prices.waiting,
      keep: prices.staying <= Math.min(prices.waiting, prices.ordering),
    };
  };
}

interface Buffers {
  /** `missed[h]`: price of missing the unit in all steps before h. */
  readonly missed: Float64Array;
  readonly on: Float64Array;
  readonly off: Float64Array;
}

function countMissed(
  path: Float64Array,
  { least, now, penalty }: { readonly least: number; readonly now: boolean; readonly penalty: number },
  missed: Float64Array,
): void {
  missed[1] = now ? penalty : 0;
  for (let h = 1; h < path.length; h++) missed[h + 1] = missed[h]! + (path[h]! > least ? penalty : 0);
}

/** Adds one path's price of each first move. */
function addPrices(
  prices: { ordering: number; waiting: number; staying: number },
  { missed, on, off }: Buffers,
  { lagSteps, bootSteps, end }: { readonly lagSteps: number; readonly bootSteps: number; readonly end: number },
): void {
  for (let h = end; h >= lagSteps; h--) {
    const ready = h + bootSteps;
    const staying = 1 + on[h + 1]!;
    const waiting = missed[h + 1]! - missed[h]! + off[h + 1]!;
    const ordering = ready > end + 1 ? Number.POSITIVE_INFINITY : bootSteps + missed[ready]! - missed[h]! + on[ready]!;
    off[h] = Math.min(waiting, ordering);
    on[h] = Math.min(staying, off[h]!);
    if (h > lagSteps) continue;
    prices.ordering += ordering;
    prices.waiting += waiting;
    prices.staying += staying;
  }
}

/** The capacity that what stands moves to, given what the plan does first with each unit; never below `least`. */
export function movedBy(plan: (unit: number) => FirstMoves, standing: number, least: number): number {
  const base = Math.max(standing, least);
  if (plan(base + 1).launch) return lastUnit((unit) => plan(unit).launch, base + 1);
  if (base === least || plan(base).keep) return base;
  let good = least;
  let bad = base;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (plan(middle).keep) good = middle;
    else bad = middle;
  }
  return good;
}

/** The largest unit for which `worth` holds, given that it holds for `good` and up to some unit. */
function lastUnit(worth: (unit: number) => boolean, good: number): number {
  let known = good;
  let step = 1;
  while (worth(known + step)) {
    known += step;
    step *= 2;
  }
  let bad = known + step;
  while (bad - known > 1) {
    const middle = (known + bad) >> 1;
    if (worth(middle)) known = middle;
    else bad = middle;
  }
  return known;
}
