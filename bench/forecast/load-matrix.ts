import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { hourly } from '../../models/forecast/transfer/transfer-trees.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { endOf, type GappedSeries, type Series } from '../../models/kernel/series.ts';
import { median } from '../../models/kernel/statistics.ts';
import type { SeriesFile } from '../scaling/series.ts';
import { before, controllerHistory, readLoad } from './controller-history.ts';
import { CONTROLLER_DAYS, LONG_DAYS, type LoadForecaster } from './load-forecasters.ts';
import { AHEAD_HOURS, type LoadWindows, loadWindows, type Season } from './load-windows.ts';

const HOUR_MS = 3_600_000;

/** A load that can be forecast: its record, its windows, and what its first half teaches. */
export interface Load extends LoadWindows {
  readonly series: string;
  readonly record: GappedSeries;
  readonly past: Series;
}

/** How far one model is off on all windows of a load. */
export interface ModelErrors {
  /** Mean absolute error over that of the better season repeated. */
  readonly relative: number;
  /** CPU of one path, the median over the windows, and of what was learned before them. */
  readonly milliseconds: number;
  readonly learnedMilliseconds: number;
}

/** One row of the matrix. A model that refused any of the windows is absent. */
export interface MeasuredLoad {
  readonly series: string;
  readonly windows: number;
  readonly season: Season;
  readonly models: ReadonlyMap<string, ModelErrors>;
}

/** A model's path at each window, undefined where it has none, and what each took of the CPU. */
export interface WindowPaths {
  readonly name: string;
  readonly paths: readonly (Float64Array | undefined)[];
  readonly milliseconds: readonly number[];
  readonly learnedMilliseconds: number;
}

/** Reads a load and cuts it into windows, or its first half alone; refuses in words. */
export function loadOf({ name, file }: SeriesFile, firstHalf: boolean): Result<Load, string> {
  const read = readLoad(file);
  if (!read.ok) return refuse(read.refusal.replaceAll(file, name));
  const { values } = read.value;
  const record = firstHalf ? before(read.value, Math.floor(values.length / 2)) : read.value;
  const cut = loadWindows(record);
  if (cut.windows.length === 0) return refuse(`its second half has no ${AHEAD_HOURS} hours to forecast`);
  const past = controllerHistory(before(record, cut.half * cut.perHour), Number.POSITIVE_INFINITY);
  return past.ok ? accept({ series: name, record, past: past.value, ...cut }) : past;
}

/** The paths of a load's models: each sees, at each window, the newest days that were known by then. */
export function pathsOn(load: Load, models: readonly LoadForecaster[]): readonly WindowPaths[] {
  const histories = load.windows.map(({ origin }) => {
    const known = before(load.record, origin * load.perHour);
    return new Map([CONTROLLER_DAYS, LONG_DAYS].map((days) => [days, controllerHistory(known, days)]));
  });
  return models.map(({ forecaster, days, learnedMilliseconds }) => {
    const answers = load.windows.map(({ origin }, w) => {
      const begun = process.cpuUsage();
      const path = pathFrom(load, { origin, history: histories[w]!.get(days)! }, forecaster);
      const { user, system } = process.cpuUsage(begun);
      return { path, milliseconds: (user + system) / 1000 };
    });
    return {
      name: forecaster.name,
      paths: answers.map(({ path }) => path),
      milliseconds: answers.map(({ milliseconds }) => milliseconds),
      learnedMilliseconds,
    };
  });
}

interface Known {
  readonly origin: number;
  readonly history: Result<Series, string>;
}

/** Hourly means of the path after an origin: a history that ends before it, for want of samples, has further to go. */
function pathFrom(
  { record, perHour }: Load,
  { origin, history }: Known,
  forecaster: LoadForecaster['forecaster'],
): Float64Array | undefined {
  if (!history.ok) return undefined;
  const late = (record.startMs + origin * HOUR_MS - endOf(history.value)) / record.stepMs;
  // A history begins at a whole step of the clock, up to a step before its record.
  const gap = Math.max(0, Math.floor(late + 1e-6));
  const path = forecaster.path(history.value, gap + AHEAD_HOURS * perHour);
  return path.ok ? hourly({ ...history.value, values: path.value.subarray(gap) })?.values : undefined;
}

/** The errors of paths on a load's windows. */
export function measuredLoad(load: Load, answered: readonly WindowPaths[]): MeasuredLoad {
  const { series, season, windows } = load;
  const actual = joined(windows.map((window) => window.actual));
  const yardstick = meanAbsoluteError(actual, joined(windows.map((window) => window.yardstick)));
  const models = answered.flatMap(({ name, paths, milliseconds, learnedMilliseconds }) => {
    const known = paths.flatMap((path) => (path === undefined ? [] : [path]));
    if (known.length < windows.length || !(yardstick > 0)) return [];
    const relative = meanAbsoluteError(actual, joined(known)) / yardstick;
    return [[name, { relative, milliseconds: median(milliseconds), learnedMilliseconds }] as const];
  });
  return { series, season, windows: windows.length, models: new Map(models) };
}

const joined = (parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => Array.from(part)));
