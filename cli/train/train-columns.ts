import { createHash } from 'node:crypto';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import { jointInputs } from '../../models/forecast/neural/joint-view.ts';
import { leadsUpTo, networkShape } from '../../models/forecast/neural/network-size.ts';
import { type JointLoad, type TrainedJoint, trainJoint } from '../../models/forecast/neural/train-joint.ts';
import { said } from '../../models/forecast/said.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { endOf, type GappedSeries, slice } from '../../models/kernel/series.ts';
import { cleanedTail } from '../forecast/forecast-trace.ts';
import type { TrainingTask } from './train-trace.ts';

/** A column of a trace. */
export interface TraceColumn {
  readonly column: string;
  readonly series: GappedSeries;
}

/** Cleans columns of one trace as the controller would, and trains one network on all of them; refuses in words. */
export function trainColumns(
  columns: readonly TraceColumn[],
  task: TrainingTask,
  { tf, backend }: Tensors,
): Result<TrainedJoint, string> {
  const loads = cleanedColumns(columns, task.historySteps);
  if (!loads.ok) return loads;
  const { kind, steps, size, options, unit, mostWindows } = task;
  const leads = leadsUpTo(task.horizonSteps);
  const outputs = loads.value.length * leads.length * options.levels.length;
  const hash = createHash('sha256');
  for (const { history } of loads.value) hash.update(new Uint8Array(Float64Array.from(history.values).buffer));
  const trained = trainJoint(tf, loads.value, {
    task: {
      shape: { ...networkShape({ kind, steps, size, outputs }), inputs: jointInputs(loads.value.length) },
      leads,
      unit,
      mostWindows,
      backend,
      dataHash: hash.digest('hex'),
    },
    options,
  });
  return trained.ok ? trained : refuse(said(trained.refusal));
}

/** The columns up to the last step that all of them know. */
function cleanedColumns(columns: readonly TraceColumn[], historySteps: number): Result<readonly JointLoad[], string> {
  const loads: JointLoad[] = [];
  for (const { column, series } of columns) {
    const cleaned = cleanedTail({ series, historySteps });
    if (!cleaned.ok) return refuse(`${column}: ${cleaned.refusal}`);
    const window = fitWindow(cleaned.value);
    if (!window.ok) return refuse(`${column}: ${window.refusal.reason}`);
    loads.push({ name: column, history: window.value });
  }
  const end = Math.min(...loads.map(({ history }) => endOf(history)));
  return accept(
    loads.map(({ name, history }) => {
      const beyond = Math.round((endOf(history) - end) / history.stepMs);
      return { name, history: slice(history, 0, history.values.length - beyond) };
    }),
  );
}
