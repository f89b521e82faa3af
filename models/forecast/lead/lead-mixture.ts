import type { LeadGrid } from './lead-grid.ts';
import { isYardstick } from './lead-models.ts';
import type { LeadRows } from './lead-rows.ts';
import type { LeadWalk } from './lead-walk.ts';

/** Days after which an error counts for a third of what a new one does. */
const MEMORY_DAYS = 21;

/** A model that errs by a tenth more than the best weighs less than half of it. */
const SHARPNESS = 8;

/** After so many errors that do not repeat each other, the models weigh as much as the better season repeated. */
const DOUBT = 1;

/** The forecast that counts, and the model that had most weight in the end. */
export interface LeadMixture {
  /** One for each row from the walk's start. */
  readonly forecast: Float64Array;
  readonly champion: string;
}

/**
 * Mixes the models by how far each has been off lately: at the start of each day the weights are set from the errors whose
 * targets are known then, newer ones counting more. As long as few are known, most weight stays with the day before or the
 * week before, whichever erred less. O(days · rows · models).
 * Source: exponentially weighted forecasters, Cesa-Bianchi & Lugosi, Prediction, Learning, and Games (2006), §2.1; the
 * rate is set relative to the best model's error, so that the unit of the load does not matter.
 */
export function mixed(rows: LeadRows, { day, lead }: LeadGrid, { from, forecasts }: LeadWalk): LeadMixture {
  const models = [...forecasts];
  const safe = models.map(([name]) => isYardstick(name));
  const actual = rows.actual.subarray(from);
  const forecast = new Float64Array(actual.length);
  let champion = models[0]?.[0] ?? '';
  for (let start = 0; start < forecast.length; start += day) {
    const known = Math.max(0, start - lead + 1);
    const errors = models.map(([, path]) => recentError(path.subarray(0, known), actual, day));
    const trust = trustIn(known / (lead + day / 4));
    const weights = weightsOf(errors, safe, trust);
    champion = models[weights.indexOf(Math.max(...weights))]![0];
    for (let i = start; i < Math.min(forecast.length, start + day); i++) {
      forecast[i] = models.reduce((sum, [, path], m) => sum + weights[m]! * path[i]!, 0);
    }
  }
  return { forecast, champion };
}

/** The share of the weight that errors decide, by how many of them do not repeat each other. */
const trustIn = (errors: number): number => errors / (errors + DOUBT);

/** Weighted mean of the absolute errors; NaN where none is known. */
function recentError(path: Float64Array, actual: Float64Array, day: number): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < path.length; i++) {
    const error = Math.abs(path[i]! - actual[i]!);
    if (Number.isNaN(error)) continue;
    const w = Math.exp((i - path.length) / (day * MEMORY_DAYS));
    sum += w * error;
    weight += w;
  }
  return sum / weight;
}

/** Weights that sum to 1: `trust` of them by the errors, the rest to the best of the safe models. */
function weightsOf(errors: readonly number[], safe: readonly boolean[], trust: number): readonly number[] {
  if (errors.some(Number.isNaN)) return errors.map((_, m) => Number(m === safe.indexOf(true)));
  const least = Math.min(...errors);
  const raw = errors.map((error) => (least === 0 ? Number(error === 0) : Math.exp(-SHARPNESS * (error / least - 1))));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const leastSafe = Math.min(...errors.filter((_, m) => safe[m]));
  const refuge = errors.findIndex((error, m) => safe[m]! && error === leastSafe);
  return raw.map((weight, m) => (trust * weight) / sum + (m === refuge ? 1 - trust : 0));
}
