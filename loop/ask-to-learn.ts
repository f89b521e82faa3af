import { chosenByOthers } from '../models/learn/fit-workload.ts';
import { eventsChanged } from './events.ts';
import type { DoubtNote } from './ledger.ts';
import { DRIFT, type Ports, type RefitJob } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';
import { REFIT_AFTER_MS, refreshAfterMs } from './window.ts';
import { modelKeyOf } from './workload-terms.ts';

/** A fit that was asked for is given this long before it is asked for again. */
export const PATIENCE_MS = 3_600_000;

/** What was asked for last, as far as the next tick has to know. */
export type Asked = Pick<RuntimeState, 'lastRefitRequestMs' | 'lastRefitTerms'>;

/** What is looked at to find out whether a fit is due. */
export interface RefitGrounds extends Pick<TickInputs, 'model' | 'asOfMs' | 'policy'> {
  readonly state: Asked;
}

/** Why a fit is due now; undefined when the model in hand will do. Pure. */
export function refitDue(
  { model, asOfMs, state, policy }: RefitGrounds,
  doubt: DoubtNote | undefined,
): string | undefined {
  const asked = state.lastRefitRequestMs;
  const sameTerms = state.lastRefitTerms === modelKeyOf(policy).terms;
  if (asked !== undefined && sameTerms && asOfMs - asked < PATIENCE_MS) return undefined;
  if (model === undefined) return 'no model yet';
  if (doubt?.kind === 'drift') return DRIFT;
  if (asOfMs - model.fittedAtMs >= REFIT_AFTER_MS) return 'the model is a day old';
  if (eventsChanged(policy, model)) return 'the events have changed';
  const { direct } = model;
  if (chosenByOthers(model)) return undefined;
  if (asOfMs - (direct?.fittedAtMs ?? model.fittedAtMs) >= refreshAfterMs(direct)) return 'the plan is hours old';
  return undefined;
}

/** A fit for the group's workload, for this reason; where the boot time is not the policy's own, for that one. Pure. */
export const refitOf = (
  { snapshot, policy, asOfMs }: TickInputs,
  reason: string,
  bootSeconds: number | undefined,
): RefitJob => ({
  groupName: snapshot.group.name,
  policyName: policy.name,
  workload: policy.workload,
  asOfMs,
  reason,
  ...(bootSeconds === undefined ? {} : { bootSeconds }),
});

/** Eighth stage: asks for a fit outside the hot path, at most hourly; the hot path itself never fits. */
export async function askToLearn(inputs: TickInputs, doubt: DoubtNote | undefined, ports: Ports): Promise<Asked> {
  const reason = refitDue(inputs, doubt);
  const { lastRefitRequestMs, lastRefitTerms } = inputs.state;
  if (reason === undefined) return { lastRefitRequestMs, lastRefitTerms };
  const { policy } = inputs;
  const bootSeconds = inputs.lead?.source === 'measured' ? policy.lead.bootSeconds : undefined;
  await ports.refits.request(refitOf(inputs, reason, bootSeconds));
  return askedFor(inputs);
}

/** What is remembered of a fit that was asked for. Pure. */
export const askedFor = ({ policy, asOfMs }: Pick<TickInputs, 'policy' | 'asOfMs'>): Asked => ({
  lastRefitRequestMs: asOfMs,
  lastRefitTerms: modelKeyOf(policy).terms,
});
