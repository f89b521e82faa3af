/**
 * How every function is turned into one file, shared by the constructs and by the size check, so that what is measured
 * is what is deployed. Knows nothing of the CDK, because loading that takes seconds.
 */
export const BUNDLE = {
  target: 'node22',
  /** ESM entries first: they shake, which keeps a cold start short. */
  mainFields: ['module', 'main'],
  /** The SDK and some of its friends call `require` for Node's own modules; an ES module has none of its own. */
  banner:
    "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);",
} as const;

/** What the fitting libraries' CommonJS code takes for granted beside `require`. */
export const FITTER_BANNER = `${BUNDLE.banner}
import { fileURLToPath as _fileURLToPath } from 'node:url';
const __filename = _fileURLToPath(import.meta.url), __dirname = _fileURLToPath(new URL('.', import.meta.url));`;
