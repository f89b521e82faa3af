import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE, FITTER_BANNER } from '../constructs/bundle-options.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The forecasting library's WebAssembly; its `exports` hide the file, so it is found beside the module. */
const WASM = 'mstl_bg.wasm';

/**
 * Puts beside a bundled function what the fitter looks for there: the worker's code and the WebAssembly it reads.
 * A bundler can follow neither `new Worker(url)` nor a read of a file.
 */
async function bundleFitter(folder: string): Promise<void> {
  await build({
    entryPoints: [path.join(root, 'adapters', 'fit', 'fit-worker.ts')],
    absWorkingDir: root,
    outfile: path.join(folder, 'fit-worker.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: BUNDLE.target,
    mainFields: [...BUNDLE.mainFields],
    banner: { js: FITTER_BANNER },
    logLevel: 'error',
  });
  const library = fileURLToPath(import.meta.resolve('@bsull/augurs/mstl'));
  await copyFile(path.join(path.dirname(library), WASM), path.join(folder, WASM));
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('bundle-fitter needs the folder of the bundled function');
await bundleFitter(folder);
