import type { GappedSeries } from '../../kernel/series.ts';

const HOUR_MS = 3_600_000;

/** Shares of a step at whose end the load is looked at on its own: what is newest says most of what comes next. */
const END_SHARES = [1 / 12, 1 / 4, 1 / 2] as const;

/** What is forecast: the load of the step at the lead's end, or the greatest load from the origin to there. */
export type LeadAim = 'load' | 'peak';

/** A load on the grid on which a lead is measured. */
export interface LeadGrid {
  /** Means of the steps; NaN where any part of one was not observed. */
  readonly values: Float64Array;
  /** What is forecast, at the step where its lead ends: `values`, or the greatest of the load's own steps in the lead. */
  readonly aims: Float64Array;
  /** Means of the ends of each step, where the load's own steps are finer; NaN as `values`. */
  readonly ends: readonly Float64Array[];
  readonly stepMs: number;
  /** Steps of an hour, at least one, of a day and of a week. */
  readonly hour: number;
  readonly day: number;
  readonly week: number;
  /** Steps from an origin to the end of its target, ≥ 1. */
  readonly lead: number;
}

/**
 * Hourly means from the first step on, or the load's own steps where the lead is shorter than an hour or the steps are
 * longer. A last hour that is not whole is left out; the lead is rounded up to whole steps. O(n · lead) for the peak's aim,
 * else O(n).
 */
export function leadGrid(series: GappedSeries, leadMs: number, aim: LeadAim = 'load'): LeadGrid {
  const factor = leadMs < HOUR_MS ? 1 : Math.max(1, Math.round(HOUR_MS / series.stepMs));
  const stepMs = series.stepMs * factor;
  const lead = Math.max(1, Math.ceil(leadMs / stepMs));
  const values = endMeans(series.values, { factor, last: factor });
  const parts = [...new Set(END_SHARES.map((share) => Math.ceil(factor * share)))];
  const day = Math.max(1, Math.round((24 * HOUR_MS) / stepMs));
  return {
    values,
    aims: aim === 'load' ? values : greatest(series.values, { factor, lead }),
    ends: parts.filter((last) => last < factor).map((last) => endMeans(series.values, { factor, last })),
    stepMs,
    hour: Math.max(1, Math.round(HOUR_MS / stepMs)),
    day,
    week: 7 * day,
    lead,
  };
}

/** The mean of the last steps of each `factor` steps. */
const endMeans = (values: Float64Array, { factor, last }: { readonly factor: number; readonly last: number }) =>
  Float64Array.from({ length: Math.floor(values.length / factor) }, (_, i) => {
    let sum = 0;
    for (let k = factor - last; k < factor; k++) sum += values[i * factor + k]!;
    return sum / last;
  });

/** The greatest of the load's own steps in the lead that ends with each grid step; NaN where it is not all observed. */
function greatest(values: Float64Array, { factor, lead }: { readonly factor: number; readonly lead: number }) {
  const steps = Float64Array.from({ length: Math.floor(values.length / factor) }, (_, i) =>
    Math.max(...values.subarray(i * factor, (i + 1) * factor)),
  );
  return steps.map((_, i) => (i + 1 < lead ? Number.NaN : Math.max(...steps.subarray(i + 1 - lead, i + 1))));
}

/**
 * The same load without blanks, each filled from what lies before it alone: the step a day before, else the step before.
 * Blanks at the start become 0. O(n).
 */
export function filledFromBefore(values: Float64Array, day: number): Float64Array {
  const filled = values.slice();
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i]!)) filled[i] = filled[i >= day ? i - day : i - 1] ?? 0;
  }
  return filled;
}
