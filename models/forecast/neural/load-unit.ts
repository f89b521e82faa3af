import { accept, type Result, refuse } from '../../kernel/result.ts';
import { ascending, quantileOfSorted } from '../../kernel/statistics.ts';
import type { ForecastRefusal } from '../forecaster.ts';

/** `range`: the greatest load is near 1. `robust`: the interquartile range of what the season leaves is near 1. */
export type UnitKind = 'range' | 'robust';

export const UNIT_KINDS: readonly UnitKind[] = ['range', 'robust'];

/**
 * The load that is 1 to a network: a power of two, so that dividing by it and multiplying by it again gives back every
 * load bit for bit. The load's zero stays zero: what centres it is the seasonal base that a network corrects.
 *
 * `left` is what the base leaves of the load. A load whose remainder never moves in its middle half is measured by its
 * range instead. Refuses a load that never changes. O(n log n).
 */
export function loadUnit(kind: UnitKind, load: Float64Array, left: Float64Array): Result<number, ForecastRefusal> {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of load) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(most > 0)) return refuse({ kind: 'no-signal', reason: 'the load is zero throughout' });
  if (least === most) return refuse({ kind: 'no-signal', reason: 'the load never changes' });
  const sorted = kind === 'robust' ? ascending(left) : new Float64Array(1);
  const spread = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  return accept(nearestPower(spread > 0 ? spread : most));
}

/** The power of two nearest to a number above 0, as exponents go; never so small that a load's digits would be lost. */
const nearestPower = (size: number): number => 2 ** Math.max(-900, Math.round(Math.log2(size)));
