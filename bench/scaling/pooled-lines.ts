import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { withErrors } from './error-shapes.ts';
import { lineOf } from './own-lines.ts';
import { viewOf } from './past-errors.ts';

/** How far a series' own line is drawn towards that of the others. */
const DRAWN = 0.5;

/** Draws a model's lines towards what other series taught, and learns its errors anew. */
export type Pooling = (model: DirectModel, history: Series) => DirectModel;

/**
 * Half-way between a series' own lines and those fitted to others of the same step, each in units of its own mean; of the
 * others only what lies before their scored steps is used. Without others of that step nothing changes.
 * Cost: one fit for each horizon and set of days that models come with, then that of the errors.
 */
export function pooledWith(others: readonly ScalingProblem[]): Pooling {
  const lines = new Map<string, Float64Array>();
  const taught = (steps: number, lagDays: readonly number[], stepMs: number): Float64Array | undefined => {
    const key = `${steps} ${lagDays.join()}`;
    const alike = others.filter(({ stepSeconds }) => stepSeconds * 1000 === stepMs);
    if (alike.length > 0 && !lines.has(key)) {
      const views = alike.map((other) => {
        const history = pastOf(other);
        return viewOf(history, { unit: mean(history.values), lagDays, furthest: steps });
      });
      lines.set(key, lineOf(views, steps));
    }
    return lines.get(key);
  };
  return (model, history) => {
    const horizons = model.horizons.map((own) => {
      const pooled = taught(own.steps, model.lagDays, model.stepMs);
      if (pooled === undefined) return own;
      return { ...own, coefficients: own.coefficients.map((c, j) => c + DRAWN * (pooled[j]! - c)) };
    });
    return horizons.every((line, i) => line === model.horizons[i])
      ? model
      : withErrors({ ...model, horizons }, history);
  };
}

const pastOf = ({ load, stepSeconds, scoreFrom }: ScalingProblem): Series => ({
  startMs: instant(0),
  stepMs: stepSeconds * 1000,
  values: load.subarray(0, scoreFrom),
});
