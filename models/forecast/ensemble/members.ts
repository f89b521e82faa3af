import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Series } from '../../kernel/series.ts';
import type { Forecaster, ForecastRefusal } from '../forecaster.ts';
import { dayOrigins, type HeldOutDay, heldOutDays } from '../rolling-origin.ts';

const DAY_MS = 86_400_000;

/** Newest days by which members are weighed. */
const HELD_DAYS = 3;

/** A member that answered, and its path. */
export interface Answer {
  readonly member: Forecaster;
  readonly path: Float64Array;
}

/**
 * The paths of all members that answer. Refuses as the first member does where none answers. Cost: one fit of each.
 */
export function answersOf(
  members: readonly Forecaster[],
  history: Series,
  horizon: number,
): Result<readonly Answer[], ForecastRefusal> {
  const answers: Answer[] = [];
  let first: ForecastRefusal | undefined;
  for (const member of members) {
    const path = member.path(history, horizon);
    if (path.ok) answers.push({ member, path: path.value });
    else first ??= path.refusal;
  }
  if (answers.length > 0) return accept(answers);
  return refuse(first ?? { kind: 'no-signal', reason: 'an ensemble without members' });
}

/** A member's answers for the days that were held back from it. */
export interface Held {
  readonly member: Forecaster;
  readonly days: readonly HeldOutDay[];
}

/**
 * What each member says of the newest days when it is fitted to what lies before each; members that decline one of them are
 * left out. Refuses a history of less than two days and those held back. Cost: `HELD_DAYS` fits of each.
 */
export function heldAnswers(members: readonly Forecaster[], history: Series): Result<readonly Held[], ForecastRefusal> {
  const stepsPerDay = Math.max(1, Math.round(DAY_MS / history.stepMs));
  const n = history.values.length;
  const need = (2 + HELD_DAYS) * stepsPerDay;
  if (n < need) return refuse({ kind: 'too-short', have: n, need });
  const plan = { origins: dayOrigins(n, stepsPerDay, HELD_DAYS), stepsPerDay, windowSteps: 0 };
  const held: Held[] = [];
  let first: ForecastRefusal | undefined;
  for (const member of members) {
    const days = heldOutDays(history, member, plan);
    if (days.ok) held.push({ member, days: days.value });
    else first ??= days.refusal;
  }
  if (held.length > 0) return accept(held);
  return refuse(first ?? { kind: 'no-signal', reason: 'an ensemble without members' });
}

/** Paths added up, each times its weight; none below 0. O(members · steps). */
export function weighted(paths: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(paths[0]?.length ?? 0);
  paths.forEach((path, m) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[m]! * path[i]!;
  });
  return sum.map((load) => Math.max(0, load));
}
