import { accept, type Result, refuse } from '../../kernel/result.ts';
import { endOfStep, type Series, slice } from '../../kernel/series.ts';
import { checkedShape, type NetworkShape } from '../../neural/network-shape.ts';
import type { TensorLibrary } from '../../neural/tensor-library.ts';
import { type Epoch, type TrainingOptions, trainNetwork } from '../../neural/train-network.ts';
import { textOfWeights } from '../../neural/weights-text.ts';
import { usable } from '../finite.ts';
import type { ForecastRefusal } from '../forecaster.ts';
import { meanAbsoluteError } from '../metrics/mase.ts';
import { loadUnit, type UnitKind } from './load-unit.ts';
import { type Layout, type LoadView, remainders, stepsNeeded, viewOf, windowsAt } from './load-view.ts';
import type { NetworkModel } from './network-model.ts';
import { BASE_KINDS, type BaseKind, reachOf } from './seasonal-base.ts';
import { type TestScores, testScores } from './test-scores.ts';
import { originsIn, type TimeSplit, timeSplit } from './time-split.ts';

const DAY_MS = 86_400_000;

/** Origins of the test part that are scored. */
export const MOST_TESTS = 100;

/** Fewer windows than this teach a network nothing. */
export const LEAST_WINDOWS = 50;

export interface ModelTask {
  readonly shape: NetworkShape;
  readonly leads: readonly number[];
  readonly unit: UnitKind;
  /** More windows to train on than this are thinned evenly; a quarter as many validate. */
  readonly mostWindows: number;
  /** Written into the model: which backend trains, and the hash of the loads. */
  readonly backend: string;
  readonly dataHash: string;
}

/** A trained model and how it came about. */
export interface TrainedModel {
  readonly model: NetworkModel;
  readonly epochs: readonly Epoch[];
  /** Index of the epoch whose weights are kept. */
  readonly best: number;
  readonly windows: { readonly training: number; readonly validation: number };
  readonly test: TestScores;
}

/**
 * Trains a network to correct a load's seasonal base: the base that was closest over the oldest 80 %, windows from there,
 * the next 10 % to stop by, the newest 10 % looked at once.
 *
 * Same history, task, options and backend: same model, bit for bit.
 * Refuses: a history that is not finite, constant or too short; a shape that does not go with the rest; a loss that breaks.
 * Cost:    that of `trainNetwork`.
 */
export function trainModel(
  tf: TensorLibrary,
  history: Series,
  given: { readonly task: ModelTask; readonly options: TrainingOptions },
): Result<TrainedModel, ForecastRefusal> {
  const prepared = prepare(history, given.task, given.options);
  if (!prepared.ok) return prepared;
  const { layout, view, unit, split } = prepared.value;
  const { task, options } = given;
  const furthest = task.leads.at(-1) ?? 0;
  const first = stepsNeeded(layout, history.stepMs) - 1;
  const windows = (from: number, to: number, most: number) =>
    windowsAt(view, layout, { origins: originsIn(from, to, { furthest, most }), unit });
  const training = windows(first, split.training, task.mostWindows);
  const validation = windows(split.training, split.validation, Math.ceil(task.mostWindows / 4));
  const tests = originsIn(split.validation, split.test, { furthest, most: MOST_TESTS });
  if (training.count < LEAST_WINDOWS || validation.count === 0 || tests.length === 0) {
    return refuse({ kind: 'too-short', have: split.test, need: least(first, furthest) });
  }
  const trained = trainNetwork(tf, { shape: task.shape, training, validation }, options);
  if (!trained.ok) return refuse({ kind: 'library', reason: trained.refusal });
  const model: NetworkModel = {
    version: 1,
    shape: task.shape,
    stepMs: history.stepMs,
    leads: [...task.leads],
    levels: [...options.levels],
    base: layout.base,
    unit: task.unit,
    trainedUntilMs: endOfStep(history, split.validation - 1),
    seed: options.seed,
    backend: task.backend,
    dataHash: task.dataHash,
    weights: textOfWeights(trained.value.weights),
  };
  return accept({
    model,
    epochs: trained.value.epochs,
    best: trained.value.best,
    windows: { training: training.count, validation: validation.count },
    test: testScores(history, model, tests),
  });
}

/** Steps with which each part has room for what it needs. */
const least = (first: number, furthest: number): number =>
  Math.max(Math.ceil((first + furthest + LEAST_WINDOWS) / 0.8), 10 * (furthest + 2));

interface Prepared {
  readonly layout: Layout;
  readonly view: LoadView;
  readonly unit: number;
  readonly split: TimeSplit;
}

function prepare(history: Series, task: ModelTask, options: TrainingOptions): Result<Prepared, ForecastRefusal> {
  const reason = unfit(history, task, options);
  if (reason !== undefined) return refuse({ kind: 'no-signal', reason });
  const furthest = task.leads.at(-1) ?? 0;
  const day = { base: 'day', steps: task.shape.steps, leads: task.leads } as const;
  const known = usable(history.values, least(stepsNeeded(day, history.stepMs) - 1, furthest));
  if (!known.ok) return known;
  const split = timeSplit(history.values.length);
  const past = slice(history, 0, split.training);
  const layout: Layout = { ...day, base: closestBase(past) };
  const view = viewOf(history, layout.base, 0);
  const left = remainders(viewOf(past, layout.base, 0));
  const unit = loadUnit(task.unit, past.values, left);
  return unit.ok ? accept({ layout, view, unit: unit.value, split }) : unit;
}

function unfit({ stepMs }: Series, { shape, leads }: ModelTask, { levels }: TrainingOptions): string | undefined {
  const checked = checkedShape(shape);
  if (!checked.ok) return checked.refusal;
  if (DAY_MS % stepMs !== 0) return `steps of ${stepMs / 1000} s do not divide a day`;
  if (shape.outputs !== leads.length * levels.length) {
    return `${leads.length} leads of ${levels.length} levels need as many outputs, the network has ${shape.outputs}`;
  }
  const furthest = leads.at(-1) ?? 0;
  return furthest * stepMs <= DAY_MS ? undefined : `leads reach ${furthest} steps ahead; a day is the most`;
}

/** The base with the least absolute error over the part; only those that half of it still leaves room for. */
function closestBase(past: Series): BaseKind {
  const stepsPerDay = Math.round(DAY_MS / past.stepMs);
  const room = BASE_KINDS.filter((kind) => kind === 'day' || 2 * reachOf(kind, stepsPerDay) <= past.values.length);
  const from = Math.max(...room.map((kind) => reachOf(kind, stepsPerDay)));
  const errorOf = (kind: BaseKind): number => {
    const view = viewOf(past, kind, 0);
    return meanAbsoluteError(past.values.subarray(from), view.base.subarray(from - view.from));
  };
  return room.reduce((best, kind) => (errorOf(kind) < errorOf(best) ? kind : best));
}
