import { InvariantError } from '../../kernel/errors.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { endOf, type Series, slice } from '../../kernel/series.ts';
import type { Inference } from '../../neural/inference.ts';
import { inferenceOf } from '../../neural/network.ts';
import { weightsFromText } from '../../neural/weights-text.ts';
import { usable } from '../finite.ts';
import type { ForecastRefusal } from '../forecaster.ts';
import type { JointModel } from './joint-model.ts';
import { jointInputs, jointViews, writeJointWindow } from './joint-view.ts';
import { loadUnit } from './load-unit.ts';
import { type Layout, remainders, stepsNeeded } from './load-view.ts';

/** Days of history that units are measured on. */
const UNIT_DAYS = 36;

const DAY_MS = 86_400_000;

/** What a joint network says of each load: quantiles by lead, ascending in the level, at least 0. */
export type JointAnswer = readonly (readonly Float64Array[])[];

/** A trained joint network that answers for histories of its step. */
export interface JointNetwork {
  readonly columns: readonly string[];
  /** Histories in the order of the columns, on one grid and up to one step. */
  quantiles(histories: readonly Series[]): Result<JointAnswer, ForecastRefusal>;
}

/**
 * A network that reads several loads of one group (CPU, memory, network) together and answers for each of them: what the
 * seasonal base of each is off, by lead and level. Units are measured on the histories themselves.
 *
 * Refuses: another number of loads, another step or end than one common one, histories that end before the training did, that
 * are too short, not finite or constant. Cost: one inference.   Throws `InvariantError` for weights that were not parsed.
 * Source: joint training, Caruana, Multitask Learning, Machine Learning 28 (1997).
 */
export function jointNetwork(model: JointModel): JointNetwork {
  const weights = weightsFromText(model.shape, model.weights);
  if (!weights.ok) throw new InvariantError(weights.refusal);
  const run = inferenceOf(weights.value);
  return { columns: model.columns, quantiles: (histories) => answered(histories, model, run) };
}

function answered(
  histories: readonly Series[],
  model: JointModel,
  run: Inference,
): Result<JointAnswer, ForecastRefusal> {
  const foreign = foreignTo(histories, model);
  if (foreign !== undefined) return refuse({ kind: 'no-signal', reason: foreign });
  const layout: Layout = { base: model.base, steps: model.shape.steps, leads: model.leads };
  for (const { values } of histories) {
    const known = usable(values, stepsNeeded(layout, model.stepMs));
    if (!known.ok) return known;
  }
  const most = Math.min(
    ...histories.map(({ values }) => values.length),
    Math.round((UNIT_DAYS * DAY_MS) / model.stepMs),
  );
  const recent = histories.map((history) => slice(history, history.values.length - most));
  const views = jointViews(recent, layout, model.leads.at(-1) ?? 0);
  const units: number[] = [];
  for (const [j, view] of views.entries()) {
    const unit = loadUnit(model.unit, recent[j]!.values, remainders(view));
    if (!unit.ok) return unit;
    units.push(unit.value);
  }
  const out = new Float32Array(layout.steps * jointInputs(views.length));
  writeJointWindow({ views, units }, layout, { t: most - 1, out });
  const outputs = run(out);
  const { leads, levels } = model;
  return accept(
    views.map(({ base, from }, j) =>
      leads.map((lead, k) => {
        const at = (j * leads.length + k) * levels.length;
        const corrections = Float64Array.from(outputs.subarray(at, at + levels.length)).sort();
        return corrections.map((correction) => Math.max(0, base[most - from - 1 + lead]! + units[j]! * correction));
      }),
    ),
  );
}

/** Why a network has no say about these histories; undefined when it has. */
function foreignTo(histories: readonly Series[], { columns, stepMs, trainedUntilMs }: JointModel): string | undefined {
  if (histories.length !== columns.length) return `${histories.length} loads, the network reads ${columns.join(', ')}`;
  const end = endOf(histories[0]!);
  if (histories.some((one) => one.stepMs !== stepMs || endOf(one) !== end)) {
    return `loads need steps of ${stepMs / 1000} s up to one end`;
  }
  return end < trainedUntilMs ? 'the network was trained on what comes after these histories' : undefined;
}
