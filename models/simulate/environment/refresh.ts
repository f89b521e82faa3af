import { headOf, isInService } from './cohort.ts';
import { reconcile } from './reconcile.ts';
import { emit, type Turn } from './state.ts';
import { takeFromService } from './terminate.ts';

/**
 * Carries an instance refresh on: takes as many old units as leave the healthy share of desired in service, at least one
 * when nothing else is on its way, and launches new ones in their place, until all are new and warm. Protected units are
 * waited for. O(cohorts).
 * Source: EC2 Auto Scaling user guide, how an instance refresh works (terminate, then launch).
 */
export function carryRefreshOn(turn: Turn, atMs: number): void {
  const { group, setting } = turn;
  if (group.refresh === null) return;
  const isOld = (version: number): boolean => version < group.version;
  const { inService, warming, pending } = headOf(group.cohorts, atMs, setting.warmUpMs);
  if (pending === 0 && warming === 0 && !group.cohorts.some(({ version }) => isOld(version))) {
    group.refresh = null;
    emit(turn, atMs, { kind: 'refresh-finished' });
    return;
  }
  const spare = inService - warming - Math.ceil(group.refresh.minHealthyShare * group.sizes.desired);
  const isStill = warming === 0 && pending === 0 && inService >= group.sizes.desired;
  const count = isStill ? Math.max(1, spare) : spare;
  const old = group.cohorts.reduce((sum, c) => sum + (isOld(c.version) && isInService(c, atMs) ? c.units : 0), 0);
  if (Math.min(count, old) <= 0) return;
  takeFromService(turn, Math.min(count, old), { atMs, cause: 'refresh', before: group.version });
  reconcile(turn, atMs);
}
