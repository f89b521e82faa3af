import type { FitTask, Fitter } from '../../loop/fitter.ts';
import type { Series } from '../../models/kernel/series.ts';
import { workerBeside } from '../worker-code.ts';
import { inWorker } from './in-worker.ts';

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
    const request: FitTask = { ...rest, window: copied(window) };
    return inWorker(request, {
      worker: options.worker ?? workerBeside('fit-worker', import.meta.url),
      timeLimitMs: options.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS,
      what: 'the fit',
      refusal: (reason) => ({ kind: 'library', reason }),
    });
  },
});

/** A copy of the window alone: posting a view would send the whole buffer that it looks into. */
export const copied = (window: Series): Series => ({ ...window, values: Float64Array.from(window.values) });
