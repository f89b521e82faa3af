import { firstSizes } from './check-scenario.ts';
import { type Cohort, NEVER } from './cohort.ts';
import { beginOf, type GroupSetting } from './setting.ts';
import type { GroupState } from './state.ts';

/** A group with its first fleet in service, spread evenly over its pools. */
export function firstGroup(setting: GroupSetting): GroupState {
  const sizes = firstSizes(setting.scenario);
  const { desired } = sizes;
  return {
    sizes,
    cohorts: firstCohorts(setting, desired),
    schedules: setting.scenario.schedules ?? [],
    suspended: [],
    version: 0,
    refresh: null,
    lastActivityMs: null,
    launchedStep: Number.NEGATIVE_INFINITY,
    launches: 0,
    scoredLaunches: 0,
    billed: 0,
    short: 0,
    step: { serving: desired, existing: desired, launched: 0, capacity: desired },
  };
}

function firstCohorts(setting: GroupSetting, desired: number): readonly Cohort[] {
  const { pools, protectNew } = setting;
  // Long in service: neither warm-up nor minimum billing concerns the first fleet.
  const atMs = Math.min(beginOf(setting, setting.replay.scoreFrom) - 86_400_000, 0);
  return pools.flatMap((_, pool) => {
    const units = Math.floor(desired / pools.length) + Number(pool < desired % pools.length);
    const born = { pool, units, launchedAtMs: atMs, bootedAtMs: atMs, readyAtMs: atMs };
    const rest = {
      version: 0,
      isProtected: protectNew,
      noticeAtMs: NEVER,
      goneAtMs: NEVER,
      goneFor: 'scale-in',
    } as const;
    return units > 0 ? [{ ...born, ...rest }] : [];
  });
}
