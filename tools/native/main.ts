import { parseArgs } from 'node:util';
import {
  BUILT_TENSORS,
  openTensors,
  TENSOR_BACKENDS,
  type TensorBackend,
} from '../../adapters/tensors/open-tensors.ts';
import { buildLibrary } from './build-library.ts';
import { parityRows, trainingLosses } from './parity.ts';

/**
 * `npm run test:native`: builds tfjs-node from its sources in `.cache/native`, then compares the kernels with the tensor
 * library on its native, WebAssembly and JavaScript backends, and the backends with each other. Ends with a line
 * `N passed, N failed`; outside `npm test`, because it needs a C++ compiler, pip and minutes.
 */
const { values } = parseArgs({ options: { 'no-build': { type: 'boolean', default: false } } });

/** Losses of the same training on two backends. */
const LOSSES = 1e-3;

let [passed, failed] = [0, 0];

function check(what: string, figure: number, limit: number): void {
  const kept = figure <= limit;
  if (kept) passed++;
  else failed++;
  console.log(`${kept ? 'ok  ' : 'FAIL'} ${what}: ${figure.toExponential(2)}, at most ${limit.toExponential(0)}`);
}

if (!values['no-build']) {
  console.log('building tfjs-node; minutes the first time');
  try {
    buildLibrary(BUILT_TENSORS);
  } catch (error) {
    console.error(`test:native: tfjs-node was not built: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

const losses = new Map<TensorBackend, readonly number[]>();
for (const backend of TENSOR_BACKENDS) {
  const tensors = await openTensors({ backend, folder: BUILT_TENSORS });
  if (!tensors.ok) {
    failed++;
    console.log(`FAIL ${backend}: ${tensors.refusal}`);
    continue;
  }
  for (const { what, figure, limit } of parityRows(tensors.value)) check(`${backend}: ${what}`, figure, limit);
  losses.set(backend, trainingLosses(tensors.value));
}

const reference = losses.get('cpu') ?? [];
for (const [backend, given] of losses) {
  if (backend === 'cpu') continue;
  const apart = Math.max(...reference.map((loss, i) => Math.abs(loss - (given[i] ?? Number.NaN)) / loss));
  check(`${backend} and cpu: losses of the same trainings, relative`, apart, LOSSES);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
