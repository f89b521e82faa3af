import { augursBytes } from '../../adapters/fit/augurs-bytes.ts';
import { POOLED, SOLO } from '../../models/forecast/contest/contenders.ts';
import { type ModelPaths, type PathTask, pathsOf } from '../../models/forecast/contest/paths.ts';
import { pooledPaths } from '../../models/forecast/contest/pooled-paths.ts';
import { InvariantError } from '../../models/kernel/errors.ts';

/** One model on all histories, as plain data that a thread can be sent. */
export interface ContestJob extends PathTask {
  readonly model: string;
}

export interface ContestAnswer extends ModelPaths {
  /** What the job took of one thread. */
  readonly seconds: number;
}

/** Runs one model on all histories; the same job gives the same paths in whichever thread it runs. */
export function runContestJob({ model, ...task }: ContestJob): ContestAnswer {
  const before = performance.now();
  const paths = modelPaths(model, task);
  return { ...paths, seconds: (performance.now() - before) / 1000 };
}

function modelPaths(model: string, task: PathTask): ModelPaths {
  const solo = SOLO.find(({ name }) => name === model);
  if (solo !== undefined) return pathsOf(solo.model(augursBytes()), task);
  const pooled = POOLED.find(({ name }) => name === model);
  if (pooled !== undefined) return pooledPaths(pooled, task);
  throw new InvariantError(`no model "${model}" takes part`);
}
