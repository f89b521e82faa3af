import { ascending, mean, quantileOfSorted } from '../kernel/statistics.ts';

/** `min-max`: onto [0, 1]. `robust`: median and interquartile range. `standard`: mean and standard deviation. */
export type ScalerKind = 'min-max' | 'robust' | 'standard';

/** z = (x − centre) / spread, plain JSON; spread is above 0. */
export interface Scaler {
  readonly kind: ScalerKind;
  readonly centre: number;
  readonly spread: number;
}

/**
 * Learns a scale from the finite values. A series without spread (constant, one value) has spread 1 and is mapped onto 0;
 * one without any finite value has centre 0. O(n log n).
 */
export function fitScaler(kind: ScalerKind, values: Float64Array): Scaler {
  const known = ascending(values.filter(Number.isFinite));
  if (known.length === 0) return { kind, centre: 0, spread: 1 };
  if (known[0] === known.at(-1)) return { kind, centre: known[0]!, spread: 1 };
  const { centre, spread } = LEARN[kind](known);
  return { kind, centre, spread: spread > 0 && Number.isFinite(spread) ? spread : 1 };
}

const LEARN: Readonly<Record<ScalerKind, (sorted: Float64Array) => { centre: number; spread: number }>> = {
  'min-max': (sorted) => ({ centre: sorted[0]!, spread: sorted.at(-1)! - sorted[0]! }),
  robust: (sorted) => ({
    centre: quantileOfSorted(sorted, 0.5),
    spread: quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25),
  }),
  standard: (sorted) => {
    // Divided before it is added up, so that the largest numbers there are do not overflow.
    const centre = sorted.reduce((sum, x) => sum + x / sorted.length, 0);
    return { centre, spread: Math.sqrt(mean(sorted.map((x) => (x - centre) ** 2))) };
  },
};

/** Values on the scale; NaN stays NaN. O(n). */
export const scaled = ({ centre, spread }: Scaler, values: Float64Array): Float64Array =>
  values.map((x) => (x - centre) / spread);

/**
 * Back from the scale. What was scaled comes back within four roundings of the greatest of |x|, |centre| and the spread;
 * a constant series comes back bit for bit. O(n).
 */
export const unscaled = ({ centre, spread }: Scaler, values: Float64Array): Float64Array =>
  values.map((z) => z * spread + centre);
