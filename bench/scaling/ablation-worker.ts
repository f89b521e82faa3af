import { parentPort } from 'node:worker_threads';
import { priceAblations } from './ablation-rows.ts';
import { firstHalf } from './first-halves.ts';

/** One series, and those that it may learn from. */
export interface AblationTask {
  readonly file: string;
  readonly others: readonly string[];
}

parentPort?.on('message', ({ file, others }: AblationTask) => {
  parentPort?.postMessage(priceAblations(firstHalf(file), others.map(firstHalf)));
});
