import { sortedWindow } from '../../kernel/sorted-window.ts';
import { median } from '../../kernel/statistics.ts';
import { DAYS, leadFeatures, sameHours } from './lead-features.ts';
import { filledFromBefore, type LeadGrid } from './lead-grid.ts';
import { type LookBack, lookBack } from './look-back.ts';

/** Forecasts that need no fit, one for each origin. */
export interface LeadPaths {
  /** The newest known steps whole days and whole weeks before the target. */
  readonly day: Float64Array;
  readonly week: Float64Array;
  /** The newest step of all. */
  readonly newest: Float64Array;
  /** Median at the target's time of day over seven days. */
  readonly usual: Float64Array;
  /** Mean of the last week, or of what is known of it: the unit in which rows are alike; mean of the last day. */
  readonly level: Float64Array;
  readonly dayLevel: Float64Array;
  /** Median of the last week. */
  readonly middle: Float64Array;
  /** The mean of the last eighth of a day times what the target usually was in units of it, by seven days' median. */
  readonly risen: Float64Array;
}

/** What is known at each origin about its target, and the target itself. Origin o knows steps 0…o − 1. */
export interface LeadRows extends LeadPaths {
  /** First origin that has a row; row i belongs to origin `first` + i. */
  readonly first: number;
  readonly origins: number;
  readonly columns: readonly Float64Array[];
  /** What is aimed at, step by step from the load's first one, without blanks (`filledFromBefore`). */
  readonly aimed: Float64Array;
  /** What came at the end of the lead; NaN where it was not observed. */
  readonly actual: Float64Array;
  /** The steps a day and a week before the newest one. */
  readonly newestDay: Float64Array;
  readonly newestWeek: Float64Array;
}

/**
 * A row for each origin from the second day on whose target lies within the load. Rows look at what lies before their
 * origin alone. O(n · columns).
 */
export function leadRows(grid: LeadGrid): LeadRows {
  const first = grid.day + 1;
  return rowsFrom(grid, first, Math.max(0, grid.values.length - grid.lead + 1 - first));
}

/** The row of the origin after the load's last step, whose target nobody knows yet. O(n). */
export const newestRow = (grid: LeadGrid): LeadRows => rowsFrom(grid, grid.values.length, 1);

function rowsFrom(grid: LeadGrid, first: number, origins: number): LeadRows {
  const { values, aims, day, week, lead } = grid;
  const load = filledFromBefore(values, day);
  const aimed = aims === values ? load : filledFromBefore(aims, day);
  const aim = lookBack(aimed, day);
  const each = (of: (origin: number) => number): Float64Array =>
    Float64Array.from({ length: origins }, (_, i) => of(first + i));
  const target = (origin: number): number => origin + lead - 1;
  const weekBefore = (origin: number): number => target(origin) - week * Math.ceil(lead / week);
  const ends = grid.ends.map((end) => end.map((value, i) => (Number.isNaN(value) ? load[i]! : value)));
  const sight = { load: lookBack(load, day), aim, ends };
  return {
    first,
    origins,
    columns: columnsOf(Array.from({ length: origins }, (_, i) => leadFeatures(grid, sight, first + i))),
    aimed,
    actual: each((origin) => aims[target(origin)] ?? Number.NaN),
    day: each((origin) => aim.at(origin, target(origin) - day * Math.ceil(lead / day))),
    week: each((origin) => aim.at(origin, weekBefore(origin))),
    newest: each((origin) => aimed[origin - 1]!),
    newestDay: each((origin) => aim.at(origin, origin - 1 - day)),
    newestWeek: each((origin) => aim.at(origin, origin - 1 - week)),
    usual: each((origin) => median(sameHours(grid, aim, origin))),
    level: each((origin) => aim.mean(origin, week)),
    dayLevel: each((origin) => aim.mean(origin, day)),
    middle: lastMedians(aimed, week).subarray(first, first + origins),
    risen: each((origin) => risen(grid, aim, origin)),
  };
}

const columnsOf = (rows: readonly Float64Array[]): readonly Float64Array[] =>
  Array.from({ length: rows[0]?.length ?? 0 }, (_, j) => Float64Array.from(rows, (row) => row[j]!));

/** Median of as many values before each step, or of those there are; 0 before the first. O(n · steps), in moves. */
function lastMedians(values: Float64Array, steps: number): Float64Array {
  const last = sortedWindow(steps);
  return Float64Array.from({ length: values.length + 1 }, (_, i) => {
    if (i === 0) return 0;
    last.add(values[i - 1]!);
    const [low, high] = [(last.size() - 1) >> 1, last.size() >> 1];
    return (last.at(low) + last.at(high)) / 2;
  });
}

/** The day before where no earlier day tells what usually follows on a level. */
function risen({ day, lead }: LeadGrid, aim: LookBack, origin: number): number {
  const steps = Math.max(1, Math.round(day / 8));
  const back = day * Math.ceil(lead / day);
  const target = origin + lead - 1 - back;
  const ratios: number[] = [];
  for (let j = 0; j < DAYS && origin - back - j * day > 0; j++) {
    const before = aim.mean(origin - back - j * day, steps);
    if (before > 0) ratios.push(aim.at(origin, target - j * day) / before);
  }
  return ratios.length === 0 ? aim.at(origin, target) : aim.mean(origin, steps) * median(ratios);
}
