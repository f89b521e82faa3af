import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { TensorLibrary } from '../../models/neural/tensor-library.ts';

/** `native`: tfjs-node's library; `wasm`: WebAssembly; `cpu`: plain JavaScript. Fastest start last. */
export type TensorBackend = 'native' | 'wasm' | 'cpu';

export const TENSOR_BACKENDS: readonly TensorBackend[] = ['native', 'wasm', 'cpu'];

/** Where `npm run test:native` builds the native library. */
export const BUILT_TENSORS = fileURLToPath(new URL('../../.cache/native', import.meta.url));

/** A tensor library whose backend is set. */
export interface Tensors {
  readonly tf: TensorLibrary;
  readonly backend: TensorBackend;
}

export interface TensorSource {
  /**
   * Which backend, or the first that is there.
   * @default native, else wasm, else cpu
   */
  readonly backend?: TensorBackend | undefined;
  /**
   * A folder whose `node_modules` holds the library.
   * @default this project's own, then `BUILT_TENSORS`
   */
  readonly folder?: string | undefined;
}

/**
 * Opens the tensor library. All its packages are optional, tfjs-node above all, whose install downloads what is blocked in
 * many places: whatever a backend throws while it loads counts as its absence. Never throws; refuses with each reason.
 */
export async function openTensors({ backend, folder }: TensorSource = {}): Promise<Result<Tensors, string>> {
  const folders = folder === undefined ? [import.meta.dirname, BUILT_TENSORS] : [folder];
  const reasons: string[] = [];
  for (const candidate of backend === undefined ? TENSOR_BACKENDS : [backend]) {
    for (const place of folders) {
      try {
        return accept({ tf: await OPEN[candidate](createRequire(`${place}/package.json`)), backend: candidate });
      } catch (error) {
        reasons.push(`${candidate}: ${firstLine(error)}`);
      }
    }
  }
  return refuse(`no tensor library: ${reasons.join('; ')}`);
}

/** Whatever is missing throws before any part of the library is loaded: half of it would stay for the next backend. */
const OPEN: Readonly<Record<TensorBackend, (load: NodeJS.Require) => Promise<TensorLibrary>>> = {
  native: (load) => {
    const addon = path.join(path.dirname(load.resolve('@tensorflow/tfjs-node/package.json')), 'lib');
    if (!existsSync(addon)) throw new Error('tfjs-node is there without its native library');
    return ready(load('@tensorflow/tfjs-node'), 'tensorflow');
  },
  wasm: (load) => {
    load.resolve('@tensorflow/tfjs-backend-wasm');
    const tf = quiet(load('@tensorflow/tfjs'));
    load('@tensorflow/tfjs-backend-wasm');
    return ready(tf, 'wasm');
  },
  cpu: (load) => ready(quiet(load('@tensorflow/tfjs')), 'cpu'),
};

/** Keeps the library from recommending another backend on every start. */
function quiet(tf: TensorLibrary): TensorLibrary {
  tf.env().set('PROD', true);
  return tf;
}

async function ready(tf: TensorLibrary, name: string): Promise<TensorLibrary> {
  const set = await tf.setBackend(name);
  if (!set) throw new Error(`the backend ${name} does not start`);
  await tf.ready();
  return tf;
}

/** The first line of whatever was thrown, also where it comes from another realm and is no Error of this one. */
const firstLine = (error: unknown): string => {
  const words = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(words).split('\n')[0] ?? '';
};
