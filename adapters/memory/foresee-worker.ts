import { parentPort, workerData } from 'node:worker_threads';
import { directFitter } from '../fit/direct-fitter.ts';
import { foreseenFits } from './foreseen-fits.ts';
import type { ReplayedLoad } from './replay-stage.ts';

/** Says each fit of the load that it was started with as soon as it is there. */
for await (const fit of foreseenFits(workerData as ReplayedLoad, directFitter())) parentPort?.postMessage(fit);
