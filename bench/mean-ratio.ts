import { geometricMean } from '../models/simulate/geometric-mean.ts';

/** Geometric mean of the ratios that exist, as tables have it: not those to or of nothing; a dash where none is left. */
export function meanRatio(ratios: readonly number[]): string {
  const known = ratios.filter((ratio) => ratio > 0 && ratio < Number.POSITIVE_INFINITY);
  return known.length === 0 ? '–' : geometricMean(known).toFixed(3);
}
