import { headOf, joined } from './cohort.ts';
import { planNotices } from './interruptions.ts';
import { elapse } from './occurrences.ts';
import { reconcile, scaleIn } from './reconcile.ts';
import { carryRefreshOn } from './refresh.ts';
import { beginOf } from './setting.ts';
import type { Turn } from './state.ts';
import { billUntil } from './terminate.ts';

/** Books what step t is served by and, where whole steps are billed, billed for. O(cohorts). */
export function score({ group, setting }: Turn, t: number): void {
  const { need, blank } = setting.replay;
  const { inService, pending, leaving } = headOf(group.cohorts, beginOf(setting, t));
  const missing = need[t]! - inService;
  if (missing > 0 && blank[t] === 0) group.short += missing;
  const existing = inService + pending + leaving;
  if (setting.minimumBilledMs === null) group.billed += existing;
  group.step = {
    serving: inService,
    existing,
    launched: group.launches - group.scoredLaunches,
    capacity: inService + pending,
  };
  group.scoredLaunches = group.launches;
}

/** Ends step t: the release that the group's policy asked for, what falls due until the next step, and what follows. */
export function finish(turn: Turn, t: number, release: number): void {
  const { group, setting } = turn;
  const stretch = { fromMs: beginOf(setting, t), toMs: beginOf(setting, t + 1) };
  if (release > 0) {
    scaleIn(turn, release, stretch.toMs);
    const { inService, pending } = headOf(group.cohorts, stretch.fromMs);
    group.step = { ...group.step, capacity: inService + pending };
  }
  planNotices(turn, t, stretch);
  elapse(turn, stretch);
  carryRefreshOn(turn, stretch.toMs);
  reconcile(turn, stretch.toMs);
  // After all that ends units at this instant: those have been billed as they went.
  if (setting.minimumBilledMs !== null) for (const cohort of group.cohorts) billUntil(turn, cohort, stretch.toMs);
  const paidMs = stretch.toMs - (setting.minimumBilledMs ?? 0);
  group.cohorts = joined(group.cohorts, { ripeMs: stretch.toMs - setting.warmUpMs, paidMs });
}
