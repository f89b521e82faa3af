import { mase, seasonalScale } from '../metrics/mase.ts';
import { type ForecastErrors, type SetErrors, setErrors } from '../metrics/owa.ts';
import { smape } from '../metrics/smape.ts';
import { combined } from './combine.ts';
import { COMBINED, POOLED, STAND_INS } from './contenders.ts';
import { DAY_HOURS, type HourlySeries } from './hourly-series.ts';
import type { ModelPaths } from './paths.ts';

/** A model's path for every series, a stand-in's where it declined. */
export interface WholePaths {
  readonly paths: readonly Float64Array[];
  /** How many series a stand-in answers for, and why the first of them was declined. */
  readonly replaced: number;
  readonly reason: string | undefined;
}

/**
 * Every model of a contest with a path for every series: the given ones, without the pooled model's members, and the
 * combinations. What a model declined stands in from a simpler one, last of all the history's last value.
 * O(models · series · steps).
 */
export function wholeField(
  set: readonly HourlySeries[],
  given: ReadonlyMap<string, ModelPaths>,
): ReadonlyMap<string, WholePaths> {
  const field = new Map(given);
  for (const { name, by, members } of COMBINED) {
    field.set(
      name,
      combined(
        members.flatMap((member) => field.get(member) ?? []),
        by,
      ),
    );
  }
  const standIns = STAND_INS.flatMap((name) => field.get(name) ?? []);
  for (const { name } of POOLED) field.delete(name);
  return new Map([...field].map(([name, model]) => [name, whole(set, model, standIns)]));
}

function whole(set: readonly HourlySeries[], model: ModelPaths, standIns: readonly ModelPaths[]): WholePaths {
  const steps = stepsOf(set);
  const paths = set.map(({ history }, i) => {
    const stand = model.paths[i] ?? standIns.find(({ paths }) => paths[i] !== undefined)?.paths[i];
    return stand ?? new Float64Array(steps).fill(history[history.length - 1]!);
  });
  const replaced = model.paths.filter((path) => path === undefined).length;
  return { paths, replaced, reason: model.refused.values().next().value };
}

/** Most hours that any series of a set is to be forecast. */
export const stepsOf = (set: readonly HourlySeries[]): number =>
  set.reduce((most, { actual }) => Math.max(most, actual.length), 0);

/** Errors of each series that has something to be scored by. O(hours). */
export function errorsOf(set: readonly HourlySeries[], paths: readonly Float64Array[]): readonly ForecastErrors[] {
  return set.flatMap(({ history, actual }, i) => {
    if (actual.length === 0) return [];
    const path = paths[i]!;
    return [{ smape: smape(actual, path), mase: mase(actual, path, seasonalScale(history, DAY_HOURS)) }];
  });
}

/** Each model's errors over a set, against Naive2's as given. O(models · hours). */
export const standings = (
  set: readonly HourlySeries[],
  field: ReadonlyMap<string, WholePaths>,
  naive2: readonly ForecastErrors[],
): ReadonlyMap<string, SetErrors> =>
  new Map([...field].map(([name, { paths }]) => [name, setErrors(errorsOf(set, paths), naive2)]));
