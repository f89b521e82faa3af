import { TIME_COLUMNS } from './lead-features.ts';
import type { LeadRows } from './lead-rows.ts';

/** Below this share of its level a load is as good as none, to the logarithm. */
const FLOOR = 0.02;

/** A level below it is taken for it, so that nothing is divided by 0. */
export const LEAST_LEVEL = Number.MIN_VALUE * 2 ** 60;

/** A load relative to the level of its row, on a scale where rows are alike, and back. */
export interface RelativeScale {
  readonly to: (load: number, level: number) => number;
  readonly from: (value: number, level: number) => number;
}

/** How much more than its level a load is, as a share of the level. */
export const RATIO: RelativeScale = {
  to: (load, level) => load / level - 1,
  from: (value, level) => (value + 1) * level,
};

/** The logarithm of a load in units of its level, as good as 0 a fiftieth of it. */
export const LOGARITHM: RelativeScale = {
  to: (load, level) => Math.log(load / level + FLOOR),
  from: (value, level) => (Math.exp(value) - FLOOR) * level,
};

/** Rows as models learn from them. */
export interface ScaledRows {
  readonly columns: readonly Float64Array[];
  /** What the target differs by from the base; NaN where it was not observed, or a week has known no load to tell it by. */
  readonly rest: Float64Array;
  /** The load that a difference from the base means, ≥ 0. */
  readonly back: (row: number, rest: number) => number;
}

/**
 * Rows on a scale, less their base: the load that is said for each row, else half-way between the day before and the week
 * before. What models learn is left beside it. O(rows · columns).
 */
export function scaledRows(rows: LeadRows, scale: RelativeScale, said?: Float64Array): ScaledRows {
  const level = rows.level.map((value) => Math.max(value, LEAST_LEVEL));
  const to = (column: Float64Array): Float64Array => column.map((load, i) => scale.to(load, level[i]!));
  const loads = rows.columns.length - TIME_COLUMNS;
  const [day, week, newest, actual] = [to(rows.day), to(rows.week), to(rows.newest), to(rows.actual)];
  const base = said === undefined ? day.map((value, i) => (value + week[i]!) / 2) : to(said);
  const less = (one: Float64Array, other: Float64Array): Float64Array => one.map((value, i) => value - other[i]!);
  const off = [less(newest, to(rows.newestDay)), less(newest, to(rows.newestWeek))];
  return {
    columns: [base, ...off, ...rows.columns.map((column, j) => (j < loads ? less(to(column), base) : column))],
    rest: less(actual, base).map((value, i) => (rows.level[i]! > 0 ? value : Number.NaN)),
    back: (row, rest) => Math.max(0, scale.from(rest + base[row]!, level[row]!)),
  };
}
