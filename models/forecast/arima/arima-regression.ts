import { leastSquares } from '../../kernel/least-squares.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { ForecastRefusal } from '../forecaster.ts';
import { weightedColumns } from '../regressors.ts';
import type { ArmaForm } from './arma-form.ts';
import { chooseOrder } from './choose-order.ts';
import { type FittedArma, fitArma } from './fit-arma.ts';
import { innovationsOf } from './innovations.ts';
import { wanders } from './kpss.ts';

/** A regression whose errors are an ARIMA process. */
export interface ArimaRegression {
  /** One for each column. */
  readonly weights: Float64Array;
  /** Expected values of the steps after the history that the columns reach. */
  readonly path: Float64Array;
}

/**
 * Regresses a history on columns, the first of which is constant and all of which reach beyond it, with ARIMA errors of
 * chosen orders. `season`: steps of a season that has orders of its own; 1: none. Refuses collinear columns, and errors that
 * no model can be fitted to. Cost: that of `chooseOrder`.
 */
export function arimaRegression(
  y: Float64Array,
  columns: readonly Float64Array[],
  season: number,
): Result<ArimaRegression, ForecastRefusal> {
  const n = y.length;
  const first = weightsOf(columns, y);
  if (!first.ok) return first;
  const rough = errorsOf(y, columns, first.value);
  if (isNothing(rough, y)) {
    return accept({ weights: first.value, path: weightedColumns(columns, first.value).subarray(n) });
  }
  const d = wanders(rough) ? 1 : 0;
  const chosen = chooseOrder(differences(rough, d), season);
  if (chosen === undefined) return refuse({ kind: 'no-signal', reason: 'no ARIMA model can be fitted to the errors' });
  const second = generalisedWeights(y, columns, { d, form: chosen.form });
  const weights = second.ok ? second.value : first.value;
  const errors = errorsOf(y, columns, weights);
  const fitted = fitArma(differences(errors, d), chosen.order) ?? chosen;
  const ahead = aheadOf(errors, d, { fitted, steps: columns[0]!.length - n });
  const base = weightedColumns(columns, weights).subarray(n);
  return accept({ weights, path: base.map((value, k) => value + ahead[k]!) });
}

const differences = (y: Float64Array, d: number): Float64Array =>
  d === 0 ? y : Float64Array.from({ length: y.length - 1 }, (_, i) => y[i + 1]! - y[i]!);

function errorsOf(y: Float64Array, columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const fitted = weightedColumns(columns, weights);
  return y.map((value, i) => value - fitted[i]!);
}

/** Errors that are rounding: the regression explains the load. */
function isNothing(errors: Float64Array, y: Float64Array): boolean {
  const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return !(largest(errors) > 1e-7 * largest(y));
}

function weightsOf(columns: readonly Float64Array[], y: Float64Array): Result<Float64Array, ForecastRefusal> {
  const weights = leastSquares(
    columns.map((column) => column.subarray(0, y.length)),
    y,
  );
  if (weights.ok) return weights;
  return refuse({ kind: 'no-signal', reason: `regressor ${weights.refusal.column} is collinear` });
}

/** Least squares of the innovations of the load on those of the columns; a constant has no differences, and no weight. */
function generalisedWeights(
  y: Float64Array,
  columns: readonly Float64Array[],
  { d, form }: { readonly d: number; readonly form: ArmaForm },
): Result<Float64Array, ForecastRefusal> {
  const filtered = (values: Float64Array): Float64Array => {
    const seen = innovationsOf(differences(values.subarray(0, y.length), d), form);
    return seen?.errors.map((error, t) => error / Math.sqrt(seen.variances[t]!)) ?? new Float64Array(y.length - d);
  };
  const used = d === 0 ? columns : columns.slice(1);
  const weights = weightsOf(used.map(filtered), filtered(y));
  return weights.ok ? accept(d === 0 ? weights.value : Float64Array.of(0, ...weights.value)) : weights;
}

/** Expected errors after the ones given. */
function aheadOf(
  errors: Float64Array,
  d: number,
  { fitted, steps }: { readonly fitted: FittedArma; readonly steps: number },
): Float64Array {
  const expected = armaPath(differences(errors, d), fitted.form, steps);
  let level = errors[errors.length - 1]!;
  return d === 0
    ? expected
    : expected.map((change) => {
        level += change;
        return level;
      });
}

/** The path that an ARMA model expects after a history. O(n + steps). */
export function armaPath(y: Float64Array, form: ArmaForm, steps: number): Float64Array {
  const { ar, ma } = form;
  const n = y.length;
  const errors = innovationsOf(y, form)?.errors ?? new Float64Array(n);
  const whole = new Float64Array(n + steps);
  whole.set(y);
  for (let t = n; t < n + steps; t++) {
    let value = 0;
    for (let i = 0; i < Math.min(ar.length, t); i++) value += ar[i]! * whole[t - 1 - i]!;
    for (let j = t - n; j < Math.min(ma.length, t); j++) value += ma[j]! * errors[t - 1 - j]!;
    whole[t] = value;
  }
  return whole.subarray(n);
}
