import type { Ruling } from './guard.ts';
import { type DecisionEntry, isIdle, noAction } from './ledger.ts';
import type { Thought } from './record.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Why an intent that stands was not carried out after all. */
export const GIVEN_UP = 'an earlier delivery died before it was done, and the group or its orders have changed since';

/**
 * The intent of an earlier delivery in place of the one just made: a tick has one action, however often it is delivered.
 * It is given up where the group may no longer be moved, or where anybody else has changed it meanwhile. Pure.
 */
export function resumed(inputs: TickInputs, made: { fresh: Thought; ruling: Ruling }, intent: DecisionEntry): Thought {
  const { settlement } = made.fresh;
  const decision = intent.decision ?? settlement.decision;
  const due = !isIdle(intent.action) && mayStill(made.ruling, intent) && untouched(inputs, intent);
  if (due) return { ...made.fresh, settlement: { decision, action: intent.action, status: 'act' } };
  const status = settlement.status === 'act' ? 'hold' : settlement.status;
  return { ...made.fresh, settlement: { decision, action: noAction, status } };
}

/** A kept floor may be kept alive; an order to release is not answered with a raise that was meant before. */
function mayStill({ stance, decision }: Ruling, { action, decision: meant }: DecisionEntry): boolean {
  if (stance === 'keep') return action.floor === null && action.desired === null;
  return stance === 'move' && (decision.rule !== 'release' || meant?.rule === 'release');
}

/** The sizes are those that the intent found, or those that it left. */
function untouched({ snapshot, policy }: TickInputs, { action, groupFound, mode }: DecisionEntry): boolean {
  if (groupFound === null || mode !== policy.mode || snapshot.maxSize !== groupFound.maxSize) return false;
  return snapshot.minSize === groupFound.minSize || snapshot.minSize === action.floor;
}

/** The inputs with the group as the intent found it: what was done is a cut or a raise against this. Pure. */
export function asFound(inputs: TickInputs, { groupFound }: DecisionEntry): TickInputs {
  if (groupFound === null) return inputs;
  const { minSize, desired, inService, pending } = groupFound;
  return { ...inputs, snapshot: { ...inputs.snapshot, minSize, desired, inService, pending } };
}
