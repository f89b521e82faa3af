import { dataHash } from '../../adapters/tensors/data-hash.ts';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import { jointInputs } from '../../models/forecast/neural/joint-view.ts';
import { type JointLoad, type TrainedJoint, trainJoint } from '../../models/forecast/neural/train-joint.ts';
import { said } from '../../models/forecast/said.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';
import { cleanedColumns, type TraceColumn } from '../forecast/cleaned-columns.ts';
import { networkTask, type TrainingTask } from './train-trace.ts';

/** Cleans columns of one trace as the controller would, and trains one network on all of them; refuses in words. */
export function trainColumns(
  columns: readonly TraceColumn[],
  task: TrainingTask,
  { tf, backend }: Tensors,
): Result<TrainedJoint, string> {
  const cleaned = cleanedColumns(columns, task.historySteps);
  if (!cleaned.ok) return cleaned;
  const loads: readonly JointLoad[] = cleaned.value.map(({ name, series }) => ({ name, history: series }));
  const { shape, ...rest } = networkTask(task, loads.length);
  const trained = trainJoint(tf, loads, {
    task: {
      ...rest,
      shape: { ...shape, inputs: jointInputs(loads.length) },
      backend,
      dataHash: dataHash(...loads.map(({ history }) => history.values)),
    },
    options: task.options,
  });
  return trained.ok ? trained : refuse(said(trained.refusal));
}
