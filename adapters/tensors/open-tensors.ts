import { createRequire } from 'node:module';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { TensorLibrary } from '../../models/neural/tensor-library.ts';

/** `native`: tfjs-node's library; `wasm`: WebAssembly; `cpu`: plain JavaScript. Fastest start last. */
export type TensorBackend = 'native' | 'wasm' | 'cpu';

export const TENSOR_BACKENDS: readonly TensorBackend[] = ['native', 'wasm', 'cpu'];

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
   * @default this project's own
   */
  readonly folder?: string | undefined;
}

/**
 * Opens the tensor library. All its packages are optional, tfjs-node above all, whose install downloads what is blocked in
 * many places: whatever a backend throws while it loads counts as its absence. Never throws; refuses with each reason.
 */
export async function openTensors({ backend, folder }: TensorSource = {}): Promise<Result<Tensors, string>> {
  const load = createRequire(folder === undefined ? import.meta.url : `${folder}/package.json`);
  const reasons: string[] = [];
  for (const candidate of backend === undefined ? TENSOR_BACKENDS : [backend]) {
    try {
      return accept({ tf: await OPEN[candidate](load), backend: candidate });
    } catch (error) {
      reasons.push(`${candidate}: ${firstLine(error)}`);
    }
  }
  return refuse(`no tensor library: ${reasons.join('; ')}`);
}

type Load = (name: string) => TensorLibrary;

const OPEN: Readonly<Record<TensorBackend, (load: Load) => Promise<TensorLibrary>>> = {
  native: (load) => ready(load('@tensorflow/tfjs-node'), 'tensorflow'),
  wasm: (load) => {
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
