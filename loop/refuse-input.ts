import { act, type Effect } from './act.ts';
import { findHome } from './base.ts';
import { confirmed, recollect } from './confirm.ts';
import { type Action, type ConfirmEntry, noAction, type OutcomeEntry } from './ledger.ts';
import { tellTrouble } from './notices.ts';
import type { Sighting } from './observe.ts';
import type { Ports } from './ports.ts';
import { refusalEntry } from './record.ts';
import type { RuntimeState } from './runtime-state.ts';
import { outlivedSwitch } from './settle.ts';
import type { TickSettings } from './tick-contract.ts';

type Refused = Extract<Sighting, { kind: 'bad-input' }>;

/**
 * A group or policy that cannot be used holds, its neighbours go on, and the ledger says so. One thing is done all the
 * same: a switch whose floor the owner has set anew would undo that, and goes. Returns what to remember.
 */
export async function refuseInput(
  sighting: Refused,
  { ports, settings }: { readonly ports: Ports; readonly settings: TickSettings },
): Promise<RuntimeState> {
  const { delivery, wallMs, reason } = sighting;
  const { group, asOfMs } = delivery.message;
  const { state, action, confirm } = await leftStanding(sighting, { ports, settings });
  const refusal = refusalEntry(delivery.message, wallMs, settings.version);
  const asIs: OutcomeEntry = { group, asOfMs, status: 'refused', reasons: [reason] };
  const due = action.disarm !== null;
  const standing = await ports.ledger.intend({ ...refusal, action }, { outcome: due ? undefined : asIs, confirm });
  const effect = due ? await act(group, action, { actor: ports.actor, owner: settings.owner }) : undefined;
  const refused = effect === undefined ? asIs : { ...asIs, reasons: [reason, ...effect.reasons] };
  if (standing.outcome === undefined) await ports.ledger.conclude(refused);
  ports.telemetry.tick(refusal, refused);
  const word = { trouble: 'bad-input', subject: 'a group or policy cannot be used', text: reason } as const;
  const told = await tellTrouble({ group, asOfMs, state }, word, ports);
  return { ...after(state, effect), lastAsOfMs: asOfMs, told };
}

/** Where home is by now, the switch that has to go, and what the tick before came to. */
async function leftStanding(
  { delivery, wallMs, state, settled, snapshot }: Refused,
  { ports, settings }: { readonly ports: Ports; readonly settings: TickSettings },
): Promise<{ readonly state: RuntimeState; readonly action: Action; readonly confirm: ConfirmEntry | undefined }> {
  if (snapshot === undefined) return { state, action: noAction, confirm: undefined };
  const { asOfMs } = delivery.message;
  const known = await recollect({ state, snapshot, asOfMs, settled }, ports);
  const home = findHome(known, snapshot, wallMs);
  const { base, ourFloor: lastFloor, armed } = home;
  return {
    state: { ...known, base, lastFloor, armed, unconfirmed: undefined },
    action: outlivedSwitch(snapshot, settings.owner, home),
    confirm: confirmed({ state, snapshot, asOfMs }),
  };
}

const after = (state: RuntimeState, effect: Effect | undefined): RuntimeState =>
  effect?.disarmed === true ? { ...state, armed: undefined } : state;
