import { sigmoid, tanh } from './activations.ts';
import type { LstmShape } from './network-shape.ts';
import { type Placed, type VectorProducts, vectorProducts } from './vector-product.ts';

/** The recurrent part of an LSTM's weights, or the gradients in them; as in `tensorsOf`. */
export interface LstmParameters {
  readonly kernel: Float32Array;
  readonly recurrent: Float32Array;
  readonly bias: Float32Array;
}

/** Passes of batches of one size through the recurrence of an LSTM. Each pass overwrites the one before. */
export interface LstmPasses {
  /** Last states (batch × hidden) of windows (batch × steps × inputs). */
  forward(parameters: LstmParameters, windows: Float32Array): Float32Array;
  /** Gradients of a loss in the parameters of the last pass, from its gradient in the last states. */
  backward(last: Float32Array): LstmParameters;
}

/** A block of numbers that products read or write: rows side by side. */
interface Block {
  readonly floats: Float32Array;
  readonly place: number;
}

/** What a pass keeps for the way back, and what the way back works on; the steps stand one after the other. */
interface Tape {
  readonly windows: Block;
  readonly kernel: Block;
  readonly recurrent: Block;
  /** The recurrent weights with rows and columns exchanged. */
  readonly turned: Block;
  readonly bias: Float32Array;
  /** steps × batch × 4·hidden: the gates after their activation. */
  readonly gates: Block;
  /** (steps + 1) × batch × hidden, from the first zeros on. */
  readonly cells: Float32Array;
  readonly states: Block;
  /** Gradients at one step: in its gates before their activation, in the state and the cell that it leaves. */
  readonly inGates: Block;
  readonly inState: Block;
  readonly inCell: Float32Array;
  readonly inKernel: Block;
  readonly inRecurrent: Block;
}

/** An LSTM and the size of its batches. */
type Sizes = LstmShape & { readonly batch: number };

/** Whether the recurrence of such an LSTM can be passed through: vectors hold four units. */
export const hasPasses = ({ hidden }: LstmShape): boolean => hidden % 4 === 0;

/**
 * Passes of batches through an LSTM that `hasPasses`, single precision. Memory: steps · batch · 6·hidden numbers.
 * Cost: 12·steps·batch·hidden·(hidden + inputs) products forth and back.
 * Source: backpropagation through time, Werbos, Proc. IEEE 78 (1990).
 */
export function lstmPasses(shape: LstmShape, batch: number): LstmPasses {
  const sizes = { ...shape, batch };
  const products = vectorProducts(roomOf(sizes));
  const tape = tapeOf(sizes, products);
  return {
    forward(parameters, windows) {
      load(tape, parameters, windows, shape.hidden);
      for (let t = 0; t < shape.steps; t++) stepOn(tape, sizes, { t, products });
      return tape.states.floats.slice(-batch * shape.hidden);
    },
    backward(last) {
      for (const { floats } of [tape.inKernel, tape.inRecurrent]) floats.fill(0);
      tape.inState.floats.set(last);
      tape.inCell.fill(0);
      const bias = new Float32Array(4 * shape.hidden);
      for (let t = shape.steps - 1; t >= 0; t--) stepBack(tape, sizes, { t, products, bias });
      return { kernel: tape.inKernel.floats.slice(), recurrent: tape.inRecurrent.floats.slice(), bias };
    },
  };
}

/** Numbers of all blocks, each rounded up to fours. */
const roomOf = ({ steps, inputs, hidden, batch }: Sizes): number =>
  batch * (steps * inputs + 6 * (steps + 1) * hidden + 6 * hidden) + 4 * hidden * (3 * hidden + 2 * inputs) + 64;

function tapeOf({ steps, inputs, hidden, batch }: Sizes, { take }: VectorProducts): Tape {
  const wide = 4 * hidden;
  return {
    windows: take(batch * steps * inputs),
    kernel: take(inputs * wide),
    recurrent: take(hidden * wide),
    turned: take(hidden * wide),
    bias: new Float32Array(wide),
    gates: take(steps * batch * wide),
    cells: new Float32Array((steps + 1) * batch * hidden),
    states: take((steps + 1) * batch * hidden),
    inGates: take(batch * wide),
    inState: take(batch * hidden),
    inCell: new Float32Array(batch * hidden),
    inKernel: take(inputs * wide),
    inRecurrent: take(hidden * wide),
  };
}

