import { leastSquares } from '../kernel/least-squares.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { endOf, type Series } from '../kernel/series.ts';
import type { DirectModel } from './direct-model.ts';
import { fitErrors, type Residuals } from './error-distribution.ts';
import { type ErrorMemory, noErrors, remembered } from './error-memory.ts';
import type { ForecastRefusal } from './forecaster.ts';
import { habitReach, habitsOf } from './hour-habits.ts';
import {
  averagesOf,
  type FeatureView,
  featureCount,
  horizonFeatures,
  LEVEL,
  originFeatures,
  sumUp,
  timesOfDay,
} from './load-features.ts';

const DAY_MS = 86_400_000;

/** Rows beyond this add cost and the habits of long ago. */
const MOST_ROWS = 20_000;

/** Fewer rows than this per coefficient are no basis. */
const ROWS_PER_FEATURE = 4;

/** Origins that each line is fitted to: their neighbours tell nearly the same. */
const MOST_ORIGINS = 6000;

const RIDGE = 3e-5;

/** Origins before the fit whose errors the hot path learns from how rough times are: four slow half-lives. */
const MEMORY_ORIGINS = 240;

/** The smallest average level that a row is divided by. */
const LEAST_LEVEL = 0.03;

/** Digits that are kept of the history's tail: far below its noise. */
const TAIL_DIGITS = 6;

export interface DirectOptions {
  /** Steps ahead that get a distribution of their own, ascending, each ≥ 1 and below a day less twenty minutes. */
  readonly horizons: readonly number[];
  /** Steps from launch to ready: how rough times are is judged by the errors at the horizon closest to it. */
  readonly leadSteps: number;
}

/**
 * Direct multi-horizon regression: for each horizon of its own a weighted ridge regression of the load's root on what is
 * known at the origin (`load-features.ts`), a second regression of the absolute error on recent absolute errors (the
 * conditional heteroscedasticity of ARCH models), and the distribution of the standardised errors.
 *
 * Units: the load's own.
 * Refuses: a history too short for four rows a coefficient; a value that is not finite; a load that is zero throughout.
 * Cost: O(rows · features² · horizons), 0.2 s for 20,000 rows and eight horizons. Deterministic.
 * Source: direct forecasts, Marcellino, Stock & Watson, J. of Econometrics 135 (2006); ridge, Hoerl & Kennard (1970);
 * absolute-error regression for ARCH, Taylor, Modelling Financial Time Series (1986); square root for counts, Bartlett (1936).
 */
