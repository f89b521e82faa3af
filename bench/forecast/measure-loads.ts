import { openTensors } from '../../adapters/tensors/open-tensors.ts';
import { sum } from '../../models/kernel/statistics.ts';
import type { SeriesFile } from '../scaling/series.ts';
import { loadForecasters } from './load-forecasters.ts';
import { type Load, loadOf, type MeasuredLoad, measuredLoad, pathsOn, type WindowPaths } from './load-matrix.ts';
import { AHEAD_HOURS } from './load-windows.ts';
import { askRivals, RIVAL_HOURS, type Rival } from './python-rivals.ts';

/** Every model on every load, and the loads that have none. */
export interface MeasuredLoads {
  readonly loads: readonly MeasuredLoad[];
  /** Names of the models of other libraries; undefined where they could not be run. */
  readonly rivals: readonly string[] | undefined;
  /** Backend of the tensor library that trained the networks; undefined where there is none. */
  readonly tensors: string | undefined;
  readonly refused: readonly { readonly series: string; readonly reason: string }[];
}

/**
 * Every model on the windows of every load, and the models of other libraries where Python is present. Cost: half a minute of
 * CPU a load.
 */
export async function measureLoads(
  files: readonly SeriesFile[],
  { firstHalves, python }: { readonly firstHalves: boolean; readonly python: string | undefined },
): Promise<MeasuredLoads> {
  const loads: Load[] = [];
  const refused: MeasuredLoads['refused'][number][] = [];
  for (const file of files) {
    const load = loadOf(file, firstHalves);
    if (load.ok) loads.push(load.value);
    else refused.push({ series: file.name, reason: load.refusal });
  }
  const opened = await openTensors();
  const tensors = opened.ok ? opened.value : undefined;
  if (!opened.ok) process.stderr.write(`without networks: ${opened.refusal}\n`);
  const own = loads.map((load) => {
    const others = loads.filter((other) => other !== load).map(({ past }) => past);
    const paths = pathsOn(load, loadForecasters({ own: load.past, others }, tensors));
    process.stderr.write(`${load.series}: ${paths.length} models, ${load.windows.length} windows\n`);
    return paths;
  });
  const rivals = python === undefined ? undefined : await rivalPaths(loads, python);
  return {
    loads: loads.map((load, i) => measuredLoad(load, [...own[i]!, ...(rivals ?? []).map((paths) => paths[i]!)])),
    rivals: rivals?.flatMap((paths) => paths[0]?.name ?? []),
    tensors: tensors?.backend,
    refused,
  };
}

/** Each rival's paths, load by load. */
async function rivalPaths(loads: readonly Load[], python: string): Promise<readonly (readonly WindowPaths[])[]> {
  const tasks = loads.map(({ hours, windows }) =>
    windows.map(({ origin }) => ({
      hours: hours.subarray(Math.max(0, origin - RIVAL_HOURS), origin),
      steps: AHEAD_HOURS,
    })),
  );
  const rivals = await askRivals(python, { paths: tasks.flat() });
  const firsts = tasks.map((_, i) => sum(tasks.slice(0, i).map(({ length }) => length)));
  return rivals.map((rival) => tasks.map(({ length }, i) => windowPaths(rival, firsts[i]!, firsts[i]! + length)));
}

/** A rival's answers from one task to another; what is below 0 counts as 0, for no load is. */
function windowPaths({ name, answers }: Rival, from: number, to: number): WindowPaths {
  const part = answers.slice(from, to);
  return {
    name,
    paths: part.map(({ forecasts }) => forecasts?.[0]?.map((load) => Math.max(0, load))),
    milliseconds: part.map(({ seconds }) => 1000 * seconds),
    learnedMilliseconds: 0,
  };
}
