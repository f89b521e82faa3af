import type { MemoryGroup } from '../../../adapters/memory/group.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import { type PolicyInput, windowStepsOf } from '../../../loop/policy.ts';
import type { ScheduledAction, Switch } from '../../../loop/ports.ts';
import type { TickOutcome } from '../../../loop/tick.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import type { ForecastArtefact } from '../../../models/forecast/artefact.ts';
import { instant } from '../../../models/kernel/series.ts';
import type { GroupSizes } from '../../../models/simulate/environment/aws-refusals.ts';
import {
  type Account,
  type AccountOptions,
  controlledAccount,
  type GroupSetUp,
  loadOf,
  MINUTE_MS,
  minute,
  type Needs,
  policyFor,
  STEP,
} from './controlled-account.ts';

/** What one tick came to, as the caller and the ledger saw it. */
export interface Turned {
  readonly outcome: TickOutcome;
  readonly entry: DecisionEntry;
}

/** One group, `web`, under the loop. */
export interface ControlledGroup extends Account {
  readonly group: MemoryGroup;
  readonly sizes: () => GroupSizes;
  /** Scheduled actions of ours that stand. */
  readonly armed: () => readonly ScheduledAction[];
  /** One tick now; then five minutes pass. */
  readonly turn: () => Promise<Turned>;
  /** So many ticks, five minutes apart; what the last one came to. */
  readonly turns: (count: number) => Promise<Turned>;
  readonly order: (verb: Switch['verb'], reason: string, forMinutes?: number) => Promise<void>;
}

const NAME = 'web';

/** A group of two to forty at four, whose load needs ten, unless said otherwise. */
export function controlledGroup(setUp: Partial<GroupSetUp> = {}, options: AccountOptions = {}): ControlledGroup {
  const account = controlledAccount([{ name: NAME, needs: () => 10, ...setUp }], options);
  const { world } = account;
  const group = world.group(NAME);
  const turn = async (): Promise<Turned> => {
    const asOfMs = world.nowMs;
    const [outcome] = await account.deliver();
    if (outcome === undefined || outcome.status === 'failed') throw new Error(outcome?.reason ?? 'no outcome');
    account.pass(STEP.minutes);
    return { outcome, entry: await account.entryOf(NAME, asOfMs) };
  };
  return {
    ...account,
    group,
    turn,
    sizes: () => group.sizes,
    armed: () => group.surroundings().scheduledActions.filter(({ name }) => name.startsWith('prescale')),
    turns: async (count) => {
      let last = await turn();
      for (let i = 1; i < count; i++) last = await turn();
      return last;
    },
    order: (verb, reason, forMinutes) => {
      const untilMs = forMinutes === undefined ? undefined : instant(world.nowMs + forMinutes * MINUTE_MS);
      return account.ports.switches.write({ kind: 'group', group: group.id }, { verb, untilMs, reason });
    },
  };
}

/** Hands the group a model fitted at noon that expects these needs for two days, give or take a share of them. */
export async function foretold(
  controlled: ControlledGroup,
  expected: Needs,
  told: { readonly policy?: Partial<PolicyInput>; readonly share?: number } = {},
) {
  const policy = policyFor({ name: NAME, ...(told.policy && { policy: told.policy }) });
  const artefact: ForecastArtefact = {
    version: 1,
    model: 'told',
    fittedAtMs: minute(0),
    stepMs: STEP.ms,
    path: Array.from({ length: 48 * 12 }, (_, i) => loadOf(expected(i * STEP.minutes) ?? 0)),
    correction: { alpha: 0, phi: 1 },
    calibration: {
      windowSteps: windowStepsOf(policy),
      power: 1,
      scores: Array.from({ length: 99 }, (_, i) => ((told.share ?? 0.01) * (i - 49)) / 49),
    },
    scores: [],
  };
  const address = await controlled.world.archive.put(JSON.stringify(artefact));
  await controlled.world.models.save(modelKeyOf(policy), { artefact, address });
}
