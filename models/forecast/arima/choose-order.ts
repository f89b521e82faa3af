import type { ArmaOrder } from './arma-form.ts';
import { type FittedArma, fitArma, ROUGH } from './fit-arma.ts';

/** Highest orders of the steps and of the seasons. */
const MOST = { p: 3, q: 3, seasonalP: 1, seasonalQ: 1 };

/** Models that are fitted at most. */
const MOST_MODELS = 16;

/**
 * The model of least AICc among those that a walk passes: from four simple ones the best is taken, and then the best of its
 * neighbours as long as one is better; fits are rough on the way, the last one exact. `season` of 1: no seasonal orders.
 * Undefined where no model can be fitted.
 * Cost:   at most 16 fits.
 * Source: Hyndman & Khandakar, Automatic time series forecasting, J. of Statistical Software 27 (2008), §3.2.
 */
export function chooseOrder(y: Float64Array, season: number): FittedArma | undefined {
  const tried = new Map<string, FittedArma | undefined>();
  const seasonal = season > 1;
  const order = (p: number, q: number, seasonalP: number, seasonalQ: number): ArmaOrder =>
    seasonal ? { p, q, seasonalP, seasonalQ, season } : { p, q, seasonalP: 0, seasonalQ: 0, season: 1 };
  let best: FittedArma | undefined;
  const walk = (candidates: readonly ArmaOrder[]): boolean => {
    const before = best;
    for (const candidate of candidates) {
      const key = JSON.stringify(candidate);
      if (tried.has(key) || tried.size >= MOST_MODELS) continue;
      const fitted = fitArma(y, candidate, ROUGH);
      tried.set(key, fitted);
      if (fitted !== undefined && !(best !== undefined && best.aicc <= fitted.aicc)) best = fitted;
    }
    return best !== before;
  };
  walk([order(2, 2, 1, 1), order(0, 0, 0, 0), order(1, 0, 1, 0), order(0, 1, 0, 1)]);
  while (best !== undefined && walk(neighboursOf(best.order, seasonal))) {
    // Each round of the walk is in its condition.
  }
  return best === undefined ? undefined : (fitArma(y, best.order) ?? best);
}

/** One order up or down, p and q together too. */
function neighboursOf(order: ArmaOrder, seasonal: boolean): readonly ArmaOrder[] {
  const moves: readonly Partial<Record<keyof typeof MOST, number>>[] = [
    { p: 1 },
    { p: -1 },
    { q: 1 },
    { q: -1 },
    { p: 1, q: 1 },
    { p: -1, q: -1 },
    ...(seasonal ? [{ seasonalP: 1 }, { seasonalP: -1 }, { seasonalQ: 1 }, { seasonalQ: -1 }] : []),
  ];
  return moves
    .map(({ p = 0, q = 0, seasonalP = 0, seasonalQ = 0 }) => ({
      ...order,
      p: order.p + p,
      q: order.q + q,
      seasonalP: order.seasonalP + seasonalP,
      seasonalQ: order.seasonalQ + seasonalQ,
    }))
    .filter((one) => within(one.p, MOST.p) && within(one.q, MOST.q))
    .filter((one) => within(one.seasonalP, MOST.seasonalP) && within(one.seasonalQ, MOST.seasonalQ));
}

const within = (value: number, most: number): boolean => value >= 0 && value <= most;
