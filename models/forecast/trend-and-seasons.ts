import { accept, type Result, refuse } from '../kernel/result.ts';
import { normalEquations, sparseLeastSquares } from '../kernel/sparse-least-squares.ts';
import { refine } from './coarsen.ts';
import { sanePath } from './finite.ts';
import type { Forecaster, ForecastRefusal } from './forecaster.ts';
import { knownDays } from './known-days.ts';
import { type KnownTimes, knownColumns, type Wave, waveColumns, weightedColumns } from './regressors.ts';

/** Four weeks at five minutes. */
const MOST_STEPS = 8_064;

/** Places where the trend may turn, evenly over this share of the history: the newest steps say too little of a new one. */
const CHANGEPOINTS = 25;
const CHANGEPOINT_RANGE = 0.8;

/** Deviations of the priors on a scale where the greatest load is 1 and the history lasts for 1. */
const PRIOR = { trend: 5, changepoint: 0.05, season: 10, noise: 0.5 };

/** Alternations between coefficients and noise. */
const MOST_ROUNDS = 20;

export interface TrendOptions {
  /**
   * Pairs of sine and cosine of the day, and of the week where the history holds two.
   * @default 8 and 3
   */
  readonly dailyPairs?: number;
  readonly weeklyPairs?: number;
  /** Holidays and events: each kind has one effect, added while it lasts. */
  readonly known?: readonly KnownTimes[];
}

/**
 * What Prophet fits, at its posterior mode: a piecewise linear trend that turns at few of 25 places, Fourier terms of the
 * day and the week, and known times. Penalised least squares: Laplace priors on the turns of the trend, normal ones on
 * everything else, the noise's own size found along with them. Ahead the trend goes on as it last went.
 *
 * Needs two days of finite values; refuses otherwise, and where the load never changes.
 * Cost:    some 50 ms for two weeks at five minutes.
 * Source:  Taylor & Letham, Forecasting at scale, The American Statistician 72 (2018). Deviations: more waves a day; no
 * sampling, for intervals come from held-out errors here.
 */
export const trendAndSeasons = (name: string, options: TrendOptions = {}): Forecaster => ({
  name,
  path(history, horizon) {
    const known = knownDays(history, { mostSteps: MOST_STEPS });
    if (!known.ok) return known;
    const { series, factor, day } = known.value;
    const y = series.values;
    const unit = y.reduce((most, load) => Math.max(most, Math.abs(load)), 0);
    const length = y.length + Math.ceil(horizon / factor);
    const waves = waveColumns(wavesOf(day, y.length, options), length);
    const terms: Terms = {
      trend: trendColumns(y.length, length),
      seasons: [...waves, ...knownColumns(options.known ?? [], series, length)],
    };
    const scaled = y.map((load) => load / unit);
    const coefficients = posteriorMode(terms, scaled);
    if (!coefficients.ok) return coefficients;
    const path = weightedColumns([...terms.trend, ...terms.seasons], coefficients.value).subarray(y.length);
    return sanePath(
      refine(
        path.map((value) => value * unit),
        factor,
        horizon,
      ),
      horizon,
    );
  },
});

function wavesOf(day: number, steps: number, { dailyPairs = 8, weeklyPairs = 3 }: TrendOptions): readonly Wave[] {
  const pairs = Math.max(0, Math.min(dailyPairs, Math.floor((day - 1) / 2)));
  const daily = { period: day, pairs };
  return steps >= 14 * day ? [daily, { period: 7 * day, pairs: weeklyPairs }] : [daily];
}

interface Terms {
  /** A slope, a constant, and one hinge for each place where the trend may turn. */
  readonly trend: readonly Float64Array[];
  readonly seasons: readonly Float64Array[];
}

/** Time runs from 0 to 1 over the history. */
function trendColumns(steps: number, length: number): readonly Float64Array[] {
  const time = (i: number): number => i / (steps - 1);
  const last = Math.floor(CHANGEPOINT_RANGE * steps) - 1;
  const turns = Array.from({ length: CHANGEPOINTS }, (_, j) => Math.round(((j + 1) * last) / CHANGEPOINTS));
  const hinge = (turn: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => Math.max(0, time(i) - time(turn)));
  return [Float64Array.from({ length }, (_, i) => time(i)), new Float64Array(length).fill(1), ...turns.map(hinge)];
}

/** Coefficients of all terms, trend first. Alternates between them and the variance of the noise, each given the other. */
function posteriorMode({ trend, seasons }: Terms, y: Float64Array): Result<Float64Array, ForecastRefusal> {
  const n = y.length;
  const columns = [...trend, ...seasons].map((column) => column.subarray(0, n));
  const equations = normalEquations(columns, y);
  const isTurn = (j: number): boolean => j >= 2 && j < trend.length;
  const deviation = (j: number): number => (j < 2 ? PRIOR.trend : PRIOR.season);
  let variance = PRIOR.noise ** 2 / 100;
  let coefficients = new Float64Array(columns.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const solved = sparseLeastSquares(equations, {
      l1: coefficients.map((_, j) => (isTurn(j) ? variance / PRIOR.changepoint : 0)),
      l2: coefficients.map((_, j) => (isTurn(j) ? 0 : variance / deviation(j) ** 2)),
    });
    if (!solved.ok) return refuse({ kind: 'library', reason: `term ${solved.refusal.column} is collinear` });
    coefficients = Float64Array.from(solved.value);
    const next = noiseOf(squaredError(columns, y, coefficients), n);
    const still = Math.abs(next - variance) <= 1e-4 * variance;
    variance = next;
    if (still) break;
  }
  return accept(coefficients);
}

function squaredError(columns: readonly Float64Array[], y: Float64Array, coefficients: Float64Array): number {
  const fitted = weightedColumns(columns, coefficients);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += (y[i]! - fitted[i]!) ** 2;
  return sum;
}

/** The variance that minimises n·ln σ + Σe² / 2σ² + σ² / 2s², s the prior's deviation; never 0, so that penalties stay. */
const noiseOf = (squares: number, n: number): number => {
  const s2 = PRIOR.noise ** 2;
  return Math.max(1e-12, (2 * squares) / (n + Math.sqrt(n * n + (4 * squares) / s2)));
};
