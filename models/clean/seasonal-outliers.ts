import { seasonalProfile, signedRoot } from './seasonal-profile.ts';
import { robustSpread } from './spread.ts';

export interface SeasonalOutlierOptions {
  /** Steps of one season, for example those of a day. */
  readonly period: number;
  /** Spreads from the seasonal expectation at which a value is an outlier. */
  readonly threshold: number;
}

/** Fewer whole seasons than this say nothing about what is usual at a time of day. */
const FEWEST_SEASONS = 3;

/**
 * Outliers by seasonal residual: 1 where a value is further than `threshold` spreads from what its season's level and
 * its phase lead to expect, on the scale of the square root. A peak that comes every day is none, however steep.
 * None where there are fewer than three whole seasons. NaN is no outlier and no witness; infinities are outliers.
 * O(n log n).
 * Source: remainder of a robust seasonal decomposition against its spread, Hyndman & Athanasopoulos, FPP3 §13.9.
 */
export function seasonalOutliers(values: Float64Array, options: SeasonalOutlierOptions): Uint8Array {
  const period = Math.max(1, Math.round(options.period));
  if (values.length < FEWEST_SEASONS * period) return Uint8Array.from(values, (value) => (isInfinite(value) ? 1 : 0));
  const v = values.map((value) => (Number.isFinite(value) ? signedRoot(value) : Number.NaN));
  const { phases, levels } = seasonalProfile(v, period);
  const residual = v.map((value, i) => value - levels[Math.floor(i / period)]! - phases[i % period]!);
  const known = residual.filter((r) => !Number.isNaN(r));
  const reach = known.length === 0 ? 0 : options.threshold * robustSpread(known);
  const flags = new Uint8Array(values.length);
  for (let i = 0; i < flags.length; i++) if (Math.abs(residual[i]!) > reach || isInfinite(values[i]!)) flags[i] = 1;
  return flags;
}

const isInfinite = (value: number): boolean => Math.abs(value) === Number.POSITIVE_INFINITY;
