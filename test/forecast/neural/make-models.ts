import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { openTensors } from '../../../adapters/tensors/open-tensors.ts';
import { trainModel } from '../../../models/forecast/neural/train-model.ts';
import { instant } from '../../../models/kernel/series.ts';
import type { NetworkShape } from '../../../models/neural/network-shape.ts';
import { STEP_MS, seriesOf, wave } from '../loads.ts';

/** Trains the small networks that the tests keep. The load ends where the tests' loads begin. */
const LEADS = [1, 3, 12, 48, 144, 288];
const ends = { steps: 24, inputs: 4, outputs: 3 * LEADS.length };
const SHAPES: readonly NetworkShape[] = [
  { kind: 'lstm', ...ends, hidden: 8 },
  { kind: 'transformer', ...ends, patch: 6, width: 8, heads: 2, blocks: 1, inner: 16 },
];

const tensors = await openTensors({ backend: 'cpu' });
if (!tensors.ok) throw new Error(tensors.refusal);
const values = wave({ days: 21, noise: 0.1, seed: 8 });
const history = { ...seriesOf(values), startMs: instant(-values.length * STEP_MS) };
for (const shape of SHAPES) {
  const trained = trainModel(tensors.value.tf, history, {
    task: {
      shape,
      leads: LEADS,
      unit: 'robust',
      mostWindows: 1000,
      backend: 'cpu',
      dataHash: createHash('sha256').update(Buffer.from(values.buffer)).digest('hex'),
    },
    options: { levels: [0.1, 0.5, 0.9], seed: 1, mostEpochs: 15, patience: 3, batch: 32, learningRate: 0.003 },
  });
  if (!trained.ok) throw new Error(JSON.stringify(trained.refusal));
  const { model, test } = trained.value;
  writeFileSync(new URL(`./${shape.kind}.json`, import.meta.url), `${JSON.stringify(model, null, 2)}\n`);
  console.log(shape.kind, test);
}
