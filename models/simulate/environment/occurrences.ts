import { type Cohort, isLeaving, NEVER, NOTICE_MS, nextOf } from './cohort.ts';
import type { Stretch } from './interruptions.ts';
import { reconcile } from './reconcile.ts';
import { fire, nextFiring } from './schedules.ts';
import { emit, type Turn } from './state.ts';
import { gone } from './terminate.ts';

/** Lets everything happen that falls due by itself in a stretch of time, in its order. O(occurrences · cohorts). */
export function elapse(turn: Turn, { fromMs, toMs }: Stretch): void {
  const { group, setting } = turn;
  let cursor = fromMs;
  for (;;) {
    let next = group.schedules.length === 0 ? NEVER : nextFiring(group, setting, cursor);
    for (const cohort of group.cohorts) next = Math.min(next, nextOf(cohort, cursor));
    if (next > toMs) return;
    if (happen(turn, next)) reconcile(turn, next);
    if (group.schedules.length > 0) fire(turn, next);
    cursor = next;
  }
}

/** Whether units ended that desired may want replaced. */
function happen(turn: Turn, atMs: number): boolean {
  const { group } = turn;
  const before = group.cohorts;
  const after = before.filter((cohort) => staysPast(turn, cohort, atMs));
  if (after.length === before.length) return false;
  group.cohorts = after;
  return true;
}

function staysPast(turn: Turn, cohort: Cohort, atMs: number): boolean {
  const { pool, units, noticeAtMs, launchedAtMs } = cohort;
  const cause = endOf(turn, cohort, atMs);
  if (cause !== null) {
    gone(turn, cohort, { atMs, cause });
    return false;
  }
  if (cohort.readyAtMs === atMs) emit(turn, atMs, { kind: 'in-service', pool, units, launchedAtMs });
  if (noticeAtMs === atMs && !isLeaving(cohort)) {
    emit(turn, atMs, { kind: 'interruption-notice', pool, units, reclaimAtMs: atMs + NOTICE_MS });
  }
  return true;
}

function endOf({ setting }: Turn, cohort: Cohort, atMs: number): 'abandoned' | 'spot' | Cohort['goneFor'] | null {
  if (cohort.noticeAtMs + NOTICE_MS === atMs) return 'spot';
  if (cohort.goneAtMs === atMs) return cohort.goneFor;
  const timedOut = cohort.readyAtMs === atMs && cohort.bootedAtMs < atMs;
  return timedOut && setting.launchHook?.atTimeout === 'ABANDON' ? 'abandoned' : null;
}
