import { HABIT_FEATURES, type HourHabits, habitFeatures } from './hour-habits.ts';

/** Half-lives of the exponential averages among the features, in steps. */
export const HALF_LIVES = [2, 5, 15, 45, 150] as const;

/** Which of the averages says how large the load is at present; rows are weighted by it. */
export const LEVEL = 3;

const DAY_MS = 86_400_000;

/** Smoothing of what happened at the same time on earlier days. */
const SMOOTHING_MS = 600_000;

/**
 * A load on the scale on which it is regressed, with what every origin's features are made of. The times of day begin
 * with step `from` and reach beyond the last step by the furthest horizon.
 */
export interface FeatureView extends TimesOfDay {
  /** v_i = √(load_i / unit): counts have nearly the same spread on this scale, whatever their level. */
  readonly v: Float64Array;
  /** First step that has averages; features exist from `from + 9` on. */
  readonly from: number;
  /** `averages[j][i − from]`: average of half-life `HALF_LIVES[j]` up to and including step i. */
  readonly averages: readonly Float64Array[];
  /** `sums[i]`: sum of v before step i. */
  readonly sums: Float64Array;
  /** What minutes of the hour have been like, up to and including the last step. */
  readonly habits: HourHabits;
  readonly stepMs: number;
  /** Days back that are looked at, ascending, for example 1, 2, 3, 7. */
  readonly lagDays: readonly number[];
}

/** Time of day of each step as a point on the circle. */
export interface TimesOfDay {
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
}

/** Times of day of `count` steps from `startMs` on; where whole steps make a day, those of the first are repeated. O(count). */
export function timesOfDay(startMs: number, stepMs: number, count: number): TimesOfDay {
  const [sine, cosine] = [new Float64Array(count), new Float64Array(count)];
  const distinct = DAY_MS % stepMs === 0 ? Math.min(count, DAY_MS / stepMs) : count;
  for (let i = 0; i < distinct; i++) {
    const angle = (2 * Math.PI * ((startMs + i * stepMs) % DAY_MS)) / DAY_MS;
    sine[i] = Math.sin(angle);
    cosine[i] = Math.cos(angle);
  }
  for (let i = distinct; i < count; i++) {
    sine[i] = sine[i - distinct]!;
    cosine[i] = cosine[i - distinct]!;
  }
  return { sine, cosine };
}

/** Fills `sums` so that `sums[i]` is the sum of v before step i, from step `from` on. O(steps). */
export function sumUp(v: Float64Array, sums: Float64Array, from = 0): void {
  for (let i = from; i < v.length; i++) sums[i + 1] = sums[i]! + v[i]!;
}

/** Averages with the half-lives above, over steps [from, v.length), from the levels before `from` or the first value on. */
export function averagesOf(v: Float64Array, from: number, levels?: readonly number[]): readonly Float64Array[] {
  return HALF_LIVES.map((halfLife, j) => {
    const weight = 1 - 0.5 ** (1 / halfLife);
    const out = new Float64Array(v.length - from);
    let level = levels?.[j] ?? v[from] ?? 0;
    for (let i = from; i < v.length; i++) {
      level += weight * (v[i]! - level);
      out[i - from] = level;
    }
    return out;
  });
}

/** Features that depend on the origin alone. */
const OF_ORIGIN = 12;

/** Features that do not depend on the days looked at. */
const FIXED = OF_ORIGIN + 4;

/** Number of features of one row: those of the days, two for each of the last and one for a week ago, before the habits'. */
export const featureCount = (lagDays: readonly number[]): number =>
  lagDays.reduce((n, days) => n + (days < 7 ? 2 : 1), FIXED) + HABIT_FEATURES;

/**
 * Writes the features that an origin has for every horizon: 1, the last ten steps, the averages, the recent maximum.
 * Reads nothing after step t. O(1).
 */
export function originFeatures({ v, averages, from }: FeatureView, t: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = v[t]!;
  out[2] = v[t - 1]!;
  out[3] = v[t - 2]!;
  out[4] = (v[t - 3]! + v[t - 4]!) / 2;
  out[5] = (v[t - 5]! + v[t - 6]! + v[t - 7]! + v[t - 8]! + v[t - 9]!) / 5;
  for (let j = 0; j < averages.length; j++) out[6 + j] = averages[j]![t - from]!;
  let most = 0;
  for (let i = t - 9; i <= t; i++) if (v[i]! > most) most = v[i]!;
  out[11] = most;
}

/**
 * Writes the features of origin t that depend on the horizon: the target's time of day, how the load moved over the same
 * span on earlier days (0 where the history does not reach back that far), and what its minute of the hour has been like.
 * Reads nothing after step t. O(days).
 */
export function horizonFeatures(view: FeatureView, t: number, h: number, out: Float64Array): void {
  const { v, averages, from, stepMs, lagDays } = view;
  const sine = view.sine[t + h - from]!;
  const cosine = view.cosine[t + h - from]!;
  out[12] = sine;
  out[13] = cosine;
  out[14] = 2 * sine * cosine;
  out[15] = 1 - 2 * sine * sine;
  const stepsPerDay = Math.round(DAY_MS / stepMs);
  const width = Math.max(1, Math.round(SMOOTHING_MS / stepMs));
  const level = averages[2]![t - from]!;
  let k = FIXED;
  for (const days of lagDays) {
    const origin = t - days * stepsPerDay;
    const known = origin - 2 * width >= 0;
    const last = Math.min(t, origin + h + width);
    out[k++] = known ? meanOf(view.sums, origin + h - width, last) - meanOf(view.sums, origin - 2 * width, origin) : 0;
    if (days < 7) out[k++] = known ? v[Math.min(t, origin + h)]! - level : 0;
  }
  habitFeatures(view.habits, { t, h }, out, k);
}

/** Mean over the steps [first, last]. */
const meanOf = (sums: Float64Array, first: number, last: number): number =>
  (sums[last + 1]! - sums[first]!) / (last - first + 1);
