import type { TerminationCause } from './events.ts';

/** When nothing is planned. */
export const NEVER = Number.POSITIVE_INFINITY;

/** AWS takes a spot unit back two minutes after the notice. Source: EC2 user guide, Spot Instance interruption notices. */
export const NOTICE_MS = 120_000;

/**
 * Units with one history. Instants in epoch milliseconds.
 * launched ≤ booted ≤ ready: booting, then waiting at the launching hook, then in service from `readyAtMs` on.
 */
export interface Cohort {
  readonly pool: number;
  readonly units: number;
  readonly launchedAtMs: number;
  readonly bootedAtMs: number;
  readonly readyAtMs: number;
  /** Of the launch template; a refresh replaces older ones. */
  readonly version: number;
  readonly isProtected: boolean;
  /** When the spot notice comes; `NEVER` while none is known to the environment. */
  readonly noticeAtMs: number;
  /** End of the wait at the terminating hook; `NEVER` while the units are not leaving. */
  readonly goneAtMs: number;
  /** Why they leave, once they do. */
  readonly goneFor: TerminationCause;
}

export const isLeaving = ({ goneAtMs }: Cohort): boolean => goneAtMs !== NEVER;

export const isInService = (cohort: Cohort, nowMs: number): boolean => cohort.readyAtMs <= nowMs && !isLeaving(cohort);

/** Units of a group by what they do at an instant; `warming` are in service too. */
export interface Head {
  readonly inService: number;
  readonly warming: number;
  /** Booting or waiting at the launching hook. */
  readonly pending: number;
  readonly leaving: number;
}

/** Counts units. O(cohorts). */
export function headOf(cohorts: readonly Cohort[], nowMs: number, warmUpMs = 0): Head {
  let inService = 0;
  let warming = 0;
  let pending = 0;
  let leaving = 0;
  for (const cohort of cohorts) {
    if (cohort.goneAtMs !== NEVER) leaving += cohort.units;
    else if (cohort.readyAtMs > nowMs) pending += cohort.units;
    else {
      inService += cohort.units;
      if (cohort.readyAtMs + warmUpMs > nowMs) warming += cohort.units;
    }
  }
  return { inService, warming, pending, leaving };
}

/** The next instant after `afterMs` at which something happens to the cohort by itself; `NEVER` when nothing will. O(1). */
export function nextOf(cohort: Cohort, afterMs: number): number {
  let next = NEVER;
  if (cohort.readyAtMs > afterMs) next = cohort.readyAtMs;
  if (cohort.noticeAtMs === NEVER && cohort.goneAtMs === NEVER) return next;
  for (const at of [cohort.noticeAtMs, cohort.noticeAtMs + NOTICE_MS, cohort.goneAtMs]) {
    if (at > afterMs && at < next) next = at;
  }
  return next;
}

/**
 * Joins units in service that nothing tells apart any more, as the oldest of them, so that the list stays short. Those
 * that became ready after `ripeMs` or were launched after `paidMs` stay by themselves: warm-up or minimum billing may
 * still tell them apart. O(cohorts · kinds).
 */
export function joined(
  cohorts: readonly Cohort[],
  { ripeMs, paidMs }: { readonly ripeMs: number; readonly paidMs: number },
): readonly Cohort[] {
  const plain = (c: Cohort): boolean =>
    c.readyAtMs <= ripeMs && c.launchedAtMs <= paidMs && c.noticeAtMs === NEVER && c.goneAtMs === NEVER;
  let ripe = 0;
  for (const cohort of cohorts) if (plain(cohort)) ripe++;
  if (ripe < 2) return cohorts;
  const kept: Cohort[] = [];
  for (const cohort of cohorts) {
    const like = plain(cohort) ? kept.findIndex((other) => plain(other) && alike(other, cohort)) : -1;
    if (like === -1) kept.push(cohort);
    else kept[like] = { ...kept[like]!, units: kept[like]!.units + cohort.units };
  }
  return kept.length === cohorts.length ? cohorts : kept;
}

const alike = (a: Cohort, b: Cohort): boolean =>
  a.pool === b.pool && a.version === b.version && a.isProtected === b.isProtected;
