import { sigmoid, tanh } from './activations.ts';
import type { LstmShape } from './network-shape.ts';
import { addProduct, rowMajor, transposed } from './product.ts';

/** The recurrent part of an LSTM in double precision, gates in the order of `tensorsOf`. */
export interface LstmParameters {
  readonly kernel: Float64Array;
  readonly recurrent: Float64Array;
  readonly bias: Float64Array;
}

/** What a pass over a batch leaves for the way back; arrays hold the steps one after the other. */
export interface LstmTape {
  readonly batch: number;
  /** batch × steps × inputs. */
  readonly windows: Float64Array;
  /** steps × batch × 4·hidden: the gates after their activation. */
  readonly gates: Float64Array;
  /** (steps + 1) × batch × hidden, from the first zeros on. */
  readonly cells: Float64Array;
  readonly states: Float64Array;
}

/** Runs a batch of windows and keeps what the way back needs. The last batch × hidden of `states` are the answer. */
export function lstmForward(shape: LstmShape, parameters: LstmParameters, windows: Float64Array): LstmTape {
  const { steps, inputs, hidden } = shape;
  const batch = windows.length / (steps * inputs);
  const [size, wide] = [batch * hidden, 4 * hidden];
  const tape: LstmTape = {
    batch,
    windows,
    gates: new Float64Array(steps * batch * wide),
    cells: new Float64Array((steps + 1) * size),
    states: new Float64Array((steps + 1) * size),
  };
  const kernel = rowMajor(parameters.kernel, wide);
  const recurrent = rowMajor(parameters.recurrent, wide);
  for (let t = 0; t < steps; t++) {
    const gates = rowMajor(tape.gates, wide, t * batch * wide);
    for (let b = 0; b < batch; b++) tape.gates.set(parameters.bias, gates.offset + b * wide);
    const given = rowMajor(windows, steps * inputs, t * inputs);
    addProduct(gates, [given, kernel], { rows: batch, inner: inputs, columns: wide });
    const state = rowMajor(tape.states, hidden, t * size);
    addProduct(gates, [state, recurrent], { rows: batch, inner: hidden, columns: wide });
    activate(tape, t, hidden);
  }
  return tape;
}

function activate({ batch, gates, cells, states }: LstmTape, t: number, hidden: number): void {
  for (let b = 0; b < batch; b++) {
    let at = (t * batch + b) * 4 * hidden;
    let from = (t * batch + b) * hidden;
    for (let u = 0; u < hidden; u++, at++, from++) {
      const i = sigmoid(gates[at]!);
      const f = sigmoid(gates[at + hidden]!);
      const g = tanh(gates[at + 2 * hidden]!);
      const o = sigmoid(gates[at + 3 * hidden]!);
      const cell = f * cells[from]! + i * g;
      gates[at] = i;
      gates[at + hidden] = f;
      gates[at + 2 * hidden] = g;
      gates[at + 3 * hidden] = o;
      cells[from + batch * hidden] = cell;
      states[from + batch * hidden] = o * tanh(cell);
    }
  }
}

/**
 * Gradients of a loss in the parameters, from its gradient in the last state (batch × hidden).
 * Cost: twice that of `lstmForward`. Source: backpropagation through time, Werbos, Proc. IEEE 78 (1990).
 */
export function lstmBackward(
  { steps, inputs, hidden }: LstmShape,
  { parameters, tape, last }: { parameters: LstmParameters; tape: LstmTape; last: Float64Array },
): LstmParameters {
  const { batch } = tape;
  const wide = 4 * hidden;
  const out: LstmParameters = {
    kernel: new Float64Array(inputs * wide),
    recurrent: new Float64Array(hidden * wide),
    bias: new Float64Array(wide),
  };
  const way: WayBack = {
    state: Float64Array.from(last),
    cell: new Float64Array(batch * hidden),
    gates: new Float64Array(batch * wide),
  };
  const gates = rowMajor(way.gates, wide);
  const turned = transposed(rowMajor(parameters.recurrent, wide));
  for (let t = steps - 1; t >= 0; t--) {
    throughGates(tape, way, { t, hidden });
    const given = transposed(rowMajor(tape.windows, steps * inputs, t * inputs));
    addProduct(rowMajor(out.kernel, wide), [given, gates], { rows: inputs, inner: batch, columns: wide });
    const state = transposed(rowMajor(tape.states, hidden, t * batch * hidden));
    addProduct(rowMajor(out.recurrent, wide), [state, gates], { rows: hidden, inner: batch, columns: wide });
    for (let i = 0; i < way.gates.length; i++) out.bias[i % wide] = out.bias[i % wide]! + way.gates[i]!;
    way.state.fill(0);
    addProduct(rowMajor(way.state, hidden), [gates, turned], { rows: batch, inner: wide, columns: hidden });
  }
  return out;
}

/** Gradients at one step: in the state and the cell that it leaves, and in its gates before their activation. */
interface WayBack {
  readonly state: Float64Array;
  readonly cell: Float64Array;
  readonly gates: Float64Array;
}

function throughGates(
  tape: LstmTape,
  way: WayBack,
  { t, hidden }: { readonly t: number; readonly hidden: number },
): void {
  const { batch, gates, cells } = tape;
  for (let b = 0; b < batch; b++) {
    let at = (t * batch + b) * 4 * hidden;
    let to = b * 4 * hidden;
    let k = b * hidden;
    for (let u = 0; u < hidden; u++, at++, to++, k++) {
      const i = gates[at]!;
      const f = gates[at + hidden]!;
      const g = gates[at + 2 * hidden]!;
      const o = gates[at + 3 * hidden]!;
      const shown = tanh(cells[(t + 1) * batch * hidden + k]!);
      const inCell = way.cell[k]! + way.state[k]! * o * (1 - shown * shown);
      way.gates[to] = inCell * g * i * (1 - i);
      way.gates[to + hidden] = inCell * cells[t * batch * hidden + k]! * f * (1 - f);
      way.gates[to + 2 * hidden] = inCell * i * (1 - g * g);
      way.gates[to + 3 * hidden] = way.state[k]! * shown * o * (1 - o);
      way.cell[k] = inCell * f;
    }
  }
}
