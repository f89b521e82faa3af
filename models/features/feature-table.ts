import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';
import { type CalendarOptions, calendarColumns, stepsOfDay } from './calendar-columns.ts';
import { rolling } from './rolling.ts';

/** What a load some steps ahead is learned from: one row an origin, in order of time. */
export interface FeatureTable {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Load `lead` steps after the origin, the series' unit. */
  readonly target: Float64Array;
  /** Newest known load at each origin. */
  readonly newest: Float64Array;
  /** The step of the series that each target is. */
  readonly steps: Int32Array;
}

export interface TableOptions extends CalendarOptions {
  /** Steps from the newest known step to the one that is forecast, at least 1. */
  readonly lead: number;
  /**
   * Most rows; of more, every k-th is kept.
   * @default 6000
   */
  readonly mostRows?: number | undefined;
}

/** Why there is no table. */
export type TableRefusal =
  | { readonly kind: 'too-short'; readonly have: number; readonly need: number }
  | { readonly kind: 'not-finite'; readonly index: number };

/** Steps before the origin whose values are features. */
const LAGS = [0, 1, 2, 3, 5, 8, 13] as const;

/** Widths of the rolling statistics in steps. */
const WIDTHS = [6, 24] as const;

/** The same time so many days back. */
const DAYS = [1, 2, 3, 7] as const;

/**
 * Lags, rolling statistics and the load at the same time on earlier days, none of them later than `lead` steps before the
 * target, and the calendar of the target. Days are counted in steps, so that an earlier day's time is off by an hour just
 * after clocks change. Days further back than a third of the series are left out.
 * Refuses a value that is not finite, and fewer than three days or 64 rows. O(steps + rows · columns).
 */
export function featureTable(series: Series, options: TableOptions): Result<FeatureTable, TableRefusal> {
  const { values, stepMs, startMs } = series;
  const { lead, mostRows = 6000 } = options;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return refuse({ kind: 'not-finite', index: bad });
  const day = stepsOfDay(stepMs);
  const days = DAYS.filter((d) => d * day >= lead && 3 * d * day <= values.length);
  const first = Math.max(lead + Math.max(LAGS.at(-1)!, WIDTHS.at(-1)!), (days.at(-1) ?? 0) * day);
  const need = Math.max(3 * day, first + 64);
  if (values.length < need) return refuse({ kind: 'too-short', have: values.length, need });

  const stride = Math.max(1, Math.ceil((values.length - first) / mostRows));
  const count = Math.floor((values.length - 1 - first) / stride) + 1;
  // Counted from the end: the newest load is always among the rows.
  const steps = Int32Array.from({ length: count }, (_, r) => values.length - 1 - (count - 1 - r) * stride);
  const at = (name: string, of: Float64Array, back: number) => ({
    name,
    values: Float64Array.from(steps, (t) => of[t - back]!),
  });
  const columns = [
    ...LAGS.map((lag) => at(`lag ${lag}`, values, lead + lag)),
    ...WIDTHS.flatMap((width) =>
      Object.entries(rolling(values, width)).map(([name, of]) => at(`${name} of ${width}`, of, lead)),
    ),
    ...days.map((d) => at(`${d} d before`, values, d * day)),
    ...calendarColumns(
      Float64Array.from(steps, (t) => startMs + t * stepMs),
      options,
    ),
  ];
  return accept({
    names: columns.map(({ name }) => name),
    columns: columns.map((column) => column.values),
    target: Float64Array.from(steps, (t) => values[t]!),
    newest: Float64Array.from(steps, (t) => values[t - lead]!),
    steps,
  });
}

/** Rows [from, to) of a table; memory is shared. O(columns). */
export const rowsOf = (table: FeatureTable, from: number, to: number): FeatureTable => ({
  names: table.names,
  columns: table.columns.map((column) => column.subarray(from, to)),
  target: table.target.subarray(from, to),
  newest: table.newest.subarray(from, to),
  steps: table.steps.subarray(from, to),
});

/** The columns of a table with these indices, in their order. O(columns). */
export const columnsOf = (table: FeatureTable, indices: readonly number[]): FeatureTable => ({
  ...table,
  names: indices.map((k) => table.names[k]!),
  columns: indices.map((k) => table.columns[k]!),
});
