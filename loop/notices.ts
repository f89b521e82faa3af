import type { Rule } from '../models/decide/decision.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import type { Effect } from './act.ts';
import { handsBack } from './hand-back.ts';
import type { Notice, Ports } from './ports.ts';
import type { Thought } from './record.ts';
import type { RuntimeState, Told, Trouble } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';

/** A trouble that comes back within this time is the same one: nobody is told twice. */
const SAME_TROUBLE_MS = 3_600_000;

/** Advice that differs by less than this share from what was advised last is not worth a message. */
const MATERIAL_SHARE = 0.2;

/** Who is spoken of, when, and what was said before. */
export interface Hearing {
  readonly group: Notice['group'];
  readonly asOfMs: Notice['asOfMs'];
  readonly state: RuntimeState;
}

/** What a person should know of a group, before it is known whether it was told already. */
export interface Word {
  readonly trouble: Trouble;
  readonly subject: string;
  readonly text: string;
}

type Voices = Pick<Ports, 'notices' | 'telemetry'>;

/** What remains of a tick's notices for the next one. */
export type Memory = Pick<RuntimeState, 'told' | 'advised'>;

/** The fleet breaker is not among them: it stops many groups at once, and one alarm of the fleet says so. */
const BY_RULE: Partial<Record<Rule, { trouble: Trouble; subject: string }>> = {
  'blind-home': { trouble: 'blind-home', subject: 'blind, the group goes home' },
  admission: { trouble: 'admission', subject: 'may not act on this group' },
};

/** What keeps the controller from acting on a group that it may act on; undefined when nothing does. Pure. */
export function troubleOf(inputs: TickInputs, thought: Thought, effect: Effect | undefined): Word | undefined {
  if (effect !== undefined && !effect.done) {
    return { trouble: 'refused', subject: 'AWS refused a change', text: effect.reasons.join('\n') };
  }
  const { mode } = inputs.policy;
  if (mode !== 'floor' && mode !== 'desired') return undefined;
  const { rule, reasons } = thought.settlement.decision;
  const known = BY_RULE[rule];
  return known === undefined ? undefined : { ...known, text: reasons.join('\n') };
}

/** The target that mode `advise` tells a person of; undefined when it is no news. Pure. */
export function adviceOf(inputs: TickInputs, thought: Thought): CapacityUnits | undefined {
  if (inputs.policy.mode !== 'advise' || thought.plan.wanted === undefined) return undefined;
  // A floor on its way home is no advice.
  if (handsBack(inputs, thought.home)) return undefined;
  const { target } = thought.settlement.decision;
  const known = inputs.state.advised ?? thought.home.base;
  if (target === known) return undefined;
  const home = target === thought.home.base;
  return home || Math.abs(target - known) >= Math.max(1, MATERIAL_SHARE * known) ? target : undefined;
}

/**
 * Tells a person once when a trouble begins; it counts as ended after an hour without it. A message that cannot be sent is
 * counted and tried again at the next tick: it never keeps a group from being controlled.
 */
export async function tellTrouble(hearing: Hearing, word: Word | undefined, ports: Voices): Promise<Told | undefined> {
  const { told } = hearing.state;
  const before = told !== undefined && hearing.asOfMs - told.lastSeenMs <= SAME_TROUBLE_MS ? told : undefined;
  if (word === undefined) return before;
  const seen = { trouble: word.trouble, lastSeenMs: hearing.asOfMs };
  if (before?.trouble === word.trouble) return seen;
  return (await sent(hearing, word, ports)) ? seen : before;
}

/** The notices of one tick: trouble that begins, and advice that changed by much. */
export async function tell(
  inputs: TickInputs,
  { thought, effect }: { thought: Thought; effect: Effect | undefined },
  ports: Voices,
): Promise<Memory> {
  const { state, asOfMs, snapshot } = inputs;
  const hearing = { group: snapshot.group, asOfMs, state };
  const told = await tellTrouble(hearing, troubleOf(inputs, thought, effect), ports);
  const advice = adviceOf(inputs, thought);
  if (advice === undefined) return { told, advised: inputs.policy.mode === 'advise' ? state.advised : undefined };
  const said = await sent(hearing, advised(advice, inputs, thought), ports);
  return { told, advised: said ? advice : state.advised };
}

const advised = (target: CapacityUnits, { snapshot }: TickInputs, { settlement }: Thought) => ({
  subject: `advises MinSize ${target}, now ${snapshot.minSize}`,
  text: settlement.decision.reasons.join('\n'),
});

/** Sends one message; false, and counted, where it could not be sent. */
export async function sent(
  { group, asOfMs }: Hearing,
  { subject, text }: { subject: string; text: string },
  ports: Voices,
): Promise<boolean> {
  try {
    await ports.notices.send({ group, asOfMs, subject, text });
    return true;
  } catch {
    ports.telemetry.failure(group, 'NOTICE_NOT_SENT');
    return false;
  }
}
