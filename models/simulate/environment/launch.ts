import { type Cohort, NEVER } from './cohort.ts';
import { draw, STREAM } from './draw.ts';
import type { Availability, Pool } from './scenario.ts';
import { stepAt } from './setting.ts';
import { emit, type Turn } from './state.ts';

/** Share of launches that is granted at an instant. O(log changes). */
export function grantedAt(availability: Availability | undefined, atMs: number): number {
  if (availability === undefined) return 1;
  let from = 0;
  let to = availability.atMs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (availability.atMs[middle]! <= atMs) from = middle + 1;
    else to = middle;
  }
  return from === 0 ? 1 : Number(availability.granted[from - 1]);
}

/**
 * Launches units, as many as quota and pools grant; what they refuse stays missing and is tried again at the next step.
 * Each unit goes to the pool whose zone has the fewest, of equals the first in the list, and on to the next when refused.
 * O(units · pools).
 */
export function launch(turn: Turn, wanted: number, atMs: number): void {
  const units = Math.min(wanted, turn.account.room);
  if (units < wanted) emit(turn, atMs, { kind: 'units-quota-exceeded', units: wanted - units });
  const { pools } = turn.setting;
  const isPlain = pools.length === 1 && pools[0]!.availability === undefined;
  const granted = isPlain ? [units] : allot(turn, units, atMs);
  granted.forEach((count, pool) => {
    if (count > 0) place(turn, { pool, units: count, atMs });
  });
}

function allot(turn: Turn, units: number, atMs: number): readonly number[] {
  const { pools } = turn.setting;
  const inZone = unitsByZone(turn);
  const granted = pools.map(() => 0);
  const refused = pools.map(() => 0);
  for (let k = 0; k < units; k++) {
    for (const pool of byFilling(pools, inZone)) {
      if (!isGranted(turn, { pool, atMs, k })) {
        refused[pool]!++;
        continue;
      }
      granted[pool]!++;
      const { zone } = pools[pool]!;
      inZone.set(zone, (inZone.get(zone) ?? 0) + 1);
      break;
    }
  }
  refused.forEach((count, pool) => {
    if (count > 0) emit(turn, atMs, { kind: 'insufficient-capacity', pool, units: count });
  });
  return granted;
}

function isGranted(
  { setting }: Turn,
  { pool, atMs, k }: { readonly pool: number; readonly atMs: number; readonly k: number },
): boolean {
  const share = grantedAt(setting.pools[pool]!.availability, atMs);
  if (share >= 1 || share <= 0) return share >= 1;
  return draw(setting.seed, STREAM.capacity, { i: atMs, j: k * setting.pools.length + pool }) < share;
}

/** Units of the group in each zone, leaving ones not counted. */
export function unitsByZone({ setting, group }: Turn): Map<string, number> {
  const inZone = new Map<string, number>();
  for (const { pool, units, goneAtMs } of group.cohorts) {
    if (goneAtMs !== NEVER) continue;
    const { zone } = setting.pools[pool]!;
    inZone.set(zone, (inZone.get(zone) ?? 0) + units);
  }
  return inZone;
}

const byFilling = (pools: readonly Pool[], inZone: ReadonlyMap<string, number>): readonly number[] =>
  pools
    .map((_, pool) => pool)
    .sort((a, b) => (inZone.get(pools[a]!.zone) ?? 0) - (inZone.get(pools[b]!.zone) ?? 0) || a - b);

function place(
  turn: Turn,
  { pool, units, atMs }: { readonly pool: number; readonly units: number; readonly atMs: number },
): void {
  const { group, setting, account } = turn;
  const parts = setting.boot.isConstant ? [units] : new Array<number>(units).fill(1);
  const added: Cohort[] = [];
  let ordinal = group.launches;
  for (const part of parts) {
    const bootedAtMs = atMs + setting.boot.ofUnit(ordinal);
    const readyAtMs = bootedAtMs + 1000 * (setting.launchHook?.seconds ?? 0);
    added.push(newCohort(turn, { pool, units: part, launchedAtMs: atMs, bootedAtMs, readyAtMs }));
    emit(turn, atMs, { kind: 'launched', pool, units: part, readyAtMs });
    ordinal += part;
  }
  group.cohorts = [...group.cohorts, ...added];
  group.launches += units;
  group.launchedStep = stepAt(setting, atMs);
  account.room -= units;
}

type Birth = Pick<Cohort, 'pool' | 'units' | 'launchedAtMs' | 'bootedAtMs' | 'readyAtMs'>;

const newCohort = ({ group, setting }: Turn, birth: Birth): Cohort => ({
  ...birth,
  version: group.version,
  isProtected: setting.protectNew,
  noticeAtMs: NEVER,
  goneAtMs: NEVER,
  goneFor: 'scale-in',
});
