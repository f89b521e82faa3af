import { InvariantError } from '../kernel/errors.ts';
import type { GappedSeries } from '../kernel/series.ts';

/**
 * The same load, every step of it multiplied; blanks stay blank. A value too large to be held becomes Infinity, which no
 * problem accepts. Throws `InvariantError` unless the factor is finite and above 0. O(n).
 */
export function scaledLoad(series: GappedSeries, factor: number): GappedSeries {
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new InvariantError(`a load is multiplied by ${factor}`, { factor });
  return { ...series, values: series.values.map((value) => value * factor) };
}
