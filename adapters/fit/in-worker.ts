import { Worker } from 'node:worker_threads';
import { type Result, refuse } from '../../models/kernel/result.ts';

export interface WorkerRun<R> {
  readonly worker: URL;
  readonly timeLimitMs: number;
  /** What is done, for the reasons: "the fit". */
  readonly what: string;
  /** What the worker's failure means. */
  readonly refusal: (reason: string) => R;
}

/**
 * Sends one request to a worker of its own and gives its one answer. A worker that hangs, breaks or ends is ended, and its
 * failure is a refusal with the reason. Never throws.
 */
export function inWorker<T, R>(request: unknown, run: WorkerRun<R>): Promise<Result<T, R>> {
  const { timeLimitMs, what, refusal } = run;
  const worker = new Worker(run.worker);
  return new Promise((resolve) => {
    const settle = (answer: Result<T, R>): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const failed = (reason: string): void => settle(refuse(refusal(reason)));
    const timer = setTimeout(
      () => failed(`${what} took longer than ${timeLimitMs / 1000} s and was ended`),
      timeLimitMs,
    );
    worker.once('message', settle);
    worker.once('error', (error) => failed(`${what} broke: ${wordsOf(error)}`));
    worker.once('exit', (code) => failed(`${what}'s worker ended with code ${code} before it answered`));
    worker.postMessage(request);
  });
}

/** The message of whatever was thrown, also where it comes from another realm and is no Error of this one. */
const wordsOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
