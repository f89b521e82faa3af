import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';
import { type Coarse, type CoarseTerms, coarsen } from './coarsen.ts';
import { usable } from './finite.ts';
import type { ForecastRefusal } from './forecaster.ts';

const DAY_MS = 86_400_000;

/** A history on the grid that a model is fitted on. */
export interface KnownDays extends Coarse {
  /** Steps of a day on that grid. */
  readonly day: number;
}

/**
 * The newest steps of a history on a coarser grid, for a model that cannot say anything of a constant. Refuses less than two
 * days, values that are not finite, and a load that never changes. O(n).
 */
export function knownDays(history: Series, terms: CoarseTerms): Result<KnownDays, ForecastRefusal> {
  const { series, factor } = coarsen(history, terms);
  const { values, stepMs } = series;
  const day = Math.round(DAY_MS / stepMs);
  const fit = usable(values, 2 * day);
  if (!fit.ok) return fit;
  if (values.every((load) => load === values[0]))
    return refuse({ kind: 'no-signal', reason: 'the load never changes' });
  return accept({ series, factor, day });
}
