import { type CapacityBand, withinBand } from '../models/decide/capacity-band.ts';
import type { Decision } from '../models/decide/decision.ts';
import { reactive } from '../models/decide/reactive.ts';
import { type CapacityUnits, units } from '../models/kernel/units.ts';
import { throughputOf } from './policy.ts';
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

/** An arm with less than this share has no say: a fleet is counted in whole units. */
const LEAST_SHARE = 0.05;

/**
 * What the band and the reactive arm want, shared out as their trial on load that neither had seen says; where there is no
 * band to plan by, the quantile of the peak that the price asks for. Pure.
 */
export function chooseArm(inputs: TickInputs, { load, band, otherwise }: Arms): Choice {
  const { model, policy } = inputs;
  if (band === undefined) return { wanted: otherwise(), remembers: false };
  const planned = withinBand(band, standing(inputs));
  const trial = model?.trial;
  const reactiveShare = 1 - (trial?.bandShare ?? 1);
  if (trial === undefined || reactiveShare < LEAST_SHARE) return { wanted: planned, remembers: true };
  const throughput = throughputOf(policy);
  const reacting = reactive(load, { margin: trial.margin, steps: trial.steps, throughput });
  return { wanted: shared(planned, reacting, reactiveShare), remembers: true };
}

/** Between what two arms want, by the second one's share; under the name of the one that has more to say. */
function shared(planned: Decision, reacting: Decision, share: number): Decision {
  const target = units(Math.round((1 - share) * planned.target + share * reacting.target));
  const percent = Math.round(100 * share);
  const said = `${planned.target} by the plan and ${reacting.target} by reacting, which has earned ${percent} %: ${target}`;
  return {
    target,
    rule: share > 0.5 ? reacting.rule : planned.rule,
    reasons: [...planned.reasons, ...reacting.reasons, said],
  };
}

/** What the band is compared with: all capacity that is ordered now, or would be if the mode let us act. */
const standing = ({ snapshot, state, policy }: TickInputs): CapacityUnits =>
  policy.mode === 'observe' || policy.mode === 'advise' ? (state.shadow ?? snapshot.desired) : snapshot.desired;
