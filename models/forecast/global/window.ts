/** Hours of a day and of a week: the seasons that pooled hourly series share. */
export const DAY = 24;
export const WEEK = 7 * DAY;

/** Hours of history that a row is made of. */
export const WINDOW = 2 * WEEK;

/** In which unit trees see a load: as it is, or its logarithm, where a multiple is a step. */
export type Scale = 'raw' | 'log';

/** A fortnight before an origin, freed of its series' level and spread. */
export interface Window {
  /** `WINDOW` values, the newest last. */
  readonly values: Float64Array;
  /** What was taken off, and what the rest was divided by; both of the last week, on `scale`. */
  readonly level: number;
  readonly spread: number;
  readonly scale: Scale;
  /** Added before the logarithm is taken, so that no load is without one. */
  readonly offset: number;
}

/** A spread below this share of the level is rounding: nothing varies. */
const LEAST_SPREAD = 1e-9;

/** Loads below this share of the last week's mean differ by noise, not by a multiple. */
const LOG_OFFSET = 0.01;

/**
 * The fortnight that ends before step `origin`, in units of its last week's deviation from that week's mean. Undefined
 * where the last week never changes. Needs `origin` ≥ `WINDOW`, finite values, for the logarithm none below 0. O(WINDOW).
 */
export function windowBefore(y: Float64Array, origin: number, scale: Scale): Window | undefined {
  const fortnight = y.subarray(origin - WINDOW, origin);
  const offset = scale === 'log' ? LOG_OFFSET * meanOf(fortnight.subarray(WEEK)) : 0;
  const values = scale === 'log' ? fortnight.map((load) => Math.log(load + offset)) : fortnight.slice();
  const week = values.subarray(WEEK);
  const level = meanOf(week);
  let squares = 0;
  for (const value of week) squares += (value - level) ** 2;
  const spread = Math.sqrt(squares / WEEK);
  if (!(spread > LEAST_SPREAD * Math.max(Math.abs(level), Number.MIN_VALUE))) return undefined;
  for (let i = 0; i < WINDOW; i++) values[i] = (values[i]! - level) / spread;
  return { values, level, spread, scale, offset };
}

/** A load as the window's rows see it. */
export function scaled({ level, spread, scale, offset }: Window, load: number): number {
  return ((scale === 'log' ? Math.log(load + offset) : load) - level) / spread;
}

/** The load that `scaled` made the value of. */
export function unscaled({ level, spread, scale, offset }: Window, value: number): number {
  const given = level + spread * value;
  return scale === 'log' ? Math.exp(given) - offset : given;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** What one unit of the window's scale is worth as load, about. */
export const unitOfLoad = ({ level, spread, scale }: Window): number =>
  scale === 'log' ? spread * Math.exp(level) : spread;

/** The mean load of the last week; on the logarithm the geometric mean. */
export const meanLoad = ({ level, scale }: Window): number => (scale === 'log' ? Math.exp(level) : level);