export function fitDirect(
  history: Series,
  { horizons, leadSteps }: DirectOptions,
): Result<DirectModel, ForecastRefusal> {
  const bad = history.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return refuse({ kind: 'not-finite', index: bad });
  const unit = history.values.reduce((sum, value) => sum + Math.max(0, value), 0) / history.values.length;
  if (!(unit > 0)) return refuse({ kind: 'no-signal', reason: 'the load is zero throughout' });
  const furthest = horizons[horizons.length - 1] ?? 0;
  const view = trainingView(history, unit, furthest);
  const n = view.v.length;
  const first = firstRow(view);
  const need = first + furthest + ROWS_PER_FEATURE * featureCount(view.lagDays);
  if (n < need) return refuse({ kind: 'too-short', have: n, need });

  const highest = 3 * view.v.reduce((a, b) => Math.max(a, b), 0);
  const tasks = horizons.map((steps) => ({ steps, first, highest }));
  const lessons = tasks.map((task) => lessonOf(view, task));
  const lines: Float64Array[] = [];
  for (const lesson of lessons) {
    const line = fitLine(view, lesson);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const memoryHorizon = nearest(horizons, leadSteps);
  const memories = errorMemories(view, tasks[memoryHorizon]!, lines[memoryHorizon]!);
  const fitted = lines.map((coefficients, i) =>
    fitErrors(horizons[i]!, coefficients, residualsOf(view, lessons[i]!, { coefficients, memories })),
  );
  return accept({
    ...leftover(view, furthest),
    version: 1,
    fittedAtMs: endOf(history),
    memoryHorizon,
    unit,
    highest,
    horizons: fitted,
  });
}

/** Index of the horizon that is closest to `steps`, the earlier of two. */
function nearest(horizons: readonly number[], steps: number): number {
  let best = 0;
  horizons.forEach((horizon, i) => {
    if (Math.abs(horizon - steps) < Math.abs(horizons[best]! - steps)) best = i;
  });
  return best;
}

function trainingView({ values, startMs, stepMs }: Series, unit: number, furthest: number): FeatureView {
  const v = values.map((value) => Math.sqrt(Math.max(0, value) / unit));
  const sums = new Float64Array(v.length + 1);
  sumUp(v, sums);
  const days = Math.floor((v.length * stepMs) / DAY_MS);
  const lagDays = [1, 2, 3, 7].filter((lag) => days > lag);
  return {
    v,
    sums,
    from: 0,
    averages: averagesOf(v, 0),
    habits: habitsOf({ v, sums }, stepMs),
    ...timesOfDay(startMs, stepMs, v.length + furthest),
    stepMs,
    lagDays,
  };
}

/** Rows begin once the averages have settled and, in a longer history, once there is a day to look back at. */
function firstRow({ v, stepMs }: FeatureView): number {
  const stepsPerDay = Math.round(DAY_MS / stepMs);
  const settled = v.length >= 3 * stepsPerDay ? stepsPerDay : 20;
  return Math.max(settled, v.length - MOST_ROWS);
}

interface HorizonTask {
  readonly steps: number;
  readonly first: number;
  readonly highest: number;
}

/** Origins that are learned from: evenly spaced, the newest among them, none whose target lies beyond the history. */
function originsOf({ v }: FeatureView, { steps, first }: HorizonTask): Int32Array {
  const last = v.length - 1 - steps;
  const stride = Math.max(1, Math.ceil((last - first + 1) / MOST_ORIGINS));
  const count = Math.floor((last - first) / stride) + 1;
  return Int32Array.from({ length: count }, (_, i) => last - (count - 1 - i) * stride);
}

/** What one line is fitted to. */
interface Lesson extends HorizonTask {
  readonly origins: Int32Array;
  /** Features of each origin, row after row. */
  readonly rows: Float64Array;
  readonly width: number;
}

function lessonOf(view: FeatureView, task: HorizonTask): Lesson {
  const origins = originsOf(view, task);
  const width = featureCount(view.lagDays);
  const rows = new Float64Array(origins.length * width);
  for (let i = 0; i < origins.length; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    originFeatures(view, origins[i]!, row);
    horizonFeatures(view, origins[i]!, task.steps, row);
  }
  return { ...task, origins, rows, width };
}

/** Weighted by one over the level: what counts is the relative error, so that quiet nights are learned too. */
function fitLine({ v, averages }: FeatureView, lesson: Lesson): Result<Float64Array, ForecastRefusal> {
  const { steps, origins, rows, width } = lesson;
  const columns = Array.from({ length: width }, () => new Float64Array(origins.length));
  const target = new Float64Array(origins.length);
  for (let i = 0; i < origins.length; i++) {
    const t = origins[i]!;
    const weight = 1 / Math.max(LEAST_LEVEL, averages[LEVEL]![t]!);
    for (let j = 0; j < width; j++) columns[j]![i] = rows[i * width + j]! * weight;
    target[i] = v[t + steps]! * weight;
  }
  const solved = leastSquares(columns, target, RIDGE);
  return solved.ok ? solved : refuse({ kind: 'no-signal', reason: 'the regression has no unique solution' });
}

function residualsOf(
  { v }: FeatureView,
  { steps, first, highest, origins, rows, width }: Lesson,
  given: { readonly coefficients: Float64Array; readonly memories: readonly ErrorMemory[] },
): Residuals {
  const skipped = origins.findIndex((t) => t >= first + 2 * steps);
  const judged = skipped < 0 ? new Int32Array(0) : origins.subarray(skipped);
  const location = new Float64Array(judged.length);
  const error = new Float64Array(judged.length);
  for (let i = 0; i < judged.length; i++) {
    const row = rows.subarray((skipped + i) * width, (skipped + i + 1) * width);
    location[i] = onLine(given.coefficients, row, highest);
    error[i] = v[judged[i]! + steps]! - location[i]!;
  }
  return { location, error, memories: Array.from(judged, (t) => given.memories[t]!) };
}

/** Expected v `steps` after origin t, in [0, highest]; `row` holds the origin's features, the others are written to it. */
export function locate(
  view: FeatureView,
  at: { readonly t: number; readonly steps: number; readonly highest: number },
  coefficients: ArrayLike<number>,
  row: Float64Array,
): number {
  horizonFeatures(view, at.t, at.steps, row);
  return onLine(coefficients, row, at.highest);
}

/** What a line says of a row of features, in [0, highest]. */
function onLine(coefficients: ArrayLike<number>, row: Float64Array, highest: number): number {
  let sum = 0;
  // A line that was fitted before habits were looked at ends before them.
  for (let j = 0; j < coefficients.length; j++) sum += coefficients[j]! * row[j]!;
  return Math.min(highest, Math.max(0, sum));
}

/** What was known of the errors at each step, from those of one horizon: an error of h steps is known h steps later. */
function errorMemories(
  view: FeatureView,
  { steps, first, highest }: HorizonTask,
  line: Float64Array,
): readonly ErrorMemory[] {
  const { v } = view;
  const row = new Float64Array(line.length);
  const memories: ErrorMemory[] = new Array(v.length).fill(noErrors);
  let memory = noErrors;
  for (let t = first; t + steps < v.length; t++) {
    originFeatures(view, t, row);
    memory = remembered(memory, Math.abs(v[t + steps]! - locate(view, { t, steps, highest }, line, row)));
    memories[t + steps] = memory;
  }
  return memories;
}

/** What later origins need of the history: as far back as the oldest day or hour looked at, and the averages before the memory. */
function leftover(view: FeatureView, furthest: number) {
  const { v, averages, stepMs, lagDays } = view;
  const stepsPerDay = Math.round(DAY_MS / stepMs);
  const oldest = Math.max((lagDays[lagDays.length - 1] ?? 0) * stepsPerDay, habitReach(stepMs));
  const reach = Math.min(v.length - 1, MEMORY_ORIGINS + 2 * furthest + 10);
  const start = Math.max(0, v.length - oldest - reach - stepsPerDay / 24);
  const averagesAt = v.length - reach;
  return {
    stepMs,
    lagDays,
    tail: Array.from(v.subarray(Math.floor(start)), (value) => Number(value.toPrecision(TAIL_DIGITS))),
    averagesFrom: averagesAt - Math.floor(start),
    averages: averages.map((levels) => levels[averagesAt - 1] ?? levels[0]!),
  };
}