function load(tape: Tape, { kernel, recurrent, bias }: LstmParameters, windows: Float32Array, hidden: number): void {
  tape.windows.floats.set(windows);
  tape.kernel.floats.set(kernel);
  tape.recurrent.floats.set(recurrent);
  tape.bias.set(bias);
  const wide = 4 * hidden;
  for (let j = 0; j < hidden; j++) {
    for (let k = 0; k < wide; k++) tape.turned.floats[k * hidden + j] = recurrent[j * wide + k]!;
  }
}

const rows = ({ place }: Block, columns: number, offset = 0): Placed => ({
  place: place + offset,
  row: columns,
  column: 1,
});
const turned = ({ place, row, column }: Placed): Placed => ({ place, row: column, column: row });

function stepOn(tape: Tape, sizes: Sizes, { t, products }: { t: number; products: VectorProducts }): void {
  const { steps, inputs, hidden, batch } = sizes;
  const wide = 4 * hidden;
  const from = t * batch * wide;
  for (let b = 0; b < batch; b++) tape.gates.floats.set(tape.bias, from + b * wide);
  const gates = rows(tape.gates, wide, from);
  const given = rows(tape.windows, steps * inputs, t * inputs);
  products.addProduct(gates, [given, rows(tape.kernel, wide)], { rows: batch, inner: inputs, columns: wide });
  const state = rows(tape.states, hidden, t * batch * hidden);
  products.addProduct(gates, [state, rows(tape.recurrent, wide)], { rows: batch, inner: hidden, columns: wide });
  for (let b = 0; b < batch; b++)
    activate(tape, hidden, { at: from + b * wide, from: (t * batch + b) * hidden, batch });
}

interface Row {
  /** Where the row's gates stand, its cells of the step before, and how many rows a step has. */
  readonly at: number;
  readonly from: number;
  readonly batch: number;
}

function activate({ gates: { floats: gates }, cells, states }: Tape, hidden: number, row: Row): void {
  let at = row.at;
  let from = row.from;
  const onward = row.batch * hidden;
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
    cells[from + onward] = cell;
    states.floats[from + onward] = o * tanh(cell);
  }
}

function stepBack(
  tape: Tape,
  { steps, inputs, hidden, batch }: Sizes,
  { t, products, bias }: { t: number; products: VectorProducts; bias: Float32Array },
): void {
  const wide = 4 * hidden;
  for (let b = 0; b < batch; b++) {
    throughGates(tape, hidden, { at: (t * batch + b) * wide, from: (t * batch + b) * hidden, batch }, b);
    for (let k = 0; k < wide; k++) bias[k] = bias[k]! + tape.inGates.floats[b * wide + k]!;
  }
  const inGates = rows(tape.inGates, wide);
  const given = turned(rows(tape.windows, steps * inputs, t * inputs));
  products.addProduct(rows(tape.inKernel, wide), [given, inGates], { rows: inputs, inner: batch, columns: wide });
  const state = turned(rows(tape.states, hidden, t * batch * hidden));
  products.addProduct(rows(tape.inRecurrent, wide), [state, inGates], { rows: hidden, inner: batch, columns: wide });
  tape.inState.floats.fill(0);
  const back = { rows: batch, inner: wide, columns: hidden };
  products.addProduct(rows(tape.inState, hidden), [inGates, rows(tape.turned, hidden)], back);
}

/** From the gradients in state and cell of row `b` to those in its gates, and in the cell of the step before. */
function throughGates({ gates, cells, inGates, inState, inCell }: Tape, hidden: number, row: Row, b: number): void {
  const values = gates.floats;
  const out = inGates.floats;
  for (let u = 0; u < hidden; u++) {
    const at = row.at + u;
    const to = b * 4 * hidden + u;
    const k = b * hidden + u;
    const i = values[at]!;
    const f = values[at + hidden]!;
    const g = values[at + 2 * hidden]!;
    const o = values[at + 3 * hidden]!;
    const shown = tanh(cells[row.from + u + row.batch * hidden]!);
    const above = inState.floats[k]!;
    const cell = inCell[k]! + above * o * (1 - shown * shown);
    out[to] = cell * g * i * (1 - i);
    out[to + hidden] = cell * cells[row.from + u]! * f * (1 - f);
    out[to + 2 * hidden] = cell * i * (1 - g * g);
    out[to + 3 * hidden] = above * shown * o * (1 - o);
    inCell[k] = cell * f;
  }
}
