import type { Forecaster } from '../forecaster.ts';
import { said } from '../said.ts';
import { hourly } from './hourly-series.ts';

/** One model's answers, one for each series of a set; undefined where it declined, and why by the series' number. */
export interface ModelPaths {
  readonly paths: readonly (Float64Array | undefined)[];
  readonly refused: ReadonlyMap<number, string>;
}

/** What is asked of a model: to carry each history so many hours on. */
export interface PathTask {
  readonly histories: readonly Float64Array[];
  readonly steps: number;
}

/** Asks one forecaster for every path. A broken promise of it still throws. Cost: one fit a series. */
export function pathsOf(forecaster: Forecaster, { histories, steps }: PathTask): ModelPaths {
  const refused = new Map<number, string>();
  const paths = histories.map((history, i) => {
    const path = forecaster.path(hourly(history), steps);
    if (path.ok) return path.value;
    refused.set(i, said(path.refusal));
    return undefined;
  });
  return { paths, refused };
}
