import { median } from '../../kernel/statistics.ts';
import { filledFromBefore, type LeadGrid } from './lead-grid.ts';

/** Days whose step at the target's time of day is looked at. */
const DAYS = 7;

/** What is known at each origin about its target, and the target itself. Origin o knows steps 0…o − 1. */
export interface LeadRows {
  /** First origin that has a row; row i belongs to origin `first` + i. */
  readonly first: number;
  readonly origins: number;
  readonly columns: readonly Float64Array[];
  /** The load at the end of the lead; NaN where it was not observed. */
  readonly actual: Float64Array;
  /** The newest known steps whole days and whole weeks before the target. */
  readonly day: Float64Array;
  readonly week: Float64Array;
  /** The newest step of all, and the steps a day and a week before that one. */
  readonly newest: Float64Array;
  readonly newestDay: Float64Array;
  readonly newestWeek: Float64Array;
  /** Median of the load at the target's time of day on the last seven days. */
  readonly usual: Float64Array;
  /** Mean of the last week, or of what is known of it: the unit in which rows are alike. */
  readonly level: Float64Array;
}

/**
 * A row for each origin from the second day on whose target lies within the load. Rows look at what lies before their
 * origin alone. O(n · columns).
 */
export function leadRows(grid: LeadGrid): LeadRows {
  const { values, day, week, lead } = grid;
  const filled = filledFromBefore(grid);
  const first = day + 1;
  const origins = Math.max(0, values.length - lead + 1 - first);
  const table = { rows: [] as Float64Array[] };
  const of = (): Float64Array => new Float64Array(origins);
  const rows = {
    actual: of(),
    day: of(),
    week: of(),
    newest: of(),
    newestDay: of(),
    newestWeek: of(),
    usual: of(),
    level: of(),
  };
  const look = lookBack(filled);
  for (let i = 0; i < origins; i++) {
    const origin = first + i;
    const target = origin + lead - 1;
    rows.actual[i] = values[target]!;
    rows.day[i] = look.at(origin, target - day * Math.ceil(lead / day), day);
    rows.week[i] = look.at(origin, target - week * Math.ceil(lead / week), day);
    rows.newest[i] = filled[origin - 1]!;
    rows.newestDay[i] = look.at(origin, origin - 1 - day, day);
    rows.newestWeek[i] = look.at(origin, origin - 1 - week, day);
    rows.usual[i] = median(sameHours(grid, look, origin));
    rows.level[i] = look.mean(origin, week);
    table.rows.push(features(grid, look, origin));
  }
  const width = table.rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => Float64Array.from(table.rows, (row) => row[j]!));
  return { first, origins, columns, ...rows };
}

interface LookBack {
  /** A step, or the newest one whole days before or after it that the origin knows. */
  readonly at: (origin: number, step: number, day: number) => number;
  /** Mean of as many steps before an origin, or of those there are. */
  readonly mean: (origin: number, steps: number) => number;
}

function lookBack(values: Float64Array): LookBack {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return {
    at: (origin, step, day) => {
      let i = step;
      while (i >= origin) i -= day;
      while (i < 0) i += day;
      return values[Math.min(i, origin - 1)]!;
    },
    mean: (origin, steps) => {
      const from = Math.max(0, origin - steps);
      return from === origin ? 0 : (sums[origin]! - sums[from]!) / (origin - from);
    },
  };
}

/** The load at the target's time of day on the last days, the newest first. */
function sameHours({ day, lead }: Pick<LeadGrid, 'day' | 'lead'>, look: LookBack, origin: number): readonly number[] {
  const newest = origin + lead - 1 - day * Math.ceil(lead / day);
  return Array.from({ length: DAYS }, (_, j) => look.at(origin, newest - j * day, day));
}

/** All in the load's unit, save for the last four, which tell the time of day and of the week. */
function features({ day, week, lead }: LeadGrid, look: LookBack, origin: number): Float64Array {
  const target = origin + lead - 1;
  const at = (step: number): number => look.at(origin, step, day);
  const sameHour = target - day * Math.ceil(lead / day);
  const sameWeek = target - week * Math.ceil(lead / week);
  const days = sameHours({ day, lead }, look, origin);
  const wave = (period: number, of: (angle: number) => number): number => of((2 * Math.PI * target) / period);
  return Float64Array.of(
    ...days,
    days.reduce((sum, load) => sum + load, 0) / DAYS,
    Math.min(...days),
    Math.max(...days),
    at(sameHour - 1),
    at(sameHour + 1),
    at(sameWeek),
    at(sameWeek - week),
    at(sameWeek - 1),
    at(sameWeek + 1),
    at(origin - 1),
    at(origin - 2),
    at(origin - 3),
    look.mean(origin, Math.max(1, Math.round(day / 8))),
    look.mean(origin, day),
    look.mean(origin - day, day),
    look.mean(origin, week),
    wave(day, Math.sin),
    wave(day, Math.cos),
    wave(week, Math.sin),
    wave(week, Math.cos),
  );
}

/** Columns at the end that tell the time and no load. */
export const TIME_COLUMNS = 4;
