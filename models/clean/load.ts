import type { EpochMs, GappedSeries } from '../kernel/series.ts';

/** Raw samples as a metric source gives them: any order, possibly late, partial, duplicated. Arrays have equal length. */
export interface Samples {
  /** Start of each sample's period, epoch milliseconds. */
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
}

/** What it means when a period has no sample: nothing happened, or nobody knows. */
export type MissingMeaning = 'zero' | 'unknown';

/** How each step of a cleaned load came to its value. */
export const QUALITY = { observed: 0, filled: 1, zeroed: 2, blank: 3, censored: 4 } as const;

/** Total load on a regular grid, with the provenance of every step. All arrays share the length of `series.values`. */
export interface CleanLoad {
  /** Load per step, in the metric's unit; NaN where blank. */
  readonly series: GappedSeries;
  readonly quality: Uint8Array;
  /** Index of the first step after the last gap that is too long to fill; 0 when there is none. */
  readonly fitFrom: number;
  /** End of the newest step that was really observed (or believed zero); undefined when there is none. */
  readonly freshUntilMs: EpochMs | undefined;
  readonly counts: CleanCounts;
}

export interface CleanCounts {
  readonly observed: number;
  readonly filled: number;
  readonly zeroed: number;
  readonly blank: number;
  readonly censored: number;
  readonly duplicates: number;
  /** Samples dropped because they are negative or not finite. */
  readonly rejected: number;
}
