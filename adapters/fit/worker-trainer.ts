import { existsSync } from 'node:fs';
import type { Trainer } from '../../loop/fitter.ts';
import { inWorker } from './in-worker.ts';
import { copied } from './worker-fitter.ts';

/** A training that takes longer is ended: there is no network until the next fit. With the fit before it, inside the function's time. */
const TIME_LIMIT_MS = 120_000;

/** The trainer's code beside a bundle; a zip that was made without it has none. */
const BESIDE = new URL('./train-worker.mjs', import.meta.url);

/** Trains in a worker of its own, so that the library's memory goes with it; undefined where the trainer's code is not there. */
export function workerTrainer(worker: URL = BESIDE, timeLimitMs: number = TIME_LIMIT_MS): Trainer | undefined {
  if (worker.protocol === 'file:' && !existsSync(worker)) return undefined;
  return ({ window, ...rest }) =>
    inWorker(
      { ...rest, window: copied(window) },
      { worker, timeLimitMs, what: 'the training', refusal: (reason) => reason },
    );
}
