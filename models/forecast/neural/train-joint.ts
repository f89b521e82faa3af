import { accept, type Result, refuse } from '../../kernel/result.ts';
import { endOf, endOfStep, type Series, slice } from '../../kernel/series.ts';
import { checkedShape } from '../../neural/network-shape.ts';
import type { TensorLibrary } from '../../neural/tensor-library.ts';
import { type Epoch, type TrainingOptions, trainNetwork } from '../../neural/train-network.ts';
import { textOfWeights } from '../../neural/weights-text.ts';
import { pinball } from '../conformal.ts';
import { usable } from '../finite.ts';
import type { ForecastRefusal } from '../forecaster.ts';
import type { JointModel } from './joint-model.ts';
import { jointNetwork } from './joint-network.ts';
import { jointInputs, jointViews, jointWindows } from './joint-view.ts';
import { loadUnit } from './load-unit.ts';
import { type Layout, type LoadView, remainders, stepsNeeded } from './load-view.ts';
import { originsIn, timeSplit } from './time-split.ts';
import { LEAST_WINDOWS, MOST_TESTS, type ModelTask } from './train-model.ts';

const DAY_MS = 86_400_000;

/** A load of a group by its name. */
export interface JointLoad {
  readonly name: string;
  readonly history: Series;
}

/** Mean pinball loss of one load over leads and levels on the newest tenth, of the network and of its base alone. */
export interface JointScore {
  readonly name: string;
  readonly pinball: number;
  readonly basePinball: number;
}

export interface TrainedJoint {
  readonly model: JointModel;
  readonly epochs: readonly Epoch[];
  readonly best: number;
  readonly test: readonly JointScore[];
}

/**
 * Trains one network on several loads together, each beside the same time of the day before: 80 / 10 / 10 in time as
 * `trainModel`, one loss over all loads in units of their own. The common end of the histories is used.
 *
 * Same histories, task, options and backend: same model, bit for bit. Refuses as `trainModel`, and loads that have no common
 * span. Cost: that of `trainNetwork`.
 */
export function trainJoint(
  tf: TensorLibrary,
  loads: readonly JointLoad[],
  { task, options }: { readonly task: ModelTask; readonly options: TrainingOptions },
): Result<TrainedJoint, ForecastRefusal> {
  const shared = commonSpan(loads.map(({ history }) => history));
  if (shared === undefined)
    return refuse({ kind: 'no-signal', reason: 'the loads have no common steps up to one end' });
  const reason = unfit(shared, task, options);
  if (reason !== undefined) return refuse({ kind: 'no-signal', reason });
  const layout: Layout = { base: 'day', steps: task.shape.steps, leads: task.leads };
  const n = shared[0]!.values.length;
  const first = stepsNeeded(layout, shared[0]!.stepMs) - 1;
  const furthest = task.leads.at(-1) ?? 0;
  for (const { values } of shared) {
    const known = usable(values, Math.ceil((first + furthest + LEAST_WINDOWS) / 0.8));
    if (!known.ok) return known;
  }
  const split = timeSplit(n);
  const views = jointViews(shared, layout, 0);
  const units = unitsOf(shared, views, { task, until: split.training });
  if (!units.ok) return units;
  const windows = (from: number, to: number, most: number) =>
    jointWindows({ views, units: units.value }, layout, originsIn(from, to, { furthest, most }));
  const training = windows(first, split.training, task.mostWindows);
  const validation = windows(split.training, split.validation, Math.ceil(task.mostWindows / 4));
  const trained = trainNetwork(tf, { shape: task.shape, training, validation }, options);
  if (!trained.ok) return refuse({ kind: 'library', reason: trained.refusal });
  const model: JointModel = {
    version: 1,
    columns: loads.map(({ name }) => name),
    shape: task.shape,
    stepMs: shared[0]!.stepMs,
    leads: [...task.leads],
    levels: [...options.levels],
    base: layout.base,
    unit: task.unit,
    trainedUntilMs: endOfStep(shared[0]!, split.validation - 1),
    seed: options.seed,
    backend: task.backend,
    dataHash: task.dataHash,
    weights: textOfWeights(trained.value.weights),
  };
  const { epochs, best } = trained.value;
  const origins = originsIn(split.validation, split.test, { furthest, most: MOST_TESTS });
  return accept({ model, epochs, best, test: scored(shared, model, { views, origins }) });
}

/** The histories from the latest beginning on; undefined where steps or ends differ. */
function commonSpan(histories: readonly Series[]): readonly Series[] | undefined {
  const [first] = histories;
  if (first === undefined) return undefined;
  if (histories.some((one) => one.stepMs !== first.stepMs || endOf(one) !== endOf(first))) return undefined;
  const steps = Math.min(...histories.map(({ values }) => values.length));
  return histories.map((one) => slice(one, one.values.length - steps));
}

function unfit(loads: readonly Series[], { shape, leads }: ModelTask, { levels }: TrainingOptions): string | undefined {
  const checked = checkedShape(shape);
  if (!checked.ok) return checked.refusal;
  const { stepMs } = loads[0]!;
  if (DAY_MS % stepMs !== 0) return `steps of ${stepMs / 1000} s do not divide a day`;
  if (shape.inputs !== jointInputs(loads.length))
    return `${loads.length} loads need ${jointInputs(loads.length)} inputs`;
  const outputs = loads.length * leads.length * levels.length;
  return shape.outputs === outputs ? undefined : `${outputs} outputs are needed, the network has ${shape.outputs}`;
}

function unitsOf(
  loads: readonly Series[],
  views: readonly LoadView[],
  { task, until }: { readonly task: ModelTask; readonly until: number },
): Result<readonly number[], ForecastRefusal> {
  const units: number[] = [];
  for (const [j, view] of views.entries()) {
    const past = remainders(view).subarray(0, until - view.from);
    const unit = loadUnit(task.unit, loads[j]!.values.subarray(0, until), past);
    if (!unit.ok) return unit;
    units.push(unit.value);
  }
  return accept(units);
}

/** Scores each load as it would be served, each time from the histories up to the origin. */
function scored(
  loads: readonly Series[],
  model: JointModel,
  { views, origins }: { readonly views: readonly LoadView[]; readonly origins: Int32Array },
): readonly JointScore[] {
  const network = jointNetwork(model);
  const sums = loads.map(() => ({ pinball: 0, basePinball: 0, count: 0 }));
  for (const t of origins) {
    const answer = network.quantiles(loads.map((load) => slice(load, 0, t + 1)));
    if (!answer.ok) continue;
    sums.forEach((sum, j) => {
      const { load, base, from } = views[j]!;
      for (const [k, lead] of model.leads.entries()) {
        for (const [i, level] of model.levels.entries()) {
          sum.pinball += pinball(load[t + lead]!, answer.value[j]![k]![i]!, level);
          sum.basePinball += pinball(load[t + lead]!, base[t + lead - from]!, level);
          sum.count++;
        }
      }
    });
  }
  return sums.map(({ pinball: own, basePinball, count }, j) => ({
    name: model.columns[j]!,
    pinball: own / count,
    basePinball: basePinball / count,
  }));
}
