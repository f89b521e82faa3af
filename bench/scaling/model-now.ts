import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { spreadOf } from '../../models/forecast/error-distribution.ts';
import { served } from '../../models/forecast/serving.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { locationAt } from './past-errors.ts';

/** What a model expects at each of its horizons, on the scale √(load / unit). */
export interface Expected {
  readonly locations: Float64Array;
  /** Expected absolute errors. */
  readonly spreads: Float64Array;
}

/** What a model expects after the newest step of a load that reaches back to its fit, without blanks. */
export function expectedNow(model: DirectModel, recent: GappedSeries): Expected {
  const { view, memory } = served(model, recent, recent.values.length - 1);
  const locations = locationAt(view, model, view.v.length - 1);
  return { locations, spreads: locations.map((location, i) => spreadOf(model.horizons[i]!, location, memory)) };
}
