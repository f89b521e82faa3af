import { InvariantError } from './errors.ts';

declare const epochMs: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly [epochMs]: true };

/** Brands a number as an instant. Throws `InvariantError` when it is not finite. */
export function instant(ms: number): EpochMs {
  if (!Number.isFinite(ms)) throw new InvariantError(`an instant must be a finite number of milliseconds, got ${ms}`);
  return ms as EpochMs;
}

/**
 * Values on a regular grid; `values[i]` covers [startMs + i·stepMs, startMs + (i+1)·stepMs).
 * All values are finite: what may be blank is a `GappedSeries`.
 */
export interface Series {
  readonly startMs: EpochMs;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/** A `Series` in which NaN marks a blank step (not observed, not filled). */
export interface GappedSeries extends Series {
  readonly mayHaveBlanks: true;
}

/** The instant at which step i of the series ends; i = length − 1 gives the end of the data. */
export const endOfStep = (series: Series, i: number): EpochMs => instant(series.startMs + (i + 1) * series.stepMs);

/** The end of the last step; equals `startMs` for an empty series. */
export const endOf = (series: Series): EpochMs => endOfStep(series, series.values.length - 1);

/** Steps [from, to) as a series that shares memory with the given one. O(1). */
export const slice = (series: Series, from: number, to: number = series.values.length): Series => ({
  startMs: instant(series.startMs + from * series.stepMs),
  stepMs: series.stepMs,
  values: series.values.subarray(from, to),
});

/** How many seconds a number of milliseconds is. */
export const toSeconds = (ms: number): number => ms / 1000;
