import { dataHash } from '../../adapters/tensors/data-hash.ts';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import type { UnitKind } from '../../models/forecast/neural/load-unit.ts';
import { networkFor } from '../../models/forecast/neural/network-size.ts';
import { type TrainedModel, trainModel } from '../../models/forecast/neural/train-model.ts';
import { said } from '../../models/forecast/said.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import type { NetworkShape } from '../../models/neural/network-shape.ts';
import type { TrainingOptions } from '../../models/neural/train-network.ts';

export interface TrainingTask {
  readonly series: GappedSeries;
  /** Steps of history that are used, the newest ones. */
  readonly historySteps: number;
  readonly kind: NetworkShape['kind'];
  /** Steps of one window, and hidden units or width. */
  readonly steps: number;
  readonly size: number;
  readonly horizonSteps: number;
  readonly unit: UnitKind;
  readonly mostWindows: number;
  readonly options: TrainingOptions;
}

/** Cleans the end of a trace as the controller would, and trains a network on it; refuses in words. */
export function trainTrace(task: TrainingTask, { tf, backend }: Tensors): Result<TrainedModel, string> {
  const cleaned = cleanedTail(task);
  if (!cleaned.ok) return cleaned;
  const window = fitWindow(cleaned.value);
  if (!window.ok) return refuse(window.refusal.reason);
  const trained = trainModel(tf, window.value, {
    task: { ...networkTask(task, 1), backend, dataHash: dataHash(window.value.values) },
    options: task.options,
  });
  return trained.ok ? trained : refuse(said(trained.refusal));
}

/** What a network of this task looks like that answers for so many loads. */
export const networkTask = (
  { kind, steps, size, horizonSteps, options: { levels }, unit, mostWindows }: TrainingTask,
  loads: number,
) => ({ ...networkFor({ kind, steps, size, horizonSteps, levels, loads }), unit, mostWindows });
