import type { ForecastArtefact } from '../models/forecast/artefact.ts';
import type { FitOptions } from '../models/forecast/fit.ts';
import type { ForecastRefusal } from '../models/forecast/forecaster.ts';
import type { Result } from '../models/kernel/result.ts';
import type { Series } from '../models/kernel/series.ts';

/** Fits all candidate models to a history and keeps the champion; in this thread or in a worker. */
export interface Fitter {
  fit(window: Series, options: FitOptions): Promise<Result<ForecastArtefact, ForecastRefusal>>;
}
