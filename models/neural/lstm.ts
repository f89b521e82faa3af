import { sigmoid, tanh } from './activations.ts';
import { checkWindow, type Inference } from './inference.ts';
import type { LstmShape } from './network-shape.ts';
import { type NetworkWeights, tensorNamed, tensorViews } from './network-weights.ts';
import { addProduct, rowMajor } from './product.ts';

/**
 * A trained LSTM on the hot path, batch 1, no library: forget, input and output gates by the sigmoid, candidate and cell by
 * tanh, one dense head on the last state.
 *
 * Shapes: window steps × inputs → outputs.   Throws `InvariantError` for a window of another length.
 * Cost:   4·steps·hidden·(hidden + inputs) products; figures in `bench/results/neural.md`.
 * Source: Hochreiter & Schmidhuber, Neural Computation 9 (1997); Gers, Schmidhuber & Cummins, Neural Computation 12 (2000).
 */
export function lstmInference(shape: LstmShape, weights: NetworkWeights): Inference {
  const { steps, inputs, hidden, outputs } = shape;
  const packed = packedLstm(shape, weights);
  const memory: LstmMemory = {
    x: new Float64Array(steps * inputs),
    gates: new Float64Array(steps * 4 * hidden),
    state: new Float64Array(hidden),
    next: new Float64Array(hidden),
    cell: new Float64Array(hidden),
    out: new Float64Array(outputs),
  };
  return (window) => {
    checkWindow(window, shape);
    const { x, gates, state, cell, out } = memory;
    x.set(window);
    for (let t = 0; t < steps; t++) gates.set(packed.bias, t * 4 * hidden);
    const size = { rows: steps, inner: inputs, columns: 4 * hidden };
    addProduct(rowMajor(gates, 4 * hidden), [rowMajor(x, inputs), rowMajor(packed.kernel, 4 * hidden)], size);
    state.fill(0);
    cell.fill(0);
    for (let t = 0; t < steps; t++) step(packed.recurrent, memory, t * 4 * hidden);
    out.set(packed.headBias);
    const headSize = { rows: 1, inner: hidden, columns: outputs };
    addProduct(rowMajor(out, outputs), [rowMajor(state, hidden), rowMajor(packed.head, outputs)], headSize);
    return Float32Array.from(out);
  };
}

interface LstmMemory {
  readonly x: Float64Array;
  /** What each step gives to the gates before the state is added: steps × units × 4. */
  readonly gates: Float64Array;
  readonly state: Float64Array;
  readonly next: Float64Array;
  readonly cell: Float64Array;
  readonly out: Float64Array;
}

/** One step of all units: the four gates of a unit together, so that one read of the state serves four products. */
function step(recurrent: Float64Array, { gates, state, next, cell }: LstmMemory, at: number): void {
  const hidden = state.length;
  let p = 0;
  for (let u = 0; u < hidden; u++) {
    let i = gates[at + 4 * u]!;
    let f = gates[at + 4 * u + 1]!;
    let g = gates[at + 4 * u + 2]!;
    let o = gates[at + 4 * u + 3]!;
    for (let j = 0; j < hidden; j++) {
      const h = state[j]!;
      i += h * recurrent[p]!;
      f += h * recurrent[p + 1]!;
      g += h * recurrent[p + 2]!;
      o += h * recurrent[p + 3]!;
      p += 4;
    }
    const kept = sigmoid(f) * cell[u]! + sigmoid(i) * tanh(g);
    cell[u] = kept;
    next[u] = sigmoid(o) * tanh(kept);
  }
  state.set(next);
}

/** An LSTM's weights for kernels that take the four gates of one unit together. */
export interface PackedLstm {
  /** inputs × units × 4. */
  readonly kernel: Float64Array;
  /** units × hidden × 4: for each unit, what each element of the state adds to its gates. */
  readonly recurrent: Float64Array;
  /** units × 4. */
  readonly bias: Float64Array;
  readonly head: Float64Array;
  readonly headBias: Float64Array;
}

/** Rearranges the weights unit by unit, gates side by side. O(weights). */
export function packedLstm({ inputs, hidden }: LstmShape, weights: NetworkWeights): PackedLstm {
  const views = tensorViews(weights);
  const rows = tensorNamed(views, 'recurrent');
  const recurrent = new Float64Array(rows.length);
  for (let j = 0; j < hidden; j++) {
    for (let u = 0; u < hidden; u++) {
      for (let gate = 0; gate < 4; gate++) {
        recurrent[(u * hidden + j) * 4 + gate] = rows[j * 4 * hidden + gate * hidden + u]!;
      }
    }
  }
  return {
    kernel: gatesTogether(tensorNamed(views, 'kernel'), inputs, hidden),
    recurrent,
    bias: gatesTogether(tensorNamed(views, 'bias'), 1, hidden),
    head: tensorNamed(views, 'head'),
    headBias: tensorNamed(views, 'head-bias'),
  };
}

/** rows × 4 × units → rows × units × 4. */
function gatesTogether(tensor: Float64Array, rows: number, hidden: number): Float64Array {
  const out = new Float64Array(tensor.length);
  for (let row = 0; row < rows; row++) {
    for (let gate = 0; gate < 4; gate++) {
      for (let u = 0; u < hidden; u++) {
        out[(row * hidden + u) * 4 + gate] = tensor[(row * 4 + gate) * hidden + u]!;
      }
    }
  }
  return out;
}
