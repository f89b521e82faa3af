import { parentPort } from 'node:worker_threads';
import { type ContestJob, runContestJob } from './contest-job.ts';

parentPort?.on('message', (job: ContestJob) => parentPort?.postMessage(runContestJob(job)));
