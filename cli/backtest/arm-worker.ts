import { parentPort } from 'node:worker_threads';
import { type ArmJob, type ArmMessage, runArmJob } from './arm-job.ts';

const say = (message: ArmMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', async (job: ArmJob) => {
  say({ kind: 'answer', answer: await runArmJob(job, (share) => say({ kind: 'progress', share })) });
});
