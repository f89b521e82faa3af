import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { fusedLstm } from '../../models/neural/fused-lstm.ts';
import { initialWeights } from '../../models/neural/initial-weights.ts';
import { inferenceOf } from '../../models/neural/network.ts';
import type { LstmShape, NetworkShape, TransformerShape } from '../../models/neural/network-shape.ts';
import { tensorsOf } from '../../models/neural/network-shape.ts';
import { type NetworkWeights, tensorViews } from '../../models/neural/network-weights.ts';
import type { TensorLibrary } from '../../models/neural/tensor-library.ts';
import { tensorNetwork } from '../../models/neural/tensor-network.ts';
import { trainNetwork } from '../../models/neural/train-network.ts';
import type { Windows } from '../../models/neural/windows.ts';

/** One figure that must not exceed its limit. */
export interface ParityRow {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
}

/** The kernels must agree with the tensor library to this. */
const OUTPUTS = 1e-5;

/** Gradients are single precision and add up over steps and windows: relative to the greatest. */
const GRADIENTS = 1e-4;

const LSTM: LstmShape = { kind: 'lstm', steps: 7, inputs: 3, hidden: 5, outputs: 6 };
const LSTM_FOURS: LstmShape = { kind: 'lstm', steps: 7, inputs: 3, hidden: 8, outputs: 6 };
const LSTM_REFERENCE: LstmShape = { kind: 'lstm', steps: 48, inputs: 4, hidden: 32, outputs: 36 };
const TRANSFORMER: TransformerShape = {
  kind: 'transformer',
  steps: 12,
  inputs: 3,
  patch: 4,
  width: 6,
  heads: 2,
  blocks: 2,
  inner: 10,
  outputs: 6,
};
const TRANSFORMER_REFERENCE: TransformerShape = {
  kind: 'transformer',
  steps: 48,
  inputs: 4,
  patch: 6,
  width: 32,
  heads: 4,
  blocks: 2,
  inner: 64,
  outputs: 36,
};

/** What separates the kernels of `models/neural` from the tensor library on one of its backends. Seconds on `cpu`. */
export function parityRows({ tf }: Tensors): readonly ParityRow[] {
  const shapes: readonly (readonly [string, NetworkShape])[] = [
    ['LSTM 7 × 3, hidden 5', LSTM],
    ['LSTM 48 × 4, hidden 32', LSTM_REFERENCE],
    ['Transformer 12 × 3, width 6', TRANSFORMER],
    ['Transformer 48 × 4, width 32', TRANSFORMER_REFERENCE],
  ];
  const before = tf.memory().numTensors;
  const rows = shapes.map(([name, shape]) => ({ what: `${name}: outputs`, figure: apart(tf, shape), limit: OUTPUTS }));
  const losses = TRAININGS.map(({ shape, fused }) => lossesOf(tf, shape, fused));
  const fusedApart = Math.max(...losses[0]!.map((loss, i) => Math.abs(loss - losses[1]![i]!)));
  return [
    ...rows,
    { what: 'LSTM as one operation: gradients, relative', figure: gradientsApart(tf, LSTM_FOURS), limit: GRADIENTS },
    { what: 'LSTM as one operation: losses of a training', figure: fusedApart, limit: OUTPUTS },
    { what: 'tensors left behind', figure: tf.memory().numTensors - before, limit: 0 },
  ];
}

const TRAININGS = [
  { shape: LSTM_FOURS, fused: true },
  { shape: LSTM_FOURS, fused: false },
  { shape: TRANSFORMER, fused: false },
] as const;

/** Losses of two epochs of small trainings, one after the other: what backends must agree on to 1e-3. */
export const trainingLosses = ({ tf }: Tensors): readonly number[] =>
  TRAININGS.flatMap(({ shape, fused }) => lossesOf(tf, shape, fused));

const random = (length: number, seed: number): Float32Array => {
  const next = randomSource(seed);
  return Float32Array.from({ length }, () => 2 * next() - 1);
};

/** First weights times 1.5 with noise on all of them: norms and biases are off their first values too. */
function roughWeights(shape: NetworkShape): NetworkWeights {
  const first = initialWeights(shape, 11).values;
  const noise = random(first.length, 12);
  return { shape, values: first.map((w, i) => 1.5 * w + 0.1 * noise[i]!) };
}

function asTensors(tf: TensorLibrary, weights: NetworkWeights): ReadonlyMap<string, Tensor> {
  const views = tensorViews(weights);
  return new Map(tensorsOf(weights.shape).map(({ name, dims }) => [name, tf.tensor(views.get(name)!, [...dims])]));
}

/** Greatest difference of the kernel's outputs from the library's over a batch of windows; of outputs above 1, their share. */
function apart(tf: TensorLibrary, shape: NetworkShape): number {
  const batch = 5;
  const [weights, wide] = [roughWeights(shape), shape.steps * shape.inputs];
  const windows = random(batch * wide, 13);
  const theirs = tf.tidy(() =>
    tensorNetwork(tf, shape)(
      tf.tensor3d(windows, [batch, shape.steps, shape.inputs]),
      asTensors(tf, weights),
    ).dataSync(),
  );
  const run = inferenceOf(weights);
  const ours = Array.from({ length: batch }, (_, b) => [...run(windows.subarray(b * wide, (b + 1) * wide))]).flat();
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!) / Math.max(1, Math.abs(theirs[i]!))));
}

/** Greatest difference of the written-out gradients from the library's, over the greatest of the library's. */
function gradientsApart(tf: TensorLibrary, shape: LstmShape): number {
  const batch = 6;
  const windows = random(batch * shape.steps * shape.inputs, 14);
  const names = tensorsOf(shape).map(({ name }) => name);
  const gradients = [fusedLstm(tf, shape), tensorNetwork(tf, shape)].map((network) =>
    tf.tidy(() => {
      const input = tf.tensor3d(windows, [batch, shape.steps, shape.inputs]);
      const loss = (...given: Tensor[]): Tensor =>
        tf.sum(tf.square(network(input, new Map(names.map((name, i) => [name, given[i]!])))));
      const tensors = [...asTensors(tf, roughWeights(shape)).values()];
      return tf
        .grads(loss)(tensors)
        .flatMap((gradient) => [...gradient.dataSync()]);
    }),
  );
  const [ours, theirs] = [gradients[0]!, gradients[1]!];
  const greatest = Math.max(...theirs.map(Math.abs));
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!))) / greatest;
}

function lossesOf(tf: TensorLibrary, shape: NetworkShape, fused: boolean): readonly number[] {
  const windows = (count: number, seed: number): Windows => {
    const inputs = random(count * shape.steps * shape.inputs, seed);
    const wide = shape.steps * shape.inputs;
    const targets = Float32Array.from({ length: count * 2 }, (_, i) => inputs[((i >> 1) + 1) * wide - 1 - (i & 1)]!);
    return { count, inputs, targets };
  };
  const task = { shape, training: windows(40, 21), validation: windows(20, 22) };
  const options = {
    levels: [0.1, 0.5, 0.9],
    seed: 3,
    mostEpochs: 3,
    patience: 3,
    batch: 16,
    learningRate: 0.01,
    fused,
  };
  const trained = trainNetwork(tf, task, options);
  if (!trained.ok) throw new Error(`a training was refused: ${trained.refusal}`);
  return trained.value.epochs.flatMap(({ training, validation }) => [training, validation]);
}
