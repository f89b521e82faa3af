import type { EpochMs } from '../kernel/series.ts';

/**
 * What a fit of the direct regression leaves for the hot path: for each horizon a line of coefficients, how far off it
 * is in quiet and in rough times, and the distribution of its standardised errors. Plain JSON.
 */
export interface DirectModel {
  readonly version: 1;
  /** End of the history that it was fitted to. */
  readonly fittedAtMs: EpochMs;
  readonly stepMs: number;
  /** Load at which v = √(load / unit) is 1. */
  readonly unit: number;
  /** Days back that its features look at. */
  readonly lagDays: readonly number[];
  /** The newest v of the history, ascending: what the features of later origins look back at. */
  readonly tail: readonly number[];
  /** Where in `tail` the averages of the features begin, and their levels before that step. */
  readonly averagesFrom: number;
  readonly averages: readonly number[];
  /** No location above this is believed: three times the greatest v of the history. */
  readonly highest: number;
  /** Index of the horizon whose recent errors tell how rough times are. */
  readonly memoryHorizon: number;
  /** Ascending in steps. */
  readonly horizons: readonly HorizonModel[];
}

/** The distribution of v some steps ahead of an origin. */
export interface HorizonModel {
  readonly steps: number;
  readonly coefficients: readonly number[];
  /** Expected absolute error = spread · [1, location, fast error average, slow error average], at least `leastSpread`. */
  readonly spread: readonly number[];
  readonly leastSpread: number;
  /** Locations at which the next class of errors begins. */
  readonly edges: readonly number[];
  /** For each class the standardised errors, ascending, at most some hundred order statistics. */
  readonly errors: readonly (readonly number[])[];
}
