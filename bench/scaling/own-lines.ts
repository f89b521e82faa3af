import type { DirectModel } from '../../models/forecast/direct-model.ts';
import {
  type FeatureView,
  featureCount,
  horizonFeatures,
  LEVEL,
  originFeatures,
} from '../../models/forecast/load-features.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { leastSquares } from '../../models/kernel/least-squares.ts';
import type { Series } from '../../models/kernel/series.ts';
import { withErrors } from './error-shapes.ts';
import { originsOf, viewOf } from './past-errors.ts';

/** As the direct regression has them. */
const RIDGE = 3e-5;
const LEAST_LEVEL = 0.03;
const MOST_ORIGINS = 6000;

/**
 * One line for a horizon, fitted to several loads, each on its own scale √(load / mean) and with the same features; rows
 * are weighted by one over the level, as the direct regression does. O(origins · features²).
 */
export function lineOf(views: readonly FeatureView[], steps: number): Float64Array {
  const origins = views.map((view) => originsOf(view, steps, Math.ceil(MOST_ORIGINS / views.length)));
  const rows = origins.reduce((sum, { length }) => sum + length, 0);
  const columns = Array.from({ length: featureCount(views[0]!.lagDays) }, () => new Float64Array(rows));
  const target = new Float64Array(rows);
  const row = new Float64Array(columns.length);
  let i = 0;
  views.forEach((view, s) => {
    for (const t of origins[s]!) {
      originFeatures(view, t, row);
      horizonFeatures(view, t, steps, row);
      const weight = 1 / Math.max(LEAST_LEVEL, view.averages[LEVEL]![t]!);
      for (let j = 0; j < row.length; j++) columns[j]![i] = row[j]! * weight;
      target[i++] = view.v[t + steps]! * weight;
    }
  });
  const solved = leastSquares(columns, target, RIDGE);
  if (!solved.ok) throw new InvariantError(`a ridge regression of ${rows} rows had no solution`);
  return solved.value;
}

/** The regression without what happened at the same time on earlier days: its lines and errors fitted anew. */
export function withoutDays(model: DirectModel, history: Series): DirectModel {
  const lagDays: readonly number[] = [];
  return withLines({ ...model, lagDays }, history, seenBy({ ...model, lagDays }, history));
}

/** The regression without what minutes of the hour have been like: its lines and errors fitted anew. */
export function withoutHabits(model: DirectModel, history: Series): DirectModel {
  const view = seenBy(model, history);
  return withLines(model, history, { ...view, habits: { ...view.habits, perHour: 0 } });
}

const seenBy = ({ unit, lagDays, horizons }: DirectModel, history: Series): FeatureView =>
  viewOf(history, { unit, lagDays, furthest: horizons.at(-1)!.steps });

/** The model with lines fitted to a view of its history, and the errors that they made. */
function withLines(model: DirectModel, history: Series, view: FeatureView): DirectModel {
  const horizons = model.horizons.map(({ steps }) => ({ steps, coefficients: Array.from(lineOf([view], steps)) }));
  return withErrors({ ...model, horizons }, history);
}
