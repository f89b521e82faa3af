import { solveLinear } from '../../kernel/linear-system.ts';
import type { ArmaForm } from './arma-form.ts';

/** Looked up once: a look-up costs more than the step where globals are guarded (tests, isolates). */
const { abs } = Math;

/** What each step was off the best forecast from the steps before it, and the variance of that in units of the noise's. */
export interface Innovations {
  readonly errors: Float64Array;
  readonly variances: Float64Array;
}

/** Variances this near to 1 are taken to stay there, for the start is forgotten. */
const SETTLED = 1e-10;

/**
 * The exact innovations of a stationary ARMA model: one-step errors from the first step on, and their variances. Undefined
 * where the model has no stationary covariance. A larger `settledWithin` takes the start for forgotten earlier: rougher, faster.
 * Cost:   O(n·(p + q²)) until the start is forgotten, then O(n·(p + q)).
 * Source: Brockwell & Davis, Time Series: Theory and Methods (1991), §5.2 and §5.3; autocovariances, §3.3.
 */
export function innovationsOf(y: Float64Array, { ar, ma }: ArmaForm, settledWithin = SETTLED): Innovations | undefined {
  const m = Math.max(ar.length, ma.length);
  const covariance = covariances({ ar, ma }, m);
  if (covariance === undefined) return undefined;
  const kappa = transformed({ ar, ma }, m, covariance);
  const n = y.length;
  const errors = new Float64Array(n);
  const variances = new Float64Array(n);
  const reach = Math.max(m, ma.length);
  /** `rows[t % (reach + 1)][j]`: the weight at step t of the error j steps before. */
  const rows = Array.from({ length: reach + 1 }, () => new Float64Array(reach + 1));
  let settled = false;
  for (let t = 0; t < n; t++) {
    const most = t < m ? t : ma.length;
    if (settled) {
      errors[t] = y[t]! - recursion(y, errors, { t, ar, weights: ma, most: ma.length, shift: 0 });
      variances[t] = 1;
      continue;
    }
    const row = rows[t % (reach + 1)]!;
    variances[t] = weigh(row, { t, most, kappa, rows, variances });
    errors[t] = y[t]! - recursion(y, errors, { t, ar: t < m ? NONE : ar, weights: row, most, shift: 1 });
    settled = t > 2 * m && abs(variances[t]! - 1) < settledWithin;
  }
  return { errors, variances };
}

const NONE = new Float64Array(0);

interface Weighing {
  readonly t: number;
  /** Errors before step t that have a weight. */
  readonly most: number;
  readonly kappa: (i: number, j: number) => number;
  readonly rows: readonly Float64Array[];
  readonly variances: Float64Array;
}

/** Fills in the weights of step t and returns the variance of its error. */
function weigh(row: Float64Array, { t, most, kappa, rows, variances }: Weighing): number {
  const width = rows.length;
  for (let k = t - most; k < t; k++) {
    let rest = kappa(t, k);
    const earlier = rows[k % width]!;
    for (let j = t - most; j < k; j++) {
      if (k - j < width) rest -= earlier[k - j]! * row[t - j]! * variances[j]!;
    }
    row[t - k] = rest / variances[k]!;
  }
  row.fill(0, most + 1);
  let variance = kappa(t, t);
  for (let k = t - most; k < t; k++) variance -= row[t - k]! ** 2 * variances[k]!;
  return variance;
}

interface Recursion {
  readonly t: number;
  readonly ar: Float64Array;
  /** Of the error j steps before at `j − 1 + shift`. */
  readonly weights: Float64Array;
  readonly most: number;
  readonly shift: 0 | 1;
}

/** The forecast of step t. */
function recursion(y: Float64Array, errors: Float64Array, { t, ar, weights, most, shift }: Recursion): number {
  let forecast = 0;
  for (let i = 0; i < ar.length; i++) forecast += ar[i]! * y[t - 1 - i]!;
  for (let j = 1; j <= most; j++) forecast += weights[j - 1 + shift]! * errors[t - j]!;
  return forecast;
}

/** Autocovariances at lags 0…m in units of the noise's variance. */
function covariances({ ar, ma }: ArmaForm, m: number): Float64Array | undefined {
  const p = ar.length;
  const theta = (j: number): number => (j === 0 ? 1 : (ma[j - 1] ?? 0));
  const psi = new Float64Array(ma.length + 1);
  for (let j = 0; j < psi.length; j++) {
    psi[j] = theta(j);
    for (let i = 1; i <= Math.min(j, p); i++) psi[j]! += ar[i - 1]! * psi[j - i]!;
  }
  const driven = (k: number): number => {
    let sum = 0;
    for (let j = k; j <= ma.length; j++) sum += theta(j) * psi[j - k]!;
    return sum;
  };
  const matrix = Array.from({ length: p + 1 }, (_, k) => {
    const row = new Float64Array(p + 1);
    row[k] = 1;
    for (let i = 1; i <= p; i++) row[abs(k - i)]! -= ar[i - 1]!;
    return row;
  });
  const solved = solveLinear(
    matrix,
    Float64Array.from({ length: p + 1 }, (_, k) => driven(k)),
  );
  if (!solved.ok) return undefined;
  const out = new Float64Array(Math.max(m, p) + 1);
  out.set(solved.value);
  for (let k = p + 1; k < out.length; k++) {
    out[k] = driven(k);
    for (let i = 1; i <= p; i++) out[k]! += ar[i - 1]! * out[k - i]!;
  }
  return out.every(Number.isFinite) ? out : undefined;
}

/** Covariances of steps i ≥ j, as they are before step m, and freed of their autoregression from it on (eq. 5.3.5). */
function transformed({ ar, ma }: ArmaForm, m: number, covariance: Float64Array): (i: number, j: number) => number {
  const q = ma.length;
  const theta = (j: number): number => (j === 0 ? 1 : ma[j - 1]!);
  const moving = Float64Array.from({ length: q + 1 }, (_, lag) => {
    let sum = 0;
    for (let r = 0; r + lag <= q; r++) sum += theta(r) * theta(r + lag);
    return sum;
  });
  const at = (lag: number): number => covariance[abs(lag)] ?? 0;
  const mixed = Float64Array.from({ length: q + 1 }, (_, lag) => {
    let sum = at(lag);
    for (let r = 1; r <= ar.length; r++) sum -= ar[r - 1]! * at(r - lag);
    return sum;
  });
  return (i, j) => {
    const lag = i - j;
    if (i < m) return covariance[lag]!;
    if (lag > q) return 0;
    return j < m ? mixed[lag]! : moving[lag]!;
  };
}
