import os from 'node:os';
import type { ArmAnswer, ArmJob } from './arm-job.ts';
import { type ArmThread, startThread, thisThread } from './arm-thread.ts';
import { isSlow } from './arms.ts';

export interface RunOptions {
  /** How many jobs run beside each other; with one, none but the controller's fits are in a
   * thread of their own. Undefined: as many as suit the work. */
  readonly workers: number | undefined;
  readonly onProgress: (line: string) => void;
}

/**
 * Runs every job and returns their answers in the order of the jobs, whatever the number of workers. Slow arms begin
 * first, so that the rest runs beside them. Rejects, with all threads ended, when one breaks.
 */
export async function runJobs(
  jobs: readonly ArmJob[],
  { workers, onProgress }: RunOptions,
): Promise<readonly ArmAnswer[]> {
  const answers: ArmAnswer[] = [];
  const waiting = [...jobs.keys()].sort((a, b) => Number(isSlow(jobs[b]!.arm)) - Number(isSlow(jobs[a]!.arm)) || a - b);
  let done = 0;
  const work = async (thread: ArmThread): Promise<void> => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const job = jobs[i]!;
      const say = (share: number): void =>
        onProgress(`${done} of ${jobs.length} replays done; ${job.arm} ${Math.floor(share * 100)} %`);
      say(0);
      answers[i] = await thread.run(job, say);
      done++;
    }
  };
  const count = Math.min(workers ?? suitableWorkers(jobs), jobs.length);
  const threads = count <= 1 ? [thisThread] : Array.from({ length: count }, startThread);
  try {
    await Promise.all(threads.map(work));
  } finally {
    await Promise.all(threads.map(({ end }) => end()));
  }
  return answers;
}

/** Fewer replayed steps than this are done before a thread has started. */
const WORTH_A_THREAD = 400_000;

/** One worker a core; one alone for what is quick. */
function suitableWorkers(jobs: readonly ArmJob[]): number {
  const steps = jobs.reduce((sum, { problem }) => sum + problem.scoreTo, 0);
  const quick = steps < WORTH_A_THREAD && !jobs.some(({ arm }) => isSlow(arm));
  return quick ? 1 : os.availableParallelism();
}
