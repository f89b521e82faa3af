import { InvariantError } from '../kernel/errors.ts';
import { checkWindow, type Inference } from './inference.ts';
import { lstmModule, placesOf } from './lstm-code.ts';
import type { LstmShape } from './network-shape.ts';
import { type NetworkWeights, tensorNamed, tensorViews } from './network-weights.ts';
import { addProduct, rowMajor } from './product.ts';
import { started } from './wasm-runtime.ts';

/**
 * `lstmInference` for hidden units in fours, its recurrence in WebAssembly's vectors, single precision: a fifth of the
 * time. No native code and no file: the module is written by `lstm-code.ts`, about a kilobyte, and the same on every
 * machine, bit for bit (no relaxed instructions).
 *
 * Shapes: window steps × inputs → outputs.   Throws `InvariantError` for a window of another length.
 */
export function vectorLstmInference(shape: LstmShape, weights: NetworkWeights): Inference {
  const { hidden, outputs } = shape;
  const views = tensorViews(weights);
  const places = placesOf(shape);
  const { memory, functions } = started(lstmModule(shape, places));
  const { run } = functions;
  if (run === undefined) throw new InvariantError('the module of an LSTM lacks its function');
  for (const [name, place] of [
    ['kernel', places.kernel],
    ['recurrent', places.recurrent],
    ['bias', places.bias],
  ] as const) {
    new Float32Array(memory, place).set(views.get(name) ?? []);
  }
  const fresh = [places.cell, places.states[0]].map((place) => new Float32Array(memory, place, hidden));
  const given = new Float32Array(memory, places.window, shape.steps * shape.inputs);
  const head = rowMajor(tensorNamed(views, 'head'), outputs);
  const headBias = tensorNamed(views, 'head-bias');
  const state = new Float64Array(hidden);
  const out = new Float64Array(outputs);
  return (window) => {
    checkWindow(window, shape);
    given.set(window);
    for (const zero of fresh) zero.fill(0);
    state.set(new Float32Array(memory, run(), hidden));
    out.set(headBias);
    addProduct(rowMajor(out, outputs), [rowMajor(state, hidden), head], { rows: 1, inner: hidden, columns: outputs });
    return Float32Array.from(out);
  };
}
