import { eventsChanged } from './events.ts';
import type { DoubtNote } from './ledger.ts';
import { DRIFT, type Ports, type RefitJob } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';
import { REFIT_AFTER_MS, refreshAfterMs } from './window.ts';
import { modelKeyOf } from './workload-terms.ts';

/** A fit that was asked for is given this long before it is asked for again. */
export const PATIENCE_MS = 3_600_000;

/** Why a fit is due now; undefined when the model in hand will do. Pure. */
export function refitDue(
  { model, asOfMs, state, policy }: TickInputs,
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

/** What remains of it for the next tick. */
type Asked = Pick<RuntimeState, 'lastRefitRequestMs' | 'lastRefitTerms'>;

/** Eighth stage: asks for a fit outside the hot path, at most hourly; the hot path itself never fits. */
export async function askToLearn(inputs: TickInputs, doubt: DoubtNote | undefined, ports: Ports): Promise<Asked> {
  const reason = refitDue(inputs, doubt);
  const { lastRefitRequestMs, lastRefitTerms } = inputs.state;
  if (reason === undefined) return { lastRefitRequestMs, lastRefitTerms };
  const { policy, asOfMs } = inputs;
  const bootSeconds = inputs.lead?.source === 'measured' ? policy.lead.bootSeconds : undefined;
  await ports.refits.request(refitOf(inputs, reason, bootSeconds));
  return { lastRefitRequestMs: asOfMs, lastRefitTerms: modelKeyOf(policy).terms };
}
