import { mean } from '../kernel/statistics.ts';

/** A power transform of loads ≥ 0. Plain JSON. λ = 0 is the logarithm, 1 leaves the shape as it is. */
export interface BoxCox {
  readonly lambda: number;
  /** Added before the transform, so that a load of 0 has an image; unit of the load, above 0 where λ is 0. */
  readonly offset: number;
}

/** Powers that are tried: loads are never so skewed that more would help, and less than 0 has no image of all loads. */
const MOST_LAMBDA = 1;

/** Share of the mean load that is added to it: silence then lies a few units below the usual, and not at −∞. */
const OFFSET_SHARE = 0.01;

/** ((x + offset)^λ − 1) / λ, for λ = 0 ln(x + offset); NaN for a load below −offset. O(n). */
export const transformed = ({ lambda, offset }: BoxCox, values: Float64Array): Float64Array =>
  values.map((x) => (lambda === 0 ? Math.log(x + offset) : ((x + offset) ** lambda - 1) / lambda));

/** The load whose transform is z; 0 for what lies below the transform of 0. O(n). */
export const restored = ({ lambda, offset }: BoxCox, values: Float64Array): Float64Array =>
  values.map((z) => {
    const power = lambda === 0 ? Math.exp(z) : Math.max(0, lambda * z + 1) ** (1 / lambda);
    return Math.max(0, power - offset);
  });

/** The logarithm with an offset of 1 % of the mean load (1 where that is 0). */
export const logOf = (values: Float64Array): BoxCox => ({ lambda: 0, offset: offsetOf(values) });

/**
 * The power at which the load varies as much in high seasons as in low ones: the λ in [0, 1], to 0.01, at which
 * sd / mean^(1−λ) of the seasons has the least coefficient of variation. 1, with nothing to tell by, where fewer than two
 * seasons of `period` steps have a mean and a spread above 0. Blank steps are left out. O(n + 101 · seasons).
 * Source: Guerrero, Time-series analysis supported by power transformations, J. Forecasting 12 (1993).
 */
export function guerrero(values: Float64Array, period: number): BoxCox {
  const offset = offsetOf(values);
  const seasons: { readonly centre: number; readonly sd: number }[] = [];
  const length = Math.max(2, Math.round(period));
  for (let from = 0; from + length <= values.length; from += length) {
    const season = values.subarray(from, from + length).filter(Number.isFinite);
    const centre = mean(season) + offset;
    const sd = Math.sqrt(mean(season.map((x) => (x + offset - centre) ** 2)));
    if (season.length >= 2 && centre > 0 && sd > 0 && Number.isFinite(sd)) seasons.push({ centre, sd });
  }
  if (seasons.length < 2) return { lambda: MOST_LAMBDA, offset };
  const lambdas = Array.from({ length: 101 }, (_, i) => (i * MOST_LAMBDA) / 100);
  const costs = lambdas.map((lambda) => variation(seasons.map(({ centre, sd }) => sd / centre ** (1 - lambda))));
  return { lambda: lambdas[costs.indexOf(Math.min(...costs))] ?? MOST_LAMBDA, offset };
}

function variation(ratios: readonly number[]): number {
  const centre = mean(ratios);
  return Math.sqrt(mean(ratios.map((r) => (r - centre) ** 2))) / centre;
}

function offsetOf(values: Float64Array): number {
  const known = values.filter(Number.isFinite);
  const centre = known.reduce((sum, x) => sum + x / known.length, 0);
  return centre > 0 ? OFFSET_SHARE * centre : 1;
}
