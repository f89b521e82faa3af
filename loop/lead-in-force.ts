import { PATIENCE_MS } from './ask-to-learn.ts';
import { leadUsed, learnedLead, withBoot } from './lead.ts';
import type { LeadUsed } from './ledger.ts';
import type { Policy } from './policy.ts';
import type { Ports, StoredModel } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import { REFIT_AFTER_MS } from './window.ts';
import { modelKeyOf } from './workload-terms.ts';

/** What a tick decides by: the policy with the boot time in force, and the model that was fitted for it. */
export interface Grounds {
  readonly policy: Policy;
  readonly lead: LeadUsed;
  readonly model: StoredModel | undefined;
  /** The state, with what this tick has taken up. */
  readonly state: RuntimeState;
}

/** True while a fit that was asked for may still come. */
const isFitDue = ({ lastRefitRequestMs }: RuntimeState, asOfMs: number): boolean =>
  lastRefitRequestMs !== undefined && asOfMs - lastRefitRequestMs < PATIENCE_MS;

/**
 * The boot time in force and its model. A boot time that was measured and asked for is taken up once its model has been
 * fitted, or at once where there is no model to lose: until then the standing one serves. A model of another day is none.
 */
export async function groundsOf(
  configured: Policy,
  { state, asOfMs }: { readonly state: RuntimeState; readonly asOfMs: number },
  { models }: Pick<Ports, 'models'>,
): Promise<Grounds> {
  const { launches } = state;
  const learned = learnedLead(configured, launches);
  const policy = withBoot(configured, learned?.inForceSeconds ?? configured.lead.bootSeconds);
  const asked = learned?.askedSeconds;
  const next = asked === undefined ? undefined : withBoot(configured, asked);
  const [model, nextModel] = await Promise.all([
    models.load(modelKeyOf(policy), isFitDue(state, asOfMs) ? 'newest' : 'lately'),
    next === undefined ? undefined : models.load(modelKeyOf(next)),
  ]);
  const ready = nextModel !== undefined && asOfMs - nextModel.artefact.fittedAtMs < REFIT_AFTER_MS;
  if (next === undefined || launches === undefined || !(ready || model === undefined)) {
    return { policy, lead: leadUsed(configured, launches), model, state };
  }
  const inForceSeconds = next.lead.bootSeconds === configured.lead.bootSeconds ? undefined : next.lead.bootSeconds;
  const configuredSeconds = configured.lead.bootSeconds;
  const taken = { ...launches, lead: { configuredSeconds, inForceSeconds, sinceMs: asOfMs } };
  return { policy: next, lead: leadUsed(configured, taken), model: nextModel, state: { ...state, launches: taken } };
}
