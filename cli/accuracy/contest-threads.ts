import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerBeside } from '../../adapters/worker-code.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { type ContestAnswer, type ContestJob, runContestJob } from './contest-job.ts';

/** A job of fewer histories' hours than this is done before a thread has started. */
const WORTH_A_THREAD = 20_000;

export interface ThreadOptions {
  /** How many threads; with one, none is started. Undefined: one a core, or one alone for what is quick. */
  readonly workers: number | undefined;
  readonly onDone: (done: number, of: number) => void;
}

/**
 * Runs jobs in their order on several threads and returns the answers in the order of the jobs, whatever the number of
 * threads. Rejects, with all threads ended, when one breaks.
 */
export async function runOnThreads(
  jobs: readonly ContestJob[],
  { workers, onDone }: ThreadOptions,
): Promise<readonly ContestAnswer[]> {
  const answers: ContestAnswer[] = [];
  const waiting = [...jobs.keys()];
  let done = 0;
  const work = async (run: (job: ContestJob) => Promise<ContestAnswer>): Promise<void> => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      answers[i] = await run(jobs[i]!);
      onDone(++done, jobs.length);
    }
  };
  const count = Math.min(workers ?? suitable(jobs), jobs.length);
  if (count <= 1) {
    await work(async (job) => runContestJob(job));
    return answers;
  }
  const threads = Array.from({ length: count }, () => new Worker(workerBeside('contest-worker', import.meta.url)));
  try {
    await Promise.all(threads.map((thread) => work((job) => answered(thread, job))));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return answers;
}

const suitable = (jobs: readonly ContestJob[]): number => {
  const hours = jobs[0]?.histories.reduce((sum, history) => sum + history.length, 0) ?? 0;
  return hours < WORTH_A_THREAD ? 1 : os.availableParallelism();
};

function answered(thread: Worker, job: ContestJob): Promise<ContestAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    const onMessage = (answer: ContestAnswer): void => settle(() => resolve(answer));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      onError(new InvariantError(`the thread of ${job.model} ended with code ${code} before it answered`));
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    thread.postMessage(job);
  });
}
