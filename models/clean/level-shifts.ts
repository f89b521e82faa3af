import type { Series } from '../kernel/series.ts';
import { changepoints } from './changepoints.ts';
import { seasonalProfile, signedRoot } from './seasonal-profile.ts';

/** A lasting change of a load's level. */
export interface LevelShift {
  /** First step of the new level. */
  readonly at: number;
  /** New level over the old one, from 1/1000 to 1000; 2 is a load that doubled. */
  readonly ratio: number;
}

const DAY_MS = 86_400_000;

/** A level that does not last this many days is an episode: weekends last two. */
const LEAST_DAYS = 3;

/** Weeks of history from which the week counts as the season. */
const WEEKS_TO_KNOW = 3;

/** Smaller changes than this, either way, are nobody's concern. */
const LEAST_RATIO = 1.15;

/**
 * Lasting changes of a load's level: changepoints of what is left on the scale of the square root when the shape of the
 * day (of the week, from three weeks on) is taken off. A change counts when both levels last three days and differ by
 * 15 % or more. None where there are fewer than six days. Blank steps are left out. Cost: that of `changepoints`.
 */
export function levelShifts({ values, stepMs }: Series): readonly LevelShift[] {
  const day = Math.max(1, Math.round(DAY_MS / stepMs));
  if (values.length < 2 * LEAST_DAYS * day) return [];
  const season = values.length >= WEEKS_TO_KNOW * 7 * day ? 7 * day : day;
  const v = values.map((value) => (Number.isFinite(value) ? signedRoot(value) : Number.NaN));
  const { phases } = seasonalProfile(v, season);
  const level = v.map((value, i) => value - phases[i % season]!);
  const segments = changepoints(level, { leastSteps: LEAST_DAYS * day, memorySteps: day });
  return segments.slice(1).flatMap((segment, k) => {
    const ratio = ratioOf(Math.max(0, segment.level), Math.max(0, segments[k]!.level)) ** 2;
    return ratio >= LEAST_RATIO || ratio <= 1 / LEAST_RATIO ? [{ at: segment.from, ratio }] : [];
  });
}

/** A greater change, by its root, counts as one from nothing. */
const MOST_ROOT = Math.sqrt(1000);

/** New over old, also where one of them is nothing. */
function ratioOf(level: number, old: number): number {
  if (level === 0 && old === 0) return 1;
  return Math.min(MOST_ROOT, Math.max(1 / MOST_ROOT, level / old));
}
