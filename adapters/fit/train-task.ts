import type { TrainingTask } from '../../loop/fitter.ts';
import type { NetworkModel } from '../../models/forecast/neural/network-model.ts';
import { networkFor } from '../../models/forecast/neural/network-size.ts';
import { trainModel } from '../../models/forecast/neural/train-model.ts';
import { said } from '../../models/forecast/said.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { dataHash } from '../tensors/data-hash.ts';
import type { Tensors } from '../tensors/open-tensors.ts';

/** As `prescale train` has them, but for fewer windows and epochs: a training has two minutes. */
const STEPS = 48;
const HIDDEN = 32;
const MOST_WINDOWS = 1000;
const OPTIONS = {
  levels: [0.1, 0.5, 0.9],
  seed: 1,
  mostEpochs: 20,
  patience: 4,
  batch: 32,
  learningRate: 0.002,
} as const;

/** A network trained on a history by the library at hand; refuses in words. Cost: ten CPU seconds. */
export function trainedBy(
  { tf, backend }: Tensors,
  { window, horizonSteps }: TrainingTask,
): Result<NetworkModel, string> {
  const answer = trainModel(tf, window, {
    task: {
      ...networkFor({ kind: 'lstm', steps: STEPS, size: HIDDEN, horizonSteps, levels: OPTIONS.levels }),
      unit: 'robust',
      mostWindows: MOST_WINDOWS,
      backend,
      dataHash: dataHash(window.values),
    },
    options: OPTIONS,
  });
  return answer.ok ? accept(answer.value.model) : refuse(said(answer.refusal));
}
