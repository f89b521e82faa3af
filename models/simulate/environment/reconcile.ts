import type { GroupSizes } from './aws-refusals.ts';
import { headOf } from './cohort.ts';
import { launch } from './launch.ts';
import { emit, type Turn } from './state.ts';
import { shrink, takeFromService } from './terminate.ts';

/** Brings the units of a group to what is desired, as far as nothing is suspended, refused or protected. O(cohorts). */
export function reconcile(turn: Turn, atMs: number): void {
  const { group } = turn;
  const { inService, pending } = headOf(group.cohorts, atMs);
  const missing = group.sizes.desired - inService - pending;
  if (missing > 0 && !group.suspended.includes('Launch')) launch(turn, missing, atMs);
  if (missing < 0 && !group.suspended.includes('Terminate')) shrink(turn, -missing, atMs);
}

/** Gives the group new sizes and acts on them. */
export function resize(turn: Turn, sizes: GroupSizes, atMs: number): void {
  const { group } = turn;
  if (sizes.desired !== group.sizes.desired) group.lastActivityMs = atMs;
  group.sizes = sizes;
  reconcile(turn, atMs);
  const { inService, pending } = headOf(group.cohorts, atMs);
  const kept = inService + pending - sizes.desired;
  if (kept > 0 && !group.suspended.includes('Terminate')) emit(turn, atMs, { kind: 'protected', units: kept });
}

/**
 * The group's own policy releases units in service, never below min; what is pending stays. Desired follows, also where
 * protection keeps units.
 */
export function scaleIn(turn: Turn, units: number, atMs: number): void {
  const { group } = turn;
  const { inService, pending } = headOf(group.cohorts, atMs);
  const wanted = Math.min(units, inService, Math.max(0, inService + pending - group.sizes.min));
  if (wanted <= 0 || group.suspended.includes('Terminate')) return;
  group.sizes = { ...group.sizes, desired: inService + pending - wanted };
  group.lastActivityMs = atMs;
  const kept = takeFromService(turn, wanted, { atMs, cause: 'scale-in' });
  if (kept > 0) emit(turn, atMs, { kind: 'protected', units: kept });
}
