import ARIMA from 'arima';
import { leastSquares } from '../kernel/least-squares.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { refine } from './coarsen.ts';
import { sanePath, thrown } from './finite.ts';
import type { Forecaster, ForecastRefusal } from './forecaster.ts';
import { knownDays } from './known-days.ts';
import { waveColumns, weightedColumns } from './regressors.ts';

/**
 * The library copies its input onto a stack of 64 KiB and is dead for the process once that overflows: 4,032 values
 * (two weeks at five minutes) take half of it. Regressors would go the same way, so the regression is done here.
 */
const MOST_STEPS = 4_032;

/**
 * Newest errors that the two coefficients are learned from: a week at five minutes tells them as well as two, in less than
 * half the time, and runs away more rarely (docs/designs/0010).
 */
const MOST_ERRORS = 2_016;

/** Pairs of sine and cosine: enough for the shape of a day, and for how days differ within a week. */
const DAILY_PAIRS = 8;
const WEEKLY_PAIRS = 3;

/** The library's fitting method: its exact likelihood takes twice as long, and its moving averages leave the unit circle. */
const CONDITIONAL_SUM_OF_SQUARES = 1;

/** A forecast of the remainder beyond this multiple of what was ever seen has run away: the fit was not stationary. */
const RUNAWAY = 2;

/**
 * Regression on Fourier terms of the day, and of the week where the history holds one and a half, with AR(2) errors,
 * in two stages. The seasons are regressors because the library's own seasonal terms fail at 288 steps.
 *
 * Needs two days of finite values; refuses otherwise, where the load never changes, where the fitted errors run away,
 * and where the library fails. To be run in a worker, outside the hot path: a fault of its WebAssembly would stay for
 * the life of the process.
 * Cost:    tens of milliseconds for two weeks at five minutes.
 * Source:  Hyndman & Athanasopoulos, FPP3 §10.5; library arima. Deviation: ordinary least squares first, then the
 * errors, instead of both at once.
 */
export const arimaFourier: Forecaster = {
  name: 'arima-fourier',
  path(history, horizon) {
    const usable = knownDays(history, { mostSteps: MOST_STEPS });
    if (!usable.ok) return usable;
    const { series, factor, day } = usable.value;
    const y = series.values;

    const coarseHorizon = Math.ceil(horizon / factor);
    const columns = regressors(day, y.length >= 10.5 * day, y.length + coarseHorizon);
    const known = columns.map((column) => column.subarray(0, y.length));
    const weights = leastSquares(known, y);
    if (!weights.ok) return refuse({ kind: 'library', reason: `regressor ${weights.refusal.column} is collinear` });
    const season = weightedColumns(columns, weights.value);
    const errors = errorPath(
      y.map((value, i) => value - season[i]!),
      coarseHorizon,
    );
    if (!errors.ok) return errors;
    const path = errors.value.map((error, i) => season[y.length + i]! + error);
    return sanePath(refine(path, factor, horizon), horizon);
  },
};

/** A constant, and sines and cosines of the day and the week; each column has `length` values. */
const regressors = (day: number, weekly: boolean, length: number): readonly Float64Array[] => [
  new Float64Array(length).fill(1),
  ...waveColumns([{ period: day, pairs: DAILY_PAIRS }], length),
  ...(weekly ? waveColumns([{ period: 7 * day, pairs: WEEKLY_PAIRS }], length) : []),
];

/** Expected errors after the ones given, in a scale that the library's optimiser likes. */
function errorPath(errors: Float64Array, horizon: number): Result<Float64Array, ForecastRefusal> {
  const most = errors.reduce((worst, error) => Math.max(worst, Math.abs(error)), 0);
  if (most === 0) return accept(new Float64Array(horizon));
  let model: InstanceType<typeof ARIMA> | undefined;
  try {
    model = new ARIMA({ p: 2, d: 0, q: 0, method: CONDITIONAL_SUM_OF_SQUARES, verbose: false });
    model.train(Array.from(errors.subarray(-MOST_ERRORS), (error) => error / most));
    const [path] = model.predict(horizon);
    const runaway = path.findIndex((error) => !(Math.abs(error) <= RUNAWAY));
    if (runaway >= 0) return refuse({ kind: 'library', reason: `the fitted errors run away at step ${runaway + 1}` });
    return accept(Float64Array.from(path, (error) => error * most));
  } catch (error) {
    return refuse(thrown(error));
  } finally {
    model?.destroy();
  }
}
