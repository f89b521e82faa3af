import { dataHash } from '../../adapters/tensors/data-hash.ts';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { networkForecaster } from '../../models/forecast/neural/network-forecaster.ts';
import { networkFor } from '../../models/forecast/neural/network-size.ts';
import { trainModel } from '../../models/forecast/neural/train-model.ts';
import type { Series } from '../../models/kernel/series.ts';

const DAY_MS = 86_400_000;

/** As `prescale train --horizon 24h` has them, but for fewer windows and epochs: there are dozens of loads. */
export const NETWORK_TERMS = { windows: 1000, epochs: 10 } as const;
const LEVELS = [0.1, 0.5, 0.9];
const OPTIONS = { levels: LEVELS, seed: 1, patience: 6, batch: 32, learningRate: 0.002 } as const;
const SIZE = { steps: 48, size: 32 } as const;

/** A network, and what its training took of the CPU. */
export interface TrainedForecaster {
  readonly forecaster: Forecaster;
  readonly learnedMilliseconds: number;
}

/** How far outputs reach, in days, the furthest first. */
const REACHES = [1, 1 / 2, 1 / 4];

export const NETWORK_KINDS = ['lstm', 'transformer'] as const;

/**
 * An LSTM and a Transformer that learned from a history alone. Their outputs reach a day ahead, or half or a quarter of it where
 * the history is too short for that; beyond it their correction of the season fades. Those that refuse are left out.
 * Cost: ten CPU seconds, with WebAssembly.
 */
export const trainedNetworks = (history: Series, tensors: Tensors): readonly TrainedForecaster[] =>
  NETWORK_KINDS.flatMap((kind) => {
    const begun = process.cpuUsage();
    const model = trained(history, kind, tensors);
    if (model === undefined) return [];
    const { user, system } = process.cpuUsage(begun);
    return [{ forecaster: { ...networkForecaster(model), name: kind }, learnedMilliseconds: (user + system) / 1000 }];
  });

function trained(history: Series, kind: (typeof NETWORK_KINDS)[number], { tf, backend }: Tensors) {
  const hash = dataHash(history.values);
  for (const share of REACHES) {
    const horizonSteps = Math.round((share * DAY_MS) / history.stepMs);
    const wanted = networkFor({ kind, ...SIZE, horizonSteps, levels: LEVELS });
    const task = { ...wanted, unit: 'robust', mostWindows: NETWORK_TERMS.windows, backend, dataHash: hash } as const;
    const learned = trainModel(tf, history, { task, options: { ...OPTIONS, mostEpochs: NETWORK_TERMS.epochs } });
    if (learned.ok) return learned.value.model;
    if (learned.refusal.kind !== 'too-short') return undefined;
  }
  return undefined;
}
