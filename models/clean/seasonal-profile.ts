import { median } from '../kernel/statistics.ts';

/** Square root with the sign kept: counts have nearly the same spread on it, whatever their level. */
export const signedRoot = (value: number): number => Math.sign(value) * Math.sqrt(Math.abs(value));

/** What the seasons of a series have in common: the deviation of each phase from the level of its season. */
export interface SeasonalProfile {
  /** One value a phase; 0 where no season has one. */
  readonly phases: Float64Array;
  /** The level of each season, the last one possibly not whole; NaN where it has no value. */
  readonly levels: Float64Array;
}

/**
 * Median level of each season, then the median over the seasons of what each phase is above it: neither a bad day nor a
 * bad minute moves the profile. NaN is left out. `period` steps at least 1; season k begins at step k · period.
 * Needs values that are finite or NaN. O(n log n).
 * Source: the classical decomposition with medians for means, Hyndman & Athanasopoulos, FPP3 §3.4.
 */
export function seasonalProfile(values: Float64Array, period: number): SeasonalProfile {
  const seasons = Math.ceil(values.length / period);
  const known = (value: number): boolean => !Number.isNaN(value);
  const levels = Float64Array.from({ length: seasons }, (_, k) =>
    median(values.subarray(k * period, (k + 1) * period).filter(known)),
  );
  const phases = new Float64Array(period);
  const above = new Float64Array(seasons);
  for (let phase = 0; phase < period; phase++) {
    let seen = 0;
    for (let k = 0; k < seasons; k++) {
      const value = (values[k * period + phase] ?? Number.NaN) - levels[k]!;
      if (known(value)) above[seen++] = value;
    }
    phases[phase] = seen === 0 ? 0 : median(above.subarray(0, seen));
  }
  return { phases, levels };
}
