import { fileURLToPath } from 'node:url';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { Tensors } from './open-tensors.ts';

/**
 * The tensor library on WebAssembly, from a bundle that holds its code, with its `.wasm` files in `folder`. For bundles alone: the
 * packages are opened by `openTensors`. Refuses with the reason when the WebAssembly cannot be read.
 */
export async function wasmTensors(folder: URL): Promise<Result<Tensors, string>> {
  setWasmPaths(fileURLToPath(folder));
  setThreadsCount(1);
  try {
    if (!(await tf.setBackend('wasm'))) return refuse('the WebAssembly of the tensor library cannot be used');
    await tf.ready();
    return accept({ tf, backend: 'wasm' });
  } catch (error) {
    return refuse(
      `the WebAssembly of the tensor library cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
