import { instant } from '../models/kernel/series.ts';
import { HOME_ACTION } from './home-switch.ts';
import type { ConfirmEntry, DecisionEntry } from './ledger.ts';
import type { Begun, GroupId, Ports } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';

/** No floor of ours outlives its switch by this much: what the ledger says before that explains nothing any more. */
const LOOK_BACK_MS = 24 * 3_600_000;

/**
 * The state, completed by the ledger where a tick died after its writes and before its state was kept: a MinSize that we
 * intended is ours and must never be taken for a new base, nor an older base for the one that such a tick had found.
 * As it is, without a query, where no tick has begun since the state was kept.
 */
export async function recollect(
  { state, snapshot, asOfMs, settled }: Pick<TickInputs, 'state' | 'snapshot' | 'asOfMs'> & Pick<Begun, 'settled'>,
  ports: Pick<Ports, 'ledger' | 'groups'>,
): Promise<RuntimeState> {
  if (settled) return state;
  const fromMs = instant(Math.max(state.lastAsOfMs + 1, asOfMs - LOOK_BACK_MS));
  const range = { fromMs, toMs: instant(asOfMs + 1) };
  const since = await ports.ledger.range(snapshot.group, range);
  const entries = since.map((record) => record.decision);
  const ours = entries.findLast((entry) => entry.action.floor === snapshot.minSize);
  const known = { ...state, armed: state.armed ?? meant(state, entries) };
  if (ours === undefined) return known;
  return (await isHeld(snapshot.group, ports)) ? adopted(known, ours) : known;
}

/** No floor is raised before its switch is armed: without one, the owner has set the very MinSize that we meant to. */
async function isHeld(group: GroupId, { groups }: Pick<Ports, 'groups'>): Promise<boolean> {
  const { scheduledActions } = await groups.surroundings(group, 'all-but-policies');
  return scheduledActions.some(({ name }) => name === HOME_ACTION);
}

/**
 * The switch that a dead tick may have armed before it moved anything. Nobody else would take it away, and it would undo
 * what the owner has set since; where the tick died earlier still, removing what is not there does no harm.
 */
function meant({ base }: RuntimeState, entries: readonly DecisionEntry[]): RuntimeState['armed'] {
  const last = entries.findLast(({ action }) => action.arm !== null);
  const arm = last?.action.arm ?? undefined;
  return arm && { ...arm, base: last?.groupFound?.base ?? base ?? arm.minSize };
}

function adopted(state: RuntimeState, { asOfMs, action, groupFound }: DecisionEntry): RuntimeState {
  const base = groupFound?.base ?? state.base;
  const floor = action.floor ?? undefined;
  const armed = action.arm === null || base === undefined ? state.armed : { ...action.arm, base };
  const cut = floor !== undefined && groupFound !== null && floor < groupFound.minSize;
  const lastScaleInMs = cut ? asOfMs : state.lastScaleInMs;
  return { ...state, base, lastFloor: floor === base ? undefined : floor, armed, lastScaleInMs };
}

/** Whether what the tick before wrote stands; undefined where it wrote no size, or that has been said. Pure. */
export function confirmed({
  state,
  snapshot,
  asOfMs,
}: Pick<TickInputs, 'state' | 'snapshot' | 'asOfMs'>): ConfirmEntry | undefined {
  const { unconfirmed } = state;
  if (unconfirmed === undefined) return undefined;
  const { floor, desired } = unconfirmed;
  return {
    group: snapshot.group,
    asOfMs: unconfirmed.asOfMs,
    seenAtMs: asOfMs,
    floorSeen: snapshot.minSize,
    desiredSeen: snapshot.desired,
    asIntended:
      (floor === undefined || snapshot.minSize === floor) && (desired === undefined || snapshot.desired === desired),
  };
}
