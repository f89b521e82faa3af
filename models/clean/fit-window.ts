import { accept, type Result, refuse } from '../kernel/result.ts';
import { type Series, slice } from '../kernel/series.ts';
import type { CleanLoad } from './load.ts';

/** Why there is nothing to learn from. */
export interface FitWindowRefusal {
  readonly kind: 'empty';
  readonly reason: string;
}

/**
 * The stretch of a cleaned load that a model may be fitted to: after the last gap too long to fill, up to the last known
 * step; all finite. Censored steps are taken at their lower bound, which errs towards less load; the reactive floor
 * stands against that. O(n).
 */
export function fitWindow(load: CleanLoad): Result<Series, FitWindowRefusal> {
  const { values } = load.series;
  let to = values.length;
  while (to > load.fitFrom && Number.isNaN(values[to - 1]!)) to--;
  if (to <= load.fitFrom) return refuse({ kind: 'empty', reason: 'no known load after the last long gap' });
  return accept(slice(load.series, load.fitFrom, to));
}
