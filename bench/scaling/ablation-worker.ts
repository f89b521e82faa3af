import { parentPort, workerData } from 'node:worker_threads';
import { priceAblations } from './ablation-rows.ts';
import { firstHalf } from './first-halves.ts';

/** One series, and those that it may learn from. */
export interface AblationTask {
  readonly file: string;
  readonly others: readonly string[];
}

const { file, others }: AblationTask = workerData;
parentPort?.postMessage(priceAblations(firstHalf(file), others.map(firstHalf)));
