import type { GappedSeries } from '../../kernel/series.ts';

const HOUR_MS = 3_600_000;

/** A load on the grid on which a lead is measured. */
export interface LeadGrid {
  /** Means of the steps; NaN where any part of one was not observed. */
  readonly values: Float64Array;
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
 * longer. A last hour that is not whole is left out; the lead is rounded up to whole steps. O(n).
 */
export function leadGrid(series: GappedSeries, leadMs: number): LeadGrid {
  const factor = leadMs < HOUR_MS ? 1 : Math.max(1, Math.round(HOUR_MS / series.stepMs));
  const stepMs = series.stepMs * factor;
  const values = Float64Array.from({ length: Math.floor(series.values.length / factor) }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < factor; k++) sum += series.values[i * factor + k]!;
    return sum / factor;
  });
  const day = Math.max(1, Math.round((24 * HOUR_MS) / stepMs));
  return {
    values,
    stepMs,
    hour: Math.max(1, Math.round(HOUR_MS / stepMs)),
    day,
    week: 7 * day,
    lead: Math.max(1, Math.ceil(leadMs / stepMs)),
  };
}

/**
 * The same load without blanks, each filled from what lies before it alone: the step a day before, else the step before.
 * Blanks at the start become 0. O(n).
 */
export function filledFromBefore({ values, day }: Pick<LeadGrid, 'values' | 'day'>): Float64Array {
  const filled = values.slice();
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i]!)) filled[i] = filled[i >= day ? i - day : i - 1] ?? 0;
  }
  return filled;
}
