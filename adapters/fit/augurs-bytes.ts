import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AugursBytes } from '../../models/forecast/mstl-ets.ts';

/** Name of the WebAssembly beside a bundle, and beside the library's own module. */
const FILE = 'mstl_bg.wasm';

/**
 * The forecasting library's WebAssembly: beside this code when that is a bundle, else beside the library's module (its
 * `exports` hide the file itself). Throws when it is in neither place. Cost: one read of about 0.3 MB.
 */
export function augursBytes(): AugursBytes {
  const beside = new URL(FILE, import.meta.url);
  const file = existsSync(beside) ? beside : new URL(FILE, import.meta.resolve('@bsull/augurs/mstl'));
  return { mstl: new Uint8Array(readFileSync(fileURLToPath(file))) };
}
