import type { Action, GroupCall } from './actions.ts';
import {
  type AwsRefusal,
  activeInstanceRefreshNotFound,
  instanceRefreshInProgress,
  noActiveLifecycleAction,
  scheduledActionRefusal,
  setDesiredRefusal,
  sizesAfter,
  sizesRefusal,
} from './aws-refusals.ts';
import { isInService, isLeaving } from './cohort.ts';
import { reconcile, resize } from './reconcile.ts';
import { emit, type Turn } from './state.ts';
import { end } from './terminate.ts';

type Call<K extends GroupCall['kind']> = Extract<GroupCall, { readonly kind: K }>;

/** Carries out one call of the API on its group; null when it was done. O(cohorts). */
export function carryOut(turn: Turn, call: Exclude<Action, { kind: 'scale-in' }>, atMs: number): AwsRefusal | null {
  switch (call.kind) {
    case 'set-desired':
      return setDesired(turn, call, atMs);
    case 'update':
      return update(turn, call, atMs);
    case 'schedule':
      return schedule(turn, call, atMs);
    case 'unschedule':
      turn.group.schedules = turn.group.schedules.filter(({ name }) => name !== call.name);
      return null;
    case 'protect':
      return protect(turn, call, atMs);
    case 'complete-lifecycle':
      return call.transition === 'launch' ? completeLaunch(turn, call, atMs) : completeTermination(turn, atMs);
    case 'start-refresh':
      return startRefresh(turn, call);
    case 'cancel-refresh':
      return cancelRefresh(turn);
    case 'suspend':
      turn.group.suspended = call.processes;
      reconcile(turn, atMs);
      return null;
  }
}

function setDesired(turn: Turn, { desired, honorCooldown = false }: Call<'set-desired'>, nowMs: number) {
  const { sizes, lastActivityMs } = turn.group;
  const cooldownEndsMs = lastActivityMs === null ? null : lastActivityMs + turn.setting.cooldownMs;
  const refusal = setDesiredRefusal({ group: sizes, desired, honorCooldown, cooldownEndsMs, nowMs });
  if (refusal === null) resize(turn, { ...sizes, desired }, nowMs);
  return refusal;
}

function update(turn: Turn, { change }: Call<'update'>, atMs: number): AwsRefusal | null {
  const sizes = sizesAfter(turn.group.sizes, change);
  const refusal = sizesRefusal(sizes);
  if (refusal === null) resize(turn, sizes, atMs);
  return refusal;
}

function schedule({ group }: Turn, { action }: Call<'schedule'>, nowMs: number): AwsRefusal | null {
  const refusal = scheduledActionRefusal(action, group.schedules, nowMs);
  if (refusal === null) group.schedules = [...group.schedules.filter(({ name }) => name !== action.name), action];
  return refusal;
}

function protect({ group }: Turn, { units, on }: Call<'protect'>, atMs: number): null {
  let left = units;
  group.cohorts = group.cohorts.flatMap((cohort) => {
    if (left === 0 || cohort.isProtected === on || !isInService(cohort, atMs)) return [cohort];
    const marked = Math.min(left, cohort.units);
    left -= marked;
    const rest = cohort.units - marked;
    return [{ ...cohort, units: marked, isProtected: on }, ...(rest > 0 ? [{ ...cohort, units: rest }] : [])];
  });
  return null;
}

function completeLaunch(turn: Turn, { result }: Call<'complete-lifecycle'>, atMs: number): AwsRefusal | null {
  const { group } = turn;
  const waits = group.cohorts.map((c) => c.bootedAtMs <= atMs && c.readyAtMs > atMs);
  if (!waits.includes(true)) return noActiveLifecycleAction();
  if (result === 'CONTINUE') {
    for (const [i, { pool, units, launchedAtMs }] of group.cohorts.entries()) {
      if (waits[i]) emit(turn, atMs, { kind: 'in-service', pool, units, launchedAtMs });
    }
    group.cohorts = group.cohorts.map((cohort, i) => (waits[i] ? { ...cohort, readyAtMs: atMs } : cohort));
    return null;
  }
  for (let index = waits.length - 1; index >= 0; index--) {
    if (waits[index]) end(turn, { index, units: group.cohorts[index]!.units, cause: 'abandoned' }, atMs);
  }
  reconcile(turn, atMs);
  return null;
}

function completeTermination(turn: Turn, atMs: number): AwsRefusal | null {
  const { group } = turn;
  if (!group.cohorts.some(isLeaving)) return noActiveLifecycleAction();
  for (let index = group.cohorts.length - 1; index >= 0; index--) {
    const cohort = group.cohorts[index]!;
    if (isLeaving(cohort)) end(turn, { index, units: cohort.units, cause: cohort.goneFor }, atMs);
  }
  return null;
}

function startRefresh({ group }: Turn, { minHealthyShare }: Call<'start-refresh'>): AwsRefusal | null {
  if (group.refresh !== null) return instanceRefreshInProgress();
  group.refresh = { minHealthyShare };
  group.version += 1;
  return null;
}

function cancelRefresh({ group }: Turn): AwsRefusal | null {
  if (group.refresh === null) return activeInstanceRefreshNotFound();
  group.refresh = null;
  return null;
}
