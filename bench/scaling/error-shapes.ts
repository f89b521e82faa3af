import type { DirectModel, HorizonModel } from '../../models/forecast/direct-model.ts';
import { fitErrors, type Residuals } from '../../models/forecast/error-distribution.ts';
import { noErrors } from '../../models/forecast/error-memory.ts';
import type { Series } from '../../models/kernel/series.ts';
import { mean, median } from '../../models/kernel/statistics.ts';
import { normalQuantile } from './incomplete-gamma.ts';
import { type Lines, memoriesOf, residualsOf, viewOf } from './past-errors.ts';

const STATISTICS = 256;

/** Standard deviations in one mean absolute error of a normal distribution. */
const DEVIATIONS = Math.sqrt(Math.PI / 2);

const NORMAL = Array.from({ length: STATISTICS }, (_, i) => normalQuantile((i + 0.5) / STATISTICS) * DEVIATIONS);

/** Normal errors about the median of those that were, as wide as the spread says; nothing else of them is used. */
export const normalErrors = (model: DirectModel): DirectModel => ({
  ...model,
  horizons: model.horizons.map((horizon) => ({
    ...horizon,
    errors: horizon.errors.map((errors) => {
      const centre = median(errors);
      return NORMAL.map((z) => centre + z);
    }),
  })),
});

/** A spread that depends on the level alone: recent errors say nothing. */
export const calmSpread = (model: DirectModel, history: Series): DirectModel =>
  withErrors(model, history, (steps, coefficients, residuals) =>
    fitErrors(steps, coefficients, { ...residuals, memories: residuals.memories.map(() => noErrors) }),
  );

/** One spread and one distribution of errors, at all levels and times. */
export const constantSpread = (model: DirectModel, history: Series): DirectModel =>
  withErrors(model, history, (steps, coefficients, { error }) => {
    const spread = mean(error.map(Math.abs));
    const sorted = error.map((e) => e / spread).sort();
    const last = sorted.length - 1;
    const kept = Math.min(STATISTICS, sorted.length);
    const errors = Array.from({ length: kept }, (_, i) => sorted[Math.round((i * last) / (kept - 1))]!);
    return {
      steps,
      coefficients: Array.from(coefficients),
      spread: [spread, 0, 0, 0],
      leastSpread: spread,
      edges: [],
      errors: [errors],
    };
  });

/** A model whose errors have been learned anew from the history. O(steps · features · horizons). */
export function withErrors(
  model: Omit<DirectModel, 'horizons'> & Lines,
  history: Series,
  learn: (steps: number, coefficients: Float64Array, residuals: Residuals) => HorizonModel = fitErrors,
): DirectModel {
  const { unit, lagDays, horizons } = model;
  const view = viewOf(history, { unit, lagDays, furthest: horizons.at(-1)!.steps });
  const memories = memoriesOf(view, model);
  return {
    ...model,
    horizons: horizons.map(({ steps, coefficients }, horizon) =>
      learn(steps, Float64Array.from(coefficients), residualsOf(view, model, { horizon, memories })),
    ),
  };
}
