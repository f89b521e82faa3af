import { TIME_COLUMNS } from '../lead/lead-features.ts';
import type { LeadGrid } from '../lead/lead-grid.ts';
import type { LeadRows } from '../lead/lead-rows.ts';
import { type LookBack, lookBack } from '../lead/look-back.ts';
import { LEAST_LEVEL, LOGARITHM, scaledRows } from '../lead/scaled-rows.ts';

/** A load that varies by less than this share of its level is taken to vary by it. */
const LEAST_SPREAD = 0.02;

/** Knowing more days than this says nothing more of how far seasons can be believed. */
const MOST_DAYS = 42;

/** Rows of one load at one lead as trees that know many loads see them: in no load's unit, and by no load's clock. */
export interface PretrainedRows {
  readonly columns: readonly Float64Array[];
  /** How far the load was from half-way between the day before and the week before, in spreads; NaN where not observed. */
  readonly rest: Float64Array;
  /** Mean deviation of the last week from its level, as a share of the level: the unit of `rest`. */
  readonly spread: Float64Array;
  /** The load that so many spreads from half-way mean, ≥ 0. */
  readonly back: (row: number, rest: number) => number;
}

/**
 * What lead rows on the logarithmic scale tell of any load: in its spreads, without the ends of the newest step, which
 * hourly records have not, and without the time, whose meaning is each load's own. Beside them how exactly days, weeks and
 * steps repeat, how much the load varies, how many days are known, and the lead in steps. O(rows · (columns + week)).
 */
export function pretrainedRows(grid: LeadGrid, rows: LeadRows): PretrainedRows {
  const scaled = scaledRows(rows, LOGARITHM);
  const { day, week, lead, ends } = grid;
  const { first, level } = rows;
  const each = (of: (origin: number, level: number) => number): Float64Array =>
    level.map((value, i) => of(first + i, Math.max(value, LEAST_LEVEL)));
  const spread = each((origin, unit) => Math.max(LEAST_SPREAD, deviation(rows.aimed, { origin, week, unit })));
  const inSpreads = (column: Float64Array): Float64Array => column.map((value, i) => value / spread[i]!);
  const [byDay, byWeek, byStep] = [day, week, 1].map((lag) => repeating(rows.aimed, { lag, day }));
  const off = (by: LookBack, steps: number): Float64Array =>
    inSpreads(each((origin, unit) => by.mean(origin, steps) / unit));
  const ahead = scaled.columns.length - rows.columns.length;
  const loads = scaled.columns.slice(0, scaled.columns.length - TIME_COLUMNS);
  return {
    columns: [
      ...loads.filter((_, j) => j < ahead || j >= ahead + ends.length).map(inSpreads),
      off(byDay!, week),
      off(byWeek!, week),
      off(byDay!, day),
      off(byStep!, week),
      spread,
      each((origin) => Math.min(MOST_DAYS, origin / day)),
      new Float64Array(level.length).fill(lead),
    ],
    rest: inSpreads(scaled.rest),
    spread,
    back: (row, rest) => scaled.back(row, rest * spread[row]!),
  };
}

interface Span {
  readonly origin: number;
  readonly week: number;
  readonly unit: number;
}

/** Mean deviation of the week before an origin from its level, in units of that. */
function deviation(load: Float64Array, { origin, week, unit }: Span): number {
  const from = Math.max(0, origin - week);
  let sum = 0;
  for (let i = from; i < origin; i++) sum += Math.abs(load[i]! - unit);
  return sum / (origin - from) / unit;
}

/** How far each step is from the one `lag` before, or a day before where there is none. */
const repeating = (load: Float64Array, { lag, day }: { readonly lag: number; readonly day: number }): LookBack =>
  lookBack(
    load.map((value, i) => Math.abs(value - (load[i - lag] ?? load[i - day] ?? value))),
    day,
  );
