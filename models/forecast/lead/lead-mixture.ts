import { least } from '../../kernel/least.ts';
import { PRETRAINED } from '../pretrained/lead-trees.ts';
import { errorRecord } from './error-record.ts';
import type { LeadGrid } from './lead-grid.ts';
import { isYardstick } from './lead-models.ts';
import type { LeadRows } from './lead-rows.ts';
import type { LeadWalk } from './lead-walk.ts';

/** A model that errs by a tenth more than the best weighs less than half of it. */
const SHARPNESS = 8;

/** After so many errors that do not repeat each other, the models weigh as much as their refuge. */
const DOUBT = 1;

/** A season that errs by less than this share of what was learned elsewhere is its better, whatever many loads do. */
const FAR_LESS = 0.7;

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
 * usually are and the news of it is a day old, most weight stays with a refuge that needs no errors to be believed
 * (`refugeOf`). O(rows · models).
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
  const refuges = {
    home: names.indexOf(PRETRAINED),
    seasons: names.flatMap((name, m) => (isYardstick(name) ? [m] : [])),
  };
  const actual = rows.actual.subarray(from);
  const stale = Math.min(1, lead / day);
  const record = errorRecord(names.length, { day, stale });
  const forecast = new Float64Array(actual.length);
  let weights = names.map((_, m) => Number(m === (refuges.home < 0 ? refuges.seasons[0] : refuges.home)));
  for (let i = 0; i < forecast.length; i++) {
    const known = i - lead;
    if (known >= 0 && !Number.isNaN(actual[known]!)) {
      record.add(Float64Array.from(paths, (path) => Math.abs(path[known]! - actual[known]!)));
    }
    if (!record.isEmpty()) {
      const surprise = stale * Math.max(0, record.surprise() - SURPRISE.from);
      const errors = (known + 1) / (lead + day / 4);
      weights = weightsOf(record.means(), refuges, errors / (errors + DOUBT * (1 + SURPRISE.doubt * surprise)));
    }
    forecast[i] = paths.reduce((sum, path, m) => sum + weights[m]! * path[i]!, 0);
  }
  return { forecast, champion: names[weights.indexOf(Math.max(...weights))] ?? '' };
}

interface Refuges {
  /** What learned elsewhere; below 0 where it is not among the models. */
  readonly home: number;
  readonly seasons: readonly number[];
}

/** Weights that sum to 1: `trust` of them by the errors, the rest to the refuge. */
function weightsOf(errors: Float64Array, refuges: Refuges, trust: number): number[] {
  const best = Math.min(...errors);
  const raw = Array.from(errors, (error) =>
    best === 0 ? Number(error === 0) : Math.exp(-SHARPNESS * (error / best - 1)),
  );
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const refuge = refugeOf(errors, refuges);
  return raw.map((weight, m) => (trust * weight) / sum + (m === refuge ? 1 - trust : 0));
}

/** What learned elsewhere, unless the better season has erred far less; without it that season. */
function refugeOf(errors: Float64Array, { home, seasons }: Refuges): number {
  const season = least(seasons, (m) => errors[m]!);
  return home < 0 || errors[season]! < FAR_LESS * errors[home]! ? season : home;
}
