import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openTensors, TENSOR_BACKENDS, type Tensors } from '../../adapters/tensors/open-tensors.ts';
import { leadsUpTo, networkShape } from '../../models/forecast/neural/network-size.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import type { Inference } from '../../models/neural/inference.ts';
import { initialWeights } from '../../models/neural/initial-weights.ts';
import { lstmInference } from '../../models/neural/lstm.ts';
import { inferenceOf } from '../../models/neural/network.ts';
import { type NetworkShape, tensorsOf, weightCount } from '../../models/neural/network-shape.ts';
import { tensorViews } from '../../models/neural/network-weights.ts';
import { tensorNetwork } from '../../models/neural/tensor-network.ts';
import { trainNetwork } from '../../models/neural/train-network.ts';
import type { Windows } from '../../models/neural/windows.ts';
import { provenance } from '../provenance.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/neural.md');

const WINDOWS = 2000;
const EPOCHS = 3;
const LEVELS = [0.1, 0.5, 0.9];
const ends = { steps: 48, size: 32, outputs: 12 * LEVELS.length };
const LSTM = networkShape({ kind: 'lstm', ...ends });
const TRANSFORMER = networkShape({ kind: 'transformer', ...ends });

/** Runs before the just-in-time compiler is warm, and runs that are measured; the library's are a hundred times slower. */
const KERNEL_RUNS = { warmUp: 3000, measured: 5000 };
const LIBRARY_RUNS = { warmUp: 30, measured: 100 };

/** Median wall-clock of one inference, and CPU of an epoch, of the kernels and of each backend that is installed. */
export async function benchNeural(): Promise<void> {
  const missing: string[] = [];
  const inference = [
    inferenceRow('LSTM, vector kernel', inferenceOf(initialWeights(LSTM, 1)), '0.1'),
    inferenceRow('LSTM, plain kernel', plainLstm(), '0.3'),
    inferenceRow('Transformer, kernel', inferenceOf(initialWeights(TRANSFORMER, 1)), '1'),
  ];
  const training: string[] = [];
  // Slowest to start last; a process holds one library, so the native one, when it is there, is not beside another's copy.
  for (const backend of TENSOR_BACKENDS) {
    const tensors = await openTensors({ backend });
    if (!tensors.ok) {
      missing.push(backend);
      continue;
    }
    for (const [name, shape] of [
      ['LSTM', LSTM],
      ['Transformer', TRANSFORMER],
    ] as const) {
      inference.push(inferenceRow(`${name}, tfjs ${backend}`, libraryInference(tensors.value, shape), ''));
      training.push(trainingRow(tensors.value, name, shape));
    }
  }
  const text = pageOf({ inference, training, missing });
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}

const pageOf = (rows: { inference: readonly string[]; training: readonly string[]; missing: readonly string[] }) =>
  `# Speed of neural forecasters

\`npm run bench -- neural\`. Windows of 48 × 4, 12 leads × 3 quantiles; LSTM of 32 hidden units (${weightCount(LSTM)} weights),
Transformer of 8 patches, width 32, 2 blocks of 4 heads (${weightCount(TRANSFORMER)} weights). Random weights and windows, seed 1.

One inference, batch 1, wall-clock of ${KERNEL_RUNS.measured} runs (library: ${LIBRARY_RUNS.measured}):

| what | median | least | 95 % | aim, ms |
| --- | ---: | ---: | ---: | ---: |
${rows.inference.join('\n')}

One epoch of training on ${WINDOWS} windows in batches of 32, Adam, pinball loss, mean of ${EPOCHS}; CPU (user + system, all threads).
The LSTM's recurrence is one operation of our own on every backend, the rest is the library's. Aim for the LSTM: 2 s.

| what | CPU an epoch | wall-clock | loss after ${EPOCHS} epochs |
| --- | ---: | ---: | ---: |
${rows.training.join('\n')}

${rows.missing.length === 0 ? '' : `Not installed here, not measured: ${rows.missing.join(', ')}.\n\n`}${provenance()}
`;

function plainLstm(): Inference {
  const weights = initialWeights(LSTM, 1);
  if (weights.shape.kind !== 'lstm') throw new Error('the shape of the bench is no LSTM');
  return lstmInference(weights.shape, weights);
}

function libraryInference({ tf }: Tensors, shape: NetworkShape): Inference {
  const weights = initialWeights(shape, 1);
  const views = tensorViews(weights);
  const tensors = new Map(
    tensorsOf(shape).map(({ name, dims }) => [name, tf.tensor(views.get(name) ?? [], [...dims])]),
  );
  const network = tensorNetwork(tf, shape);
  return (window) =>
    tf.tidy(() => Float32Array.from(network(tf.tensor3d(window, [1, shape.steps, shape.inputs]), tensors).dataSync()));
}

function inferenceRow(name: string, run: Inference, aim: string): string {
  const random = randomSource(1);
  const windows = Array.from({ length: 16 }, () => Float32Array.from({ length: 192 }, () => 2 * random() - 1));
  const { warmUp, measured } = name.includes('kernel') ? KERNEL_RUNS : LIBRARY_RUNS;
  const times: number[] = [];
  for (let i = -warmUp; i < measured; i++) {
    const before = performance.now();
    run(windows[(i + warmUp) % windows.length]!);
    if (i >= 0) times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(share * (measured - 1))]!.toFixed(3);
  return `| ${name} | ${at(0.5)} ms | ${at(0)} ms | ${at(0.95)} ms | ${aim === '' ? '' : `< ${aim}`} |`;
}

/** Windows of noise whose targets follow from their last steps, so that there is something to learn. */
function windowsOf(count: number, seed: number): Windows {
  const random = randomSource(seed);
  const leads = leadsUpTo(12).length;
  const inputs = Float32Array.from({ length: count * 192 }, () => 2 * random() - 1);
  const targets = Float32Array.from({ length: count * leads }, (_, i) => {
    const last = (Math.floor(i / leads) + 1) * 192 - 4;
    return inputs[last]! + 0.5 * inputs[last - 4]! + 0.4 * (random() - 0.5);
  });
  return { count, inputs, targets };
}

function trainingRow({ tf, backend }: Tensors, name: string, shape: NetworkShape): string {
  const task = { shape, training: windowsOf(WINDOWS, 1), validation: windowsOf(200, 2) };
  const options = { levels: LEVELS, seed: 1, mostEpochs: EPOCHS, patience: EPOCHS, batch: 32, learningRate: 0.001 };
  trainNetwork(tf, task, { ...options, mostEpochs: 1 });
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const trained = trainNetwork(tf, task, options);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - wall) / 1000 / EPOCHS;
  if (!trained.ok) throw new Error(`a training of the bench was refused: ${trained.refusal}`);
  const loss = trained.value.epochs.at(-1)?.training ?? Number.NaN;
  return `| ${name}, tfjs ${backend} | ${((user + system) / 1e6 / EPOCHS).toFixed(2)} s | ${seconds.toFixed(2)} s | ${loss.toFixed(5)} |`;
}
