import type { Ports } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';
import { REFIT_AFTER_MS, refreshAfterMs } from './window.ts';

/** A fit that was asked for is given this long before it is asked for again. */
const PATIENCE_MS = 3_600_000;

/** Why a fit is due now; undefined when the model in hand will do. Pure. */
export function refitDue({ model, asOfMs, state }: TickInputs): string | undefined {
  const asked = state.lastRefitRequestMs;
  if (asked !== undefined && asOfMs - asked < PATIENCE_MS) return undefined;
  if (model === undefined) return 'no model yet';
  if (asOfMs - model.fittedAtMs >= REFIT_AFTER_MS) return 'the model is a day old';
  const { direct } = model;
  if (asOfMs - (direct?.fittedAtMs ?? model.fittedAtMs) >= refreshAfterMs(direct)) return 'the plan is hours old';
  return undefined;
}

/** Eighth stage: asks for a fit outside the hot path, at most daily; the hot path itself never fits. */
export async function askToLearn(inputs: TickInputs, ports: Ports): Promise<Pick<RuntimeState, 'lastRefitRequestMs'>> {
  const reason = refitDue(inputs);
  if (reason === undefined) return { lastRefitRequestMs: inputs.state.lastRefitRequestMs };
  const { policy, asOfMs } = inputs;
  await ports.refits.request({
    groupName: inputs.snapshot.group.name,
    policyName: policy.name,
    workload: policy.workload,
    asOfMs,
    reason,
  });
  return { lastRefitRequestMs: asOfMs };
}
