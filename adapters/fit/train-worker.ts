import { parentPort } from 'node:worker_threads';
import type { TrainingTask } from '../../loop/fitter.ts';
import { openTensors } from '../tensors/open-tensors.ts';
import { trainedBy } from './train-task.ts';

/** The container image's trainer: it opens the packages that are installed there. */
parentPort?.once('message', async (task: TrainingTask) => {
  const tensors = await openTensors();
  parentPort?.postMessage(tensors.ok ? trainedBy(tensors.value, task) : tensors);
});
