import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FitTask, Fitter } from '../../loop/fitter.ts';
import type { ForecastRefusal } from '../../models/forecast/forecaster.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';
import type { WorkloadModel } from '../../models/learn/fit-workload.ts';

type Fitted = Result<WorkloadModel, ForecastRefusal>;

export interface WorkerFitterOptions {
  /**
   * A fit that takes longer is ended and refused.
   * @default 120_000
   */
  readonly timeLimitMs?: number;
  /**
   * The worker's code.
   * @default `fit-worker` beside this file: bundled, compiled, or as it is
   */
  readonly worker?: URL;
}

const DEFAULT_TIME_LIMIT_MS = 120_000;

/**
 * Fits in a worker of its own for each fit, so that a library which hangs, or whose WebAssembly breaks, takes nothing
 * else along: the worker is ended, and the fit refused with the reason. Never throws for a failed fit.
 */
export const workerFitter = (options: WorkerFitterOptions = {}): Fitter => ({
  fit: ({ window, ...rest }) => {
    // A copy of the window alone: posting a view would send the whole buffer that it looks into.
    const request: FitTask = { ...rest, window: { ...window, values: Float64Array.from(window.values) } };
    return answered(new Worker(options.worker ?? besideThis()), request, options.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS);
  },
});

function answered(worker: Worker, request: FitTask, timeLimitMs: number): Promise<Fitted> {
  return new Promise((resolve) => {
    const settle = (answer: Fitted): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const failed = (reason: string): void => settle(refuse({ kind: 'library', reason }));
    const timer = setTimeout(
      () => failed(`the fit took longer than ${timeLimitMs / 1000} s and was ended`),
      timeLimitMs,
    );
    worker.once('message', settle);
    worker.once('error', (error) => failed(`the fit broke: ${wordsOf(error)}`));
    worker.once('exit', (code) => failed(`the fit's worker ended with code ${code} before it answered`));
    worker.postMessage(request);
  });
}

function besideThis(): URL {
  const names = ['fit-worker.mjs', 'fit-worker.js', 'fit-worker.ts'];
  const found = names.map((name) => new URL(`./${name}`, import.meta.url)).find((url) => existsSync(url));
  return found ?? new URL('./fit-worker.mjs', import.meta.url);
}

/** The message of whatever was thrown, also where it comes from another realm and is no Error of this one. */
const wordsOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
