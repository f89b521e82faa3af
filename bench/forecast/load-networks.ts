import { createHash } from 'node:crypto';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { networkForecaster } from '../../models/forecast/neural/network-forecaster.ts';
import { leadsUpTo, networkShape } from '../../models/forecast/neural/network-size.ts';
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

export const NETWORK_KINDS = ['lstm', 'transformer'] as const;

/**
 * An LSTM and a Transformer that learned from a history alone, with outputs up to a day ahead; beyond it their correction of
 * the season fades. Those that refuse are left out. Cost: ten CPU seconds, with WebAssembly.
 */
export function trainedNetworks(history: Series, { tf, backend }: Tensors): readonly TrainedForecaster[] {
  const leads = leadsUpTo(Math.round(DAY_MS / history.stepMs));
  return NETWORK_KINDS.flatMap((kind) => {
    const begun = process.cpuUsage();
    const trained = trainModel(tf, history, {
      task: {
        shape: networkShape({ kind, ...SIZE, outputs: leads.length * LEVELS.length }),
        leads,
        unit: 'robust',
        mostWindows: NETWORK_TERMS.windows,
        backend,
        dataHash: createHash('sha256')
          .update(new Uint8Array(Float64Array.from(history.values).buffer))
          .digest('hex'),
      },
      options: { ...OPTIONS, mostEpochs: NETWORK_TERMS.epochs },
    });
    if (!trained.ok) return [];
    const { user, system } = process.cpuUsage(begun);
    const forecaster = { ...networkForecaster(trained.value.model), name: kind };
    return [{ forecaster, learnedMilliseconds: (user + system) / 1000 }];
  });
}
