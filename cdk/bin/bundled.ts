import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE, FITTER_BANNER } from '../constructs/bundle-options.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The forecasting library's WebAssembly; its `exports` hide the file, so it is found beside the module. */
const WASM = 'mstl_bg.wasm';

/** Trees that ship, from the root. */
const LEAD_TREES = path.join('data', 'pretrained', 'lead-trees.json.gz');

/** The tensor library's, without threads; which of them runs is up to the processor. */
const TENSOR_WASM = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/** One source and all that it imports as one ES module of that name in the folder. */
export async function bundled(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(root, source)],
    absWorkingDir: root,
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: BUNDLE.target,
    mainFields: [...BUNDLE.mainFields],
    banner: { js: FITTER_BANNER },
    logLevel: 'error',
  });
}

/**
 * Puts beside a bundled function what the fitter looks for there: the worker's code, the WebAssembly and the trees it reads.
 * A bundler can follow neither `new Worker(url)` nor a read of a file.
 */
export async function bundleFitter(folder: string): Promise<void> {
  await bundled('adapters/fit/fit-worker.ts', path.join(folder, 'fit-worker.mjs'));
  const library = fileURLToPath(import.meta.resolve('@bsull/augurs/mstl'));
  await copyFile(path.join(path.dirname(library), WASM), path.join(folder, WASM));
  await copyFile(path.join(root, LEAD_TREES), path.join(folder, path.basename(LEAD_TREES)));
}

/**
 * Puts the trainer of networks there too, with the tensor library in it and its WebAssembly beside: 0.5 MB zipped, and no
 * native code.
 */
export async function bundleTrainer(folder: string): Promise<void> {
  const library = path.dirname(tensorLibrary());
  await bundled('adapters/fit/wasm-train-worker.ts', path.join(folder, 'train-worker.mjs'));
  await Promise.all(TENSOR_WASM.map((file) => copyFile(path.join(library, file), path.join(folder, file))));
}

/** The optional package's module. Throws in words where npm could not install it. */
function tensorLibrary(): string {
  const name = '@tensorflow/tfjs-backend-wasm';
  try {
    return fileURLToPath(import.meta.resolve(name));
  } catch {
    throw new Error(
      `${name}, an optional package, is not installed: npm ci installs it, prescale:trainer=none goes without`,
    );
  }
}

/** The one argument of a program. Throws when there is none. */
export function folderGiven(program: string): string {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error(`${program} needs the folder of the bundled function`);
  return folder;
}
