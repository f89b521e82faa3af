import { type Cohort, isInService, isLeaving, NEVER } from './cohort.ts';
import type { TerminationCause } from './events.ts';
import { unitsByZone } from './launch.ts';
import { emit, type Turn } from './state.ts';

/** Units of one cohort that end. */
export interface Ending {
  readonly index: number;
  readonly units: number;
  readonly cause: TerminationCause;
}

/**
 * Ends units of one cohort: at once, or after the wait at the terminating hook when they leave service by scale-in or
 * refresh. A spot reclaim does not wait. O(cohorts).
 */
export function end(turn: Turn, { index, units, cause }: Ending, atMs: number): void {
  const { group, setting } = turn;
  const cohort = group.cohorts[index]!;
  const hook = setting.terminateHook;
  const waits = hook !== undefined && (cause === 'scale-in' || cause === 'refresh') && isInService(cohort, atMs);
  const left = cohort.units - units;
  const rest: readonly Cohort[] = left > 0 ? [{ ...cohort, units: left }] : [];
  if (!waits) {
    group.cohorts = group.cohorts.toSpliced(index, 1, ...rest);
    gone(turn, { ...cohort, units }, { atMs, cause });
    return;
  }
  const goneAtMs = atMs + 1000 * hook.seconds;
  group.cohorts = group.cohorts.toSpliced(index, 1, ...rest, { ...cohort, units, goneAtMs, goneFor: cause });
  emit(turn, atMs, { kind: 'leaving', pool: cohort.pool, units, cause, untilMs: goneAtMs });
}

/** Books units that no longer exist: their bill, the account's room, the event. O(1). */
export function gone(
  turn: Turn,
  cohort: Cohort,
  { atMs, cause }: { readonly atMs: number; readonly cause: TerminationCause },
): void {
  const { pool, units, launchedAtMs } = cohort;
  turn.account.room += units;
  billUntil(turn, cohort, atMs);
  const { minimumBilledMs, stepMs } = turn.setting;
  const missing = (minimumBilledMs ?? 0) - (atMs - launchedAtMs);
  if (minimumBilledMs !== null && missing > 0) turn.group.billed += (units * missing) / stepMs;
  emit(turn, atMs, { kind: 'terminated', pool, units, launchedAtMs, cause });
}

/** Bills the time since the beginning of the step, when bills go by the second. O(1). */
export function billUntil({ setting, group, billedUntilMs }: Turn, cohort: Cohort, atMs: number): void {
  if (setting.minimumBilledMs === null) return;
  const sinceMs = Math.max(cohort.launchedAtMs, billedUntilMs);
  group.billed += (cohort.units * Math.max(0, atMs - sinceMs)) / setting.stepMs;
}

/** Takes away units that are too many: pending ones first, the youngest first, then units in service. */
export function shrink(turn: Turn, surplus: number, atMs: number): void {
  let left = surplus;
  for (let index = turn.group.cohorts.length - 1; index >= 0 && left > 0; index--) {
    const cohort = turn.group.cohorts[index]!;
    if (cohort.readyAtMs <= atMs || isLeaving(cohort)) continue;
    const units = Math.min(left, cohort.units);
    end(turn, { index, units, cause: 'cancelled' }, atMs);
    left -= units;
  }
  takeFromService(turn, left, { atMs, cause: 'scale-in' });
}

/** What of the units in service may be taken, and by when. */
export interface Taking {
  readonly atMs: number;
  readonly cause: TerminationCause;
  /** Only units of older versions than this. @default all */
  readonly before?: number;
}

/**
 * Takes units in service that are not protected: from the zone with the most, of the oldest version, the oldest first.
 * Returns how many were not there to take. O(taken · cohorts) with several zones, else O(cohorts²) at worst.
 * Source: EC2 Auto Scaling user guide, default termination policy.
 */
export function takeFromService(turn: Turn, units: number, taking: Taking): number {
  let left = units;
  while (left > 0) {
    const index = firstToGo(turn, taking);
    if (index === -1) break;
    const taken = turn.setting.zones === 1 ? Math.min(left, turn.group.cohorts[index]!.units) : 1;
    end(turn, { index, units: taken, cause: taking.cause }, taking.atMs);
    left -= taken;
  }
  return left;
}

function firstToGo(turn: Turn, { atMs, before = NEVER }: Taking): number {
  const { cohorts } = turn.group;
  const { pools, zones } = turn.setting;
  const inZone = zones === 1 ? undefined : unitsByZone(turn);
  const filling = ({ pool }: Cohort): number => inZone?.get(pools[pool]!.zone) ?? 0;
  let best = -1;
  for (let i = 0; i < cohorts.length; i++) {
    const cohort = cohorts[i]!;
    if (cohort.isProtected || cohort.version >= before || !isInService(cohort, atMs)) continue;
    if (best === -1 || goesBefore(cohort, cohorts[best]!, filling)) best = i;
  }
  return best;
}

function goesBefore(a: Cohort, b: Cohort, filling: (cohort: Cohort) => number): boolean {
  const order = filling(b) - filling(a) || a.version - b.version || a.launchedAtMs - b.launchedAtMs;
  return order < 0;
}
