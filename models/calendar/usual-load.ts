import type { Series } from '../kernel/series.ts';
import { median } from '../kernel/statistics.ts';
import { DAY_MS } from './civil.ts';

/** Days on each side among which the usual load is sought. */
const DAYS = 28;

/** So many of the same weekday are enough to leave the other days out. */
const SAME_WEEKDAY = 2;

/** The nearest days that count. */
const MOST_DAYS = 8;

/** How far to each side of a window one looks for how busy the day is otherwise. */
const SHOULDER_MS = 3 * 3_600_000;

/** A day is not believed to be busier or quieter than usual by more than this. */
const MOST_LEVEL = 2;

/** Sums over the steps [from, to). */
export interface UsualLoad {
  readonly actual: number;
  readonly usual: number;
}

/** A history, and which of its steps are those of some event (1). */
export interface MarkedHistory {
  readonly series: Series;
  readonly marked: Uint8Array;
}

/**
 * Actual and usual load over the steps [from, to): usual is the median of the same time on the nearest unmarked days, the
 * same weekday where two are at hand, times how busy the hours around are against their own usual. undefined where no
 * other day tells. Looks at the whole history, all of it past. At most `most` steps are looked at, evenly spread.
 * Cost: O(most · days).
 */
export function usualLoad(
  history: MarkedHistory,
  { from, to, most = 96 }: { readonly from: number; readonly to: number; readonly most?: number },
): UsualLoad | undefined {
  const inside = compared(history, { from, to, most });
  if (inside === undefined) return undefined;
  const shoulder = Math.round(SHOULDER_MS / history.series.stepMs);
  const before = compared(history, { from: from - shoulder, to: from, most, unmarked: true });
  const after = compared(history, { from: to, to: to + shoulder, most, unmarked: true });
  const actual = (before?.actual ?? 0) + (after?.actual ?? 0);
  const usual = (before?.usual ?? 0) + (after?.usual ?? 0);
  const level = actual > 0 && usual > 0 ? Math.min(MOST_LEVEL, Math.max(1 / MOST_LEVEL, actual / usual)) : 1;
  return { actual: inside.actual, usual: inside.usual * level };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  /** Only steps that are not marked themselves. */
  readonly unmarked?: boolean;
}

function compared(history: MarkedHistory, { from, to, most, unmarked = false }: Stretch): UsualLoad | undefined {
  const { values } = history.series;
  const stride = Math.max(1, Math.ceil((to - from) / most));
  let [actual, usual, seen] = [0, 0, 0];
  for (let i = Math.max(0, from); i < Math.min(to, values.length); i += stride) {
    if (unmarked && history.marked[i] === 1) continue;
    const expected = usualAt(history, i);
    if (expected === undefined) continue;
    actual += values[i]!;
    usual += expected;
    seen++;
  }
  return seen === 0 ? undefined : { actual, usual };
}

/** Median of the same time on the nearest unmarked days; undefined where there is none. O(days). */
export function usualAt({ series, marked }: MarkedHistory, i: number): number | undefined {
  const day = Math.round(DAY_MS / series.stepMs);
  const at = (days: number): number[] =>
    [i - days * day, i + days * day].filter((k) => marked[k] === 0).map((k) => series.values[k]!);
  const sameWeekday: number[] = [];
  for (let days = 7; days <= DAYS; days += 7) sameWeekday.push(...at(days));
  if (sameWeekday.length >= SAME_WEEKDAY) return median(sameWeekday.slice(0, MOST_DAYS));
  const any: number[] = [];
  for (let days = 1; days <= DAYS && any.length < MOST_DAYS; days++) any.push(...at(days));
  return any.length === 0 ? undefined : median(any);
}
