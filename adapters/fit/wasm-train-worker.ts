import { parentPort } from 'node:worker_threads';
import type { TrainingTask } from '../../loop/fitter.ts';
import { wasmTensors } from '../tensors/wasm-tensors.ts';
import { trainedBy } from './train-task.ts';

/** The zip's trainer: the tensor library is bundled with it, and its WebAssembly lies beside. */
parentPort?.once('message', async (task: TrainingTask) => {
  const tensors = await wasmTensors(new URL('.', import.meta.url));
  parentPort?.postMessage(tensors.ok ? trainedBy(tensors.value, task) : tensors);
});
