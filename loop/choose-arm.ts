import { type CapacityBand, withinBand } from '../models/decide/capacity-band.ts';
import type { Decision } from '../models/decide/decision.ts';
import { reactive } from '../models/decide/reactive.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import { throughputPerStepOf } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';

/** What the arm in charge wants. */
export interface Choice {
  readonly wanted: Decision;
  /** True when the arm itself keeps what it may want again soon, so that no hold is needed after it. */
  readonly remembers: boolean;
}

interface Arms {
  /** Known load up to the newest step. */
  readonly load: Float64Array;
  readonly band: CapacityBand | undefined;
  /** Without an outlook there is no band to plan by. */
  readonly otherwise: () => Decision;
}

/**
 * The reactive arm where it has been cheaper than the plan on load that neither had seen; else the band; else the
 * quantile of the peak that the price asks for. Pure.
 */
export function chooseArm(inputs: TickInputs, { load, band, otherwise }: Arms): Choice {
  const { model, policy } = inputs;
  const trial = model?.trial;
  if (band === undefined) return { wanted: otherwise(), remembers: false };
  if (trial?.arm !== 'reactive') return { wanted: withinBand(band, standing(inputs)), remembers: true };
  const throughput = {
    perStep: throughputPerStepOf(policy),
    targetUtilisation: policy.capacity.targetUtilisation,
  };
  return { wanted: reactive(load, { margin: trial.margin, steps: trial.steps, throughput }), remembers: true };
}

/** What the band is compared with: all capacity that is ordered now, or would be if the mode let us act. */
const standing = ({ snapshot, state, policy }: TickInputs): CapacityUnits =>
  policy.mode === 'observe' || policy.mode === 'advise' ? (state.shadow ?? snapshot.desired) : snapshot.desired;
