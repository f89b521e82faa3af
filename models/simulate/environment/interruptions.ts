import { type Cohort, NEVER } from './cohort.ts';
import { draw, STREAM } from './draw.ts';
import type { Pool } from './scenario.ts';
import type { Turn } from './state.ts';

const HOUR_MS = 3_600_000;

/** A stretch of time without its beginning, with its end. Epoch milliseconds. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Draws which spot units get notice in this stretch, and when: each unit for itself at the rate of the rules, all units of
 * a pool when its availability falls to nothing. Nobody sees it before the notice. O(spot units).
 */
export function planNotices(turn: Turn, step: number, stretch: Stretch): void {
  const { group, setting } = turn;
  const { perHour, whenUnavailable } = setting.spot;
  if (perHour === 0 && !whenUnavailable) return;
  const chance = -Math.expm1((-perHour * (stretch.toMs - stretch.fromMs)) / HOUR_MS);
  const next: Cohort[] = [];
  let unit = 0;
  for (const cohort of group.cohorts) {
    const pool = setting.pools[cohort.pool]!;
    if (pool.market !== 'spot' || cohort.noticeAtMs !== NEVER || cohort.goneAtMs !== NEVER) {
      next.push(cohort);
      continue;
    }
    const shortageAt = whenUnavailable ? endOfAvailability(pool, stretch) : NEVER;
    next.push(...split(cohort, { seed: setting.seed, step, unit, chance, shortageAt, stretch }));
    unit += cohort.units;
  }
  group.cohorts = next;
}

interface Luck {
  readonly seed: number;
  readonly step: number;
  readonly unit: number;
  readonly chance: number;
  readonly shortageAt: number;
  readonly stretch: Stretch;
}

/** The cohort without its unlucky units, and each of those by itself. */
function split(cohort: Cohort, { seed, step, unit, chance, shortageAt, stretch }: Luck): readonly Cohort[] {
  const unlucky: Cohort[] = [];
  for (let k = 0; k < cohort.units; k++) {
    const place = { i: step, j: unit + k };
    if (draw(seed, STREAM.interruption, place) >= chance) continue;
    const length = stretch.toMs - stretch.fromMs;
    const at = stretch.fromMs + 1 + Math.floor(draw(seed, STREAM.noticeTime, place) * length);
    unlucky.push({ ...cohort, units: 1, noticeAtMs: Math.min(at, shortageAt) });
  }
  const lucky = cohort.units - unlucky.length;
  return lucky === 0 ? unlucky : [{ ...cohort, units: lucky, noticeAtMs: shortageAt }, ...unlucky];
}

function endOfAvailability({ availability }: Pool, { fromMs, toMs }: Stretch): number {
  const end = availability?.atMs.findIndex(
    (atMs, i) => atMs > fromMs && atMs <= toMs && Number(availability.granted[i]) === 0,
  );
  return end === undefined || end === -1 ? NEVER : availability!.atMs[end]!;
}
