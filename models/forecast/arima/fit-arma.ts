import { leastResiduals } from '../../kernel/levenberg-marquardt.ts';
import { type ArmaForm, type ArmaOrder, formOf, parameterCount } from './arma-form.ts';
import { innovationsOf } from './innovations.ts';

/** Looked up once: a look-up costs more than the step where globals are guarded (tests, isolates). */
const { log, sqrt } = Math;

/** A model with the parameters that make a history most likely. */
export interface FittedArma {
  readonly order: ArmaOrder;
  readonly form: ArmaForm;
  /** Variance of the noise, squared unit of the history. */
  readonly variance: number;
  readonly logLikelihood: number;
  /** Akaike's criterion corrected for few steps; less is better. Infinite where there are too few. */
  readonly aicc: number;
}

/** Where parameters start: all of them 0 is a ridge on which AR and MA cancel. */
const START = 0.1;

/** How precisely a model is fitted. */
interface Precision {
  readonly mostSteps: number;
  readonly tolerance: number;
  /** See `innovationsOf`. */
  readonly settledWithin: number;
}

/** To report and to forecast by; and to tell orders apart by, for a tenth of the work. */
const EXACT: Precision = { mostSteps: 30, tolerance: 1e-9, settledWithin: 1e-10 };
export const ROUGH: Precision = { mostSteps: 10, tolerance: 1e-5, settledWithin: 0.05 };

/**
 * Exact maximum likelihood of a history whose mean is 0, by least squares of the innovations, each divided by its deviation
 * and by the geometric mean of all: the sum of their squares falls as the likelihood rises. Undefined for less than a dozen
 * steps more than there are parameters, and for a history that is 0 throughout.
 * Cost:   some hundred filterings (`innovationsOf`).
 * Source: Box, Jenkins, Reinsel & Ljung, Time Series Analysis (2016), §7.1.
 */
export function fitArma(y: Float64Array, order: ArmaOrder, precision = EXACT): FittedArma | undefined {
  const n = y.length;
  const k = parameterCount(order);
  if (n < k + 12 || y.every((value) => value === 0)) return undefined;
  const settled = precision.settledWithin;
  const start = Float64Array.from({ length: k }, (_, j) => START / (j + 1));
  const impossible = y.map((value) => 1e3 * (1 + Math.abs(value)));
  const { at } = leastResiduals((x) => scaledErrors(y, formOf(order, x), settled) ?? impossible, start, precision);
  const form = formOf(order, at);
  const scaled = scaledErrors(y, form, settled);
  if (scaled === undefined) return undefined;
  const mean = scaled.reduce((sum, value) => sum + value * value, 0) / n;
  const logLikelihood = (-n / 2) * (Math.log(2 * Math.PI * mean) + 1);
  const estimated = k + 1;
  const spare = n - estimated - 1;
  const aicc = 2 * (estimated - logLikelihood) + (spare > 0 ? (2 * estimated * (estimated + 1)) / spare : Infinity);
  if (!Number.isFinite(logLikelihood)) return undefined;
  return { order, form, variance: varianceOf(y, form, settled), logLikelihood, aicc };
}

/** Innovations divided by their deviations, all times the geometric mean of these. */
function scaledErrors(y: Float64Array, form: ArmaForm, settledWithin: number): Float64Array | undefined {
  const innovations = innovationsOf(y, form, settledWithin);
  if (innovations === undefined) return undefined;
  const { errors, variances } = innovations;
  let logs = 0;
  for (const variance of variances) logs += log(variance);
  const unit = Math.exp(logs / (2 * y.length));
  const scaled = errors.map((error, t) => (unit * error) / sqrt(variances[t]!));
  return scaled.every(Number.isFinite) ? scaled : undefined;
}

function varianceOf(y: Float64Array, form: ArmaForm, settledWithin: number): number {
  const innovations = innovationsOf(y, form, settledWithin);
  const squares = innovations?.errors.reduce((sum, error, t) => sum + error ** 2 / innovations.variances[t]!, 0);
  return (squares ?? Number.NaN) / y.length;
}
