import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { randomSource } from '../kernel/rng.ts';
import { fusedLstm } from './fused-lstm.ts';
import { initialWeights } from './initial-weights.ts';
import { hasPasses } from './lstm-gradient.ts';
import { type NetworkShape, tensorsOf } from './network-shape.ts';
import { type NetworkWeights, tensorViews } from './network-weights.ts';
import { pinballTensor } from './pinball-tensor.ts';
import type { TensorLibrary, TensorNetwork } from './tensor-library.ts';
import { tensorNetwork } from './tensor-network.ts';
import { pickWindows, type Windows } from './windows.ts';

export interface TrainingOptions {
  /** Quantiles in (0, 1), ascending; outputs = leads × levels. */
  readonly levels: readonly number[];
  readonly seed: number;
  readonly mostEpochs: number;
  /** Training ends after so many epochs without a better loss on the validation windows. */
  readonly patience: number;
  readonly batch: number;
  readonly learningRate: number;
  /**
   * Whether an LSTM's recurrence is one operation (`fusedLstm`) or the library's own, step by step.
   * @default where hidden units come in fours
   */
  readonly fused?: boolean;
}

/** Mean pinball losses of one pass over the training windows, in the targets' unit. */
export interface Epoch {
  readonly training: number;
  readonly validation: number;
}

export interface TrainedNetwork {
  /** Those of the epoch with the least loss on the validation windows. */
  readonly weights: NetworkWeights;
  readonly epochs: readonly Epoch[];
  /** Index of that epoch. */
  readonly best: number;
}

/** Windows whose loss is computed at once: what they leave for a way back takes memory. */
const CHUNK = 256;

/** Gradients longer than this are shortened to it. */
const LONGEST_GRADIENT = 1;

/**
 * Trains a network from seeded weights by Adam on the pinball loss, batches drawn anew each epoch, until the validation
 * windows gain no more. Same windows, options and backend: same weights, bit for bit. Leaves no tensor behind.
 *
 * Refuses: no windows; a loss that is not finite.   Cost: epochs × one pass forth and back (`bench/results/neural.md`).
 * Source: Adam, Kingma & Ba, ICLR 2015; clipping, Pascanu, Mikolov & Bengio, ICML 2013; early stopping, Prechelt (1998).
 */
export function trainNetwork(
  tf: TensorLibrary,
  task: { readonly shape: NetworkShape; readonly training: Windows; readonly validation: Windows },
  options: TrainingOptions,
): Result<TrainedNetwork, string> {
  const { shape, training, validation } = task;
  if (training.count === 0 || validation.count === 0) return refuse('no windows to train or to validate on');
  const session = begun(tf, shape, options);
  const random = randomSource(options.seed + 1);
  const epochs: Epoch[] = [];
  let weights = session.weights();
  let best = -1;
  try {
    while (epochs.length < options.mostEpochs && epochs.length - 1 - best < options.patience) {
      const loss = session.epoch(training, shuffled(training.count, random));
      const epoch = { training: loss, validation: session.loss(validation) };
      if (!Number.isFinite(epoch.training + epoch.validation)) return refuse('the loss is not finite any more');
      epochs.push(epoch);
      if (best < 0 || epoch.validation < epochs[best]!.validation) {
        best = epochs.length - 1;
        weights = session.weights();
      }
    }
  } finally {
    session.dispose();
  }
  return accept({ weights, epochs, best });
}

interface Session {
  /** One pass over the windows in this order, in batches; mean loss before each step. */
  epoch(windows: Windows, order: Int32Array): number;
  loss(windows: Windows): number;
  weights(): NetworkWeights;
  dispose(): void;
}

function begun(tf: TensorLibrary, shape: NetworkShape, options: TrainingOptions): Session {
  const fused = shape.kind === 'lstm' && hasPasses(shape) && options.fused !== false;
  const network = fused ? fusedLstm(tf, shape) : tensorNetwork(tf, shape);
  const first = tensorViews(initialWeights(shape, options.seed));
  const variables = new Map<string, Variable>();
  for (const { name, dims } of tensorsOf(shape)) {
    variables.set(
      name,
      tf.tidy(() => tf.variable(tf.tensor(first.get(name) ?? [], [...dims]))),
    );
  }
  const optimizer = tf.train.adam(options.learningRate);
  const lossOf = lossBy(tf, { shape, network, variables, levels: options.levels });
  return {
    epoch(windows, order) {
      let sum = 0;
      for (let from = 0; from < order.length; from += options.batch) {
        const rows = order.subarray(from, from + options.batch);
        const picked = pickWindows(windows, rows);
        sum += tf.tidy(() => stepDown(tf, optimizer, () => lossOf(picked))) * rows.length;
      }
      return sum / order.length;
    },
    loss(windows) {
      let sum = 0;
      for (let from = 0; from < windows.count; from += CHUNK) {
        const rows = Int32Array.from({ length: Math.min(CHUNK, windows.count - from) }, (_, i) => from + i);
        sum += tf.tidy(() => Number(lossOf(pickWindows(windows, rows)).dataSync()[0])) * rows.length;
      }
      return sum / windows.count;
    },
    weights: () => ({ shape, values: joined([...variables.values()].map((v) => Float32Array.from(v.dataSync()))) }),
    dispose() {
      optimizer.dispose();
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

type LossTask = {
  readonly shape: NetworkShape;
  readonly network: TensorNetwork;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly levels: readonly number[];
};

const lossBy =
  (tf: TensorLibrary, { shape, network, variables, levels }: LossTask) =>
  ({ count, inputs, targets }: Windows) => {
    const outputs = network(tf.tensor3d(inputs, [count, shape.steps, shape.inputs]), variables);
    const actual: Tensor2D = tf.tensor2d(targets, [count, targets.length / count]);
    return pinballTensor(tf, levels, { outputs, actual });
  };

type Optimizer = ReturnType<TensorLibrary['train']['adam']>;

/** One step against the gradient, shortened where it is too long; the loss before it. */
function stepDown(tf: TensorLibrary, optimizer: Optimizer, loss: () => ReturnType<ReturnType<typeof lossBy>>): number {
  const { value, grads } = tf.variableGrads(loss);
  const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
  const length = tf.sqrt(tf.addN(squares));
  const share = tf.div(LONGEST_GRADIENT, tf.maximum(length, LONGEST_GRADIENT));
  optimizer.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, tf.mul(g, share)])));
  return Number(value.dataSync()[0]);
}

function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
