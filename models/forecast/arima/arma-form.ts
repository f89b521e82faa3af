/** An ARMA model that may have a season: orders of the steps, orders of the seasons, and the season's length in steps. */
export interface ArmaOrder {
  readonly p: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalQ: number;
  readonly season: number;
}

/** y(t) = Σ ar_i·y(t − i) + e(t) + Σ ma_j·e(t − j), the season's factors multiplied out; `ar[0]` belongs to lag 1. */
export interface ArmaForm {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
}

/** How many numbers an order has to be estimated. */
export const parameterCount = ({ p, q, seasonalP, seasonalQ }: ArmaOrder): number => p + q + seasonalP + seasonalQ;

/**
 * The model that parameters stand for, in the order AR, MA, seasonal AR, seasonal MA. Any real numbers make a model that is
 * stationary and invertible: each is bent into a partial autocorrelation.
 * Source: Monahan, A note on enforcing stationarity in ARMA models, Biometrika 71 (1984).
 */
export function formOf({ p, q, seasonalP, seasonalQ, season }: ArmaOrder, parameters: Float64Array): ArmaForm {
  const part = (from: number, count: number): Float64Array => coefficientsOf(parameters.subarray(from, from + count));
  const negative = (values: Float64Array): Float64Array => values.map((value) => -value);
  return multiplied({
    ar: part(0, p),
    ma: negative(part(p, q)),
    seasonalAr: part(p + q, seasonalP),
    seasonalMa: negative(part(p + q + seasonalP, seasonalQ)),
    season,
  });
}

export interface ArmaFactors {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  readonly seasonalAr: Float64Array;
  readonly seasonalMa: Float64Array;
  readonly season: number;
}

/** (1 − φB)(1 − ΦBˢ) and (1 + θB)(1 + ΘBˢ) multiplied out. */
export const multiplied = ({ ar, ma, seasonalAr, seasonalMa, season }: ArmaFactors): ArmaForm => ({
  ar: product(ar, seasonalAr, { season, sign: -1 }),
  ma: product(ma, seasonalMa, { season, sign: 1 }),
});

function product(
  near: Float64Array,
  far: Float64Array,
  { season, sign }: { readonly season: number; readonly sign: number },
): Float64Array {
  const out = new Float64Array(near.length + far.length * season);
  out.set(near);
  far.forEach((value, k) => {
    const at = (k + 1) * season;
    out[at - 1]! += value;
    for (let i = 0; i < near.length; i++) out[at + i]! += sign * value * near[i]!;
  });
  return out;
}

/** Autoregressive coefficients whose partial autocorrelations are the bent parameters: the recursion of Durbin & Levinson. */
function coefficientsOf(parameters: Float64Array): Float64Array {
  let coefficients = new Float64Array(0);
  for (const parameter of parameters) {
    const partial = parameter / Math.sqrt(1 + parameter * parameter);
    const k = coefficients.length;
    const next = new Float64Array(k + 1);
    for (let i = 0; i < k; i++) next[i] = coefficients[i]! - partial * coefficients[k - 1 - i]!;
    next[k] = partial;
    coefficients = next;
  }
  return coefficients;
}
