import { errorRecord } from './error-record.ts';
import type { LeadGrid } from './lead-grid.ts';
import { refuges } from './lead-models.ts';
import type { LeadRows } from './lead-rows.ts';
import type { LeadWalk } from './lead-walk.ts';

/** A model that errs by a tenth more than the best weighs less than half of it. */
const SHARPNESS = 8;

/** After so many errors that do not repeat each other, the models weigh as much as their refuge. */
const DOUBT = 1;

/** Errors beyond twice the usual raise the doubt, each once more by this, where errors are a day old or more. */
const SURPRISE = { from: 2, doubt: 3 } as const;

/** The forecast that counts, and the model that had most weight in the end. */
export interface LeadMixture {
  /** One for each row from the walk's start. */
  readonly forecast: Float64Array;
  readonly champion: string;
}

/**
 * Mixes the models by how far each has been off lately: at each origin the weights are set from the errors whose targets are
 * known then, newer ones counting more. As long as few are known, or while all models are off by much more than they
 * usually are and the news of it is a day old, most weight stays with what needs no errors to be believed (`refuges`), of
 * several with the one that erred least. O(rows · models).
 * Source: exponentially weighted forecasters, Cesa-Bianchi & Lugosi, Prediction, Learning, and Games (2006), §2.1; the
 * rate is set relative to the best model's error, so that the unit of the load does not matter.
 */
export function mixed(
  rows: Pick<LeadRows, 'actual'>,
  { day, lead }: Pick<LeadGrid, 'day' | 'lead'>,
  { from, forecasts }: LeadWalk,
): LeadMixture {
  const names = [...forecasts.keys()];
  const paths = [...forecasts.values()];
  const believed = refuges(names);
  const safe = names.map((name) => believed.includes(name));
  const actual = rows.actual.subarray(from);
  const stale = Math.min(1, lead / day);
  const record = errorRecord(names.length, { day, stale });
  const forecast = new Float64Array(actual.length);
  let weights = names.map((_, m) => Number(m === safe.indexOf(true)));
  for (let i = 0; i < forecast.length; i++) {
    const known = i - lead;
    if (known >= 0 && !Number.isNaN(actual[known]!)) {
      record.add(Float64Array.from(paths, (path) => Math.abs(path[known]! - actual[known]!)));
    }
    if (!record.isEmpty()) {
      const surprise = stale * Math.max(0, record.surprise() - SURPRISE.from);
      const errors = (known + 1) / (lead + day / 4);
      weights = weightsOf(record.means(), safe, errors / (errors + DOUBT * (1 + SURPRISE.doubt * surprise)));
    }
    forecast[i] = paths.reduce((sum, path, m) => sum + weights[m]! * path[i]!, 0);
  }
  return { forecast, champion: names[weights.indexOf(Math.max(...weights))] ?? '' };
}

/** Weights that sum to 1: `trust` of them by the errors, the rest to the best of the safe models. */
function weightsOf(errors: Float64Array, safe: readonly boolean[], trust: number): number[] {
  const least = Math.min(...errors);
  const raw = Array.from(errors, (error) =>
    least === 0 ? Number(error === 0) : Math.exp(-SHARPNESS * (error / least - 1)),
  );
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const leastSafe = Math.min(...errors.filter((_, m) => safe[m]));
  const refuge = errors.findIndex((error, m) => safe[m]! && error === leastSafe);
  return raw.map((weight, m) => (trust * weight) / sum + (m === refuge ? 1 - trust : 0));
}
