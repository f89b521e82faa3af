import { type CapacityBand, withinBand } from '../models/decide/capacity-band.ts';
import type { Decision } from '../models/decide/decision.ts';
import { reactive } from '../models/decide/reactive.ts';
import { type CapacityUnits, units } from '../models/kernel/units.ts';
import type { ArmTrial } from '../models/learn/arm-trial.ts';
import type { DoubtNote } from './ledger.ts';
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
  /** Why the forecast has no say; undefined while it has. */
  readonly doubt: DoubtNote | undefined;
  /** Without an outlook there is no band to plan by. */
  readonly otherwise: () => Decision;
}

/** An arm with less than this share has no say: a fleet is counted in whole units. */
const LEAST_SHARE = 0.05;

/**
 * What the band and the reactive arm want, shared out as their trial on load that neither had seen says; where there is no
 * band to plan by, the quantile of the peak that the price asks for. A forecast in doubt has no say: the reactive arm decides
 * alone. Pure.
 */
export function chooseArm(inputs: TickInputs, { load, band, doubt, otherwise }: Arms): Choice {
  const { model } = inputs;
  if (doubt !== undefined) return withoutForecast(inputs, load, doubt);
  if (band === undefined) return { wanted: otherwise(), remembers: false };
  const planned = withinBand(band, standing(inputs));
  const trial = model?.trial;
  const reactiveShare = 1 - (trial?.bandShare ?? 1);
  if (trial === undefined || reactiveShare < LEAST_SHARE) return { wanted: planned, remembers: true };
  return { wanted: shared(planned, reactiveArm(inputs, load, trial), reactiveShare), remembers: true };
}

/** As tuned for the workload; the present need, held by the guards, where nothing has been tuned yet. */
function withoutForecast(inputs: TickInputs, load: Float64Array, { reason }: DoubtNote): Choice {
  const trial = inputs.model?.trial;
  const reacting = reactiveArm(inputs, load, trial ?? { margin: 1, steps: 1 });
  return { wanted: { ...reacting, reasons: [reason, ...reacting.reasons] }, remembers: trial !== undefined };
}

const reactiveArm = (
  { policy }: TickInputs,
  load: Float64Array,
  { margin, steps }: Pick<ArmTrial, 'margin' | 'steps'>,
): Decision => reactive(load, { margin, steps, throughput: throughputOf(policy) });

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
