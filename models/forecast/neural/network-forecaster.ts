import { InvariantError } from '../../kernel/errors.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { endOf, type Series, slice } from '../../kernel/series.ts';
import type { Inference } from '../../neural/inference.ts';
import { inferenceOf } from '../../neural/network.ts';
import { weightsFromText } from '../../neural/weights-text.ts';
import { sanePath, usable } from '../finite.ts';
import type { Forecaster, ForecastRefusal } from '../forecaster.ts';
import { loadUnit } from './load-unit.ts';
import { INPUTS, type Layout, type LoadView, remainders, stepsNeeded, viewOf, writeWindow } from './load-view.ts';
import type { NetworkModel } from './network-model.ts';

/** Days of history that the unit is measured on: long enough for a week, short enough to follow a group that grows. */
const UNIT_DAYS = 28;

const DAY_MS = 86_400_000;

/** What a network says after the end of a history. */
export interface NetworkAnswer {
  /** Quantiles of the load for each lead, ascending in the level, at least 0; leads as in the model. */
  readonly quantiles: readonly Float64Array[];
}

/** A trained network that answers for histories of its step. */
export interface NetworkForecaster extends Forecaster {
  /** Quantiles at the model's leads. Refuses what `path` refuses. */
  quantiles(history: Series): Result<NetworkAnswer, ForecastRefusal>;
}

/**
 * A trained network as a forecaster: the seasonal base of the history, corrected by the median that the network gives at
 * its leads, straight lines between them; after the last lead the correction halves each time as far again. The unit is
 * measured on the history itself, so that weights trained on one load serve another, whatever its size.
 *
 * Refuses: another step than the network's, a history that ends before its training did (it has seen what comes after), one
 * that is too short or not finite, a load that never changes.
 * Cost:    one inference, and O(four weeks) for the base.   Throws `InvariantError` for weights that were not parsed.
 * Source:  quantile heads, Wen et al., A Multi-Horizon Quantile Recurrent Forecaster (2017); quantiles put in order,
 * Chernozhukov, Fernández-Val & Galichon, Econometrica 78 (2010); a unit of one's own for each window's series, Kim et al.,
 * Reversible Instance Normalization, ICLR 2022.
 */
export function networkForecaster(model: NetworkModel): NetworkForecaster {
  const weights = weightsFromText(model.shape, model.weights);
  if (!weights.ok) throw new InvariantError(weights.refusal);
  const run = inferenceOf(weights.value);
  return {
    name: networkName(model),
    path(history, horizon) {
      const seen = corrected(history, model, { run, ahead: Math.max(horizon, model.leads.at(-1) ?? 0) });
      if (!seen.ok) return seen;
      const { view, unit, corrections, start } = seen.value;
      const median = model.levels.indexOf(0.5);
      const at = corrections.map((levels) => levels[median]!);
      const n = view.load.length - view.from;
      const steps = { leads: model.leads, at, start };
      const path = Float64Array.from(
        { length: horizon },
        (_, k) => view.base[n + k]! + unit * correctionAt(k + 1, steps),
      );
      return sanePath(path, horizon);
    },
    quantiles(history) {
      const seen = corrected(history, model, { run, ahead: model.leads.at(-1) ?? 0 });
      if (!seen.ok) return seen;
      const { view, unit, corrections } = seen.value;
      const before = view.load.length - view.from - 1;
      const quantiles: Float64Array[] = [];
      for (const [i, lead] of model.leads.entries()) {
        const loads = corrections[i]!.map((correction) => view.base[before + lead]! + unit * correction);
        const sane = sanePath(loads, loads.length);
        if (!sane.ok) return sane;
        quantiles.push(sane.value);
      }
      return accept({ quantiles });
    },
  };
}

/** Its kind and the beginning of its data's hash, for example `lstm-1f09a6c2`: two networks may serve one group. */
/** Under which a network is a candidate: its kind, and what it was trained on. */
export const networkName = ({ shape, dataHash }: NetworkModel): string => `${shape.kind}-${dataHash.slice(0, 8)}`;

interface Corrected {
  readonly view: LoadView;
  readonly unit: number;
  /** For each lead the network's corrections of the base in units, ascending. */
  readonly corrections: readonly Float64Array[];
  /** What the base left of the newest step, in units. */
  readonly start: number;
}

function corrected(
  history: Series,
  model: NetworkModel,
  { run, ahead }: { readonly run: Inference; readonly ahead: number },
): Result<Corrected, ForecastRefusal> {
  const layout: Layout = { base: model.base, steps: model.shape.steps, leads: model.leads };
  const kept = usable(history.values, stepsNeeded(layout, model.stepMs));
  if (!kept.ok) return kept;
  const foreign = foreignTo(history, model);
  if (foreign !== undefined) return refuse({ kind: 'no-signal', reason: foreign });
  const recent = newest(history, UNIT_DAYS + 8);
  const view = viewOf(recent, model.base, ahead);
  const unit = loadUnit(model.unit, recent.values, remainders(view));
  if (!unit.ok) return unit;
  const out = new Float32Array(layout.steps * INPUTS);
  writeWindow(view, layout, { t: recent.values.length - 1, unit: unit.value, out });
  return accept({ view, unit: unit.value, corrections: ordered(run(out), model), start: out[out.length - INPUTS]! });
}

/** Why a network has no say about a history; undefined when it has. */
function foreignTo(history: Series, { stepMs, trainedUntilMs }: NetworkModel): string | undefined {
  if (history.stepMs !== stepMs) {
    return `the network reads steps of ${stepMs / 1000} s, the load has ${history.stepMs / 1000} s`;
  }
  return endOf(history) < trainedUntilMs ? 'the network was trained on what comes after this history' : undefined;
}

const newest = (history: Series, days: number): Series =>
  slice(history, Math.max(0, history.values.length - Math.round((days * DAY_MS) / history.stepMs)));

const ordered = (outputs: Float32Array, { leads, levels }: NetworkModel): readonly Float64Array[] =>
  leads.map((_, i) => Float64Array.from(outputs.subarray(i * levels.length, (i + 1) * levels.length)).sort());

interface Corrections {
  readonly leads: readonly number[];
  readonly at: readonly number[];
  readonly start: number;
}

/** The correction k steps ahead. */
function correctionAt(k: number, { leads, at, start }: Corrections): number {
  const last = leads.at(-1) ?? 1;
  if (k >= last) return at.at(-1)! * 0.5 ** ((k - last) / last);
  const after = leads.findIndex((lead) => lead >= k);
  const [from, low] = after === 0 ? [0, start] : [leads[after - 1]!, at[after - 1]!];
  return low + ((k - from) / (leads[after]! - from)) * (at[after]! - low);
}
