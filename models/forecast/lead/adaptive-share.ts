/** How fast the share asked for follows the share that was met; slower where misses are rare, for each says more there. */
const RATE = 0.08;

/** Multiples of that rate among which the one that serves best is found. */
const RATES = [1 / 4, 1 / 2, 1, 2, 4] as const;

/** Weight that each rate gets anew after each target, so that none is ever given up. */
const RENEWED = 1e-3;

/** The share of past scores that a bound is asked to hold, so that it holds the wanted share of what comes. */
export interface AdaptiveShare {
  /** In [0, 1]. */
  readonly asked: () => number;
  /** Takes in whether a bound held its target, and, where it asks, the least share, in [0, 1], that would have now. O(1) beside asking. */
  readonly heed: (held: boolean, leastShare: () => number) => void;
}

/** The wanted share, and how many days late targets become known. */
export interface ShareTerms {
  readonly level: number;
  readonly lateDays: number;
}

/** News moves the share by so many times less for each day that it is late: errors near in time repeat each other. */
const SLOWER_BY = 9;

const rateOf = ({ level, lateDays }: ShareTerms): number =>
  (RATE * Math.sqrt(Math.min(level, 1 - level))) / (1 + SLOWER_BY * lateDays);

const moved = (asked: number, by: number): number => Math.min(1, Math.max(0, asked + by));

/**
 * Asks for more after each miss and for less after each hit, at one rate.
 * Source: ACI, Gibbs & Candès, NeurIPS 2021, eq. 2; why late news asks for lower rates, Joulani, György &
 * Szepesvári, ICML 2013.
 */
export function adaptiveShare(terms: ShareTerms): AdaptiveShare {
  const rate = rateOf(terms);
  let asked = terms.level;
  return {
    asked: () => asked,
    heed: (held) => {
      asked = moved(asked, rate * (terms.level - Number(held)));
    },
  };
}

/**
 * The same at five rates beside each other, mixed by the pinball loss of what each has asked for: no rate has to be chosen.
 * Source: DtACI, Gibbs & Candès, JMLR 25 (2024), algorithm 1, with the mean instead of a draw.
 */
export function aggregatedShare(terms: ShareTerms): AdaptiveShare {
  const { level, lateDays } = terms;
  const rates = RATES.map((multiple) => multiple * rateOf(terms));
  const asked = rates.map(() => level);
  let weights = rates.map(() => 1 / rates.length);
  const sharpness = 1 / (level * (1 - level) * (1 + lateDays));
  const loss = (needed: number, share: number): number =>
    needed > share ? level * (needed - share) : (1 - level) * (share - needed);
  return {
    asked: () => weights.reduce((sum, weight, r) => sum + weight * asked[r]!, 0),
    heed: (_held, leastShare) => {
      const needed = leastShare();
      const raw = weights.map((weight, r) => weight * Math.exp(-sharpness * loss(needed, asked[r]!)));
      const sum = raw.reduce((total, weight) => total + weight, 0);
      weights = raw.map((weight) => ((1 - RENEWED) * weight) / sum + RENEWED / rates.length);
      rates.forEach((rate, r) => {
        asked[r] = moved(asked[r]!, rate * (level - Number(needed <= asked[r]!)));
      });
    },
  };
}
