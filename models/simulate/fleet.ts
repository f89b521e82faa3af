import { InvariantError } from '../kernel/errors.ts';
import type { Move } from './policy.ts';

/** Units ordered together that become ready together. */
export interface Launch {
  readonly orderedAt: number;
  /** First step at which they serve. */
  readonly readyAt: number;
  readonly units: number;
}

/** A group's capacity as plain data: what serves, and what still boots in the order in which it was ordered. */
export interface Fleet {
  readonly ready: number;
  readonly pending: readonly Launch[];
}

/**
 * What one step did. Conserved: ready + pending before + launched = ready + pending after + cancelled + released.
 * `serving` and `billed` are what the step is scored by.
 */
export interface FleetStep {
  readonly fleet: Fleet;
  readonly serving: number;
  readonly billed: number;
  readonly launched: number;
  readonly cancelled: number;
  readonly released: number;
}

/** When launches ordered now become ready; several batches when boot times differ. Units must add up. */
export type Boot = (units: number, orderedAt: number) => readonly Launch[];

/** Every launch takes the same number of steps. */
export const fixedBoot =
  (bootSteps: number): Boot =>
  (units, orderedAt) => [{ orderedAt, readyAt: orderedAt + bootSteps, units }];

/** A fleet with nothing pending. Throws `InvariantError` unless `ready` is a whole number ≥ 0. */
export const initialFleet = (ready: number): Fleet => ({ ready: whole(ready), pending: [] });

/** Units launched and not yet ready. O(pending batches). */
export function pendingOf(fleet: Fleet): number {
  let sum = 0;
  for (const launch of fleet.pending) sum += launch.units;
  return sum;
}

/** First part of step t: launches that are due become ready. O(pending batches). */
export function arrive(fleet: Fleet, t: number): Fleet {
  let ready = fleet.ready;
  for (const launch of fleet.pending) if (launch.readyAt <= t) ready += launch.units;
  if (ready === fleet.ready) return fleet;
  return { ready, pending: fleet.pending.filter((launch) => launch.readyAt > t) };
}

/**
 * Second part of step t: carries out one move on a fleet to which step t's launches have already arrived.
 * Above ready + pending the difference is launched; below it pending launches are cancelled, youngest first, then ready
 * units are released, effective this step. The `release` move releases ready units after the step has been billed.
 * Throws `InvariantError` for a capacity that is not a whole number ≥ 0. O(pending batches).
 * Source: docs/evaluation.md §2.2.
 */
export function transition(fleet: Fleet, move: Move, at: { readonly t: number; readonly boot: Boot }): FleetStep {
  switch (move.kind) {
    case 'hold':
      return stepOf(fleet, {});
    case 'release':
      return releaseAfterBill(fleet, whole(move.ready));
    case 'desire': {
      const change = whole(move.capacity) - fleet.ready - pendingOf(fleet);
      if (change > 0) return launch(fleet, change, at);
      return change < 0 ? shrink(fleet, -change) : stepOf(fleet, {});
    }
  }
}

function launch(fleet: Fleet, launched: number, { t, boot }: { readonly t: number; readonly boot: Boot }): FleetStep {
  return stepOf({ ready: fleet.ready, pending: [...fleet.pending, ...boot(launched, t)] }, { launched });
}

function shrink(fleet: Fleet, surplus: number): FleetStep {
  const pending = [...fleet.pending];
  let left = surplus;
  while (left > 0 && pending.length > 0) {
    const youngest = pending.pop()!;
    if (youngest.units > left) pending.push({ ...youngest, units: youngest.units - left });
    left -= Math.min(left, youngest.units);
  }
  return stepOf({ ready: fleet.ready - left, pending }, { cancelled: surplus - left, released: left });
}

function releaseAfterBill(fleet: Fleet, ready: number): FleetStep {
  const released = Math.max(0, fleet.ready - ready);
  const billed = stepOf(fleet, { released });
  return { ...billed, fleet: { ready: fleet.ready - released, pending: fleet.pending } };
}

function stepOf(fleet: Fleet, changes: Partial<Pick<FleetStep, 'launched' | 'cancelled' | 'released'>>): FleetStep {
  const { launched = 0, cancelled = 0, released = 0 } = changes;
  return { fleet, serving: fleet.ready, billed: fleet.ready + pendingOf(fleet), launched, cancelled, released };
}

function whole(capacity: number): number {
  if (Number.isInteger(capacity) && capacity >= 0) return capacity;
  throw new InvariantError(`a fleet needs a whole number of units ≥ 0, got ${capacity}`, { capacity });
}
