import { Worker } from 'node:worker_threads';
import { workerBeside } from '../../adapters/worker-code.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { type ArmAnswer, type ArmJob, type ArmMessage, runArmJob } from './arm-job.ts';

/** Something that does one job at a time. */
export interface ArmThread {
  readonly run: (job: ArmJob, onProgress: (share: number) => void) => Promise<ArmAnswer>;
  readonly end: () => Promise<void>;
}

/** The thread that we are in: no thread is started, and nothing runs beside it. */
export const thisThread: ArmThread = { run: runArmJob, end: async () => undefined };

/** A thread of its own. What breaks in it rejects the job that broke it. */
export function startThread(): ArmThread {
  const worker = new Worker(workerBeside('arm-worker', import.meta.url));
  return {
    run: (job, onProgress) =>
      new Promise((resolve, reject) => {
        const onMessage = (message: ArmMessage): void => {
          if (message.kind === 'progress') {
            onProgress(message.share);
            return;
          }
          release();
          resolve(message.answer);
        };
        const onError = (error: unknown): void => {
          release();
          reject(error);
        };
        const onExit = (code: number): void =>
          onError(new InvariantError(`the thread of ${job.arm} ended with code ${code} before it answered`));
        const release = (): void => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        };
        worker.on('message', onMessage).on('error', onError).on('exit', onExit);
        worker.postMessage(job);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}
