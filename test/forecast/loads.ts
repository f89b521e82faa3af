import { randomSource } from '../../models/kernel/rng.ts';
import { type GappedSeries, instant, type Series } from '../../models/kernel/series.ts';
import { seededNormal } from '../seeded.ts';

export const STEP_MS = 300_000;
const HOUR_MS = 3_600_000;
export const DAY = 288;

export const seriesOf = (values: Float64Array, startStep = 0): GappedSeries => ({
  startMs: instant(startStep * STEP_MS),
  stepMs: STEP_MS,
  values,
  mayHaveBlanks: true,
});

export interface WaveShape {
  readonly days: number;
  readonly mean?: number;
  /** Height of the daily wave, and of the weekly one, as shares of the mean. */
  readonly daily?: number;
  readonly weekly?: number;
  /** Standard deviation of the noise as a share of the mean. */
  readonly noise?: number;
  /** Growth from the first day to the last, as a share of the mean. */
  readonly growth?: number;
  readonly seed?: number;
  /** Steps of a day; as many as there are of five minutes unless told. */
  readonly stepsPerDay?: number;
}

/** A load of known make: a daily and a weekly wave, a trend, and noise. Never negative. */
export function wave(shape: WaveShape): Float64Array {
  const { days, mean = 100, daily = 0.5, weekly = 0, noise = 0.05, growth = 0, seed = 1 } = shape;
  const steps = shape.stepsPerDay ?? DAY;
  const normal = seededNormal(seed);
  return Float64Array.from({ length: days * steps }, (_, i) => {
    const day = (2 * Math.PI * i) / steps;
    const level = 1 + daily * Math.sin(day) + weekly * Math.sin(day / 7) + growth * (i / (days * steps));
    return Math.max(0, mean * (level + noise * normal()));
  });
}

/** A series whose values nobody may change. */
export const guarded = (
  values: Float64Array,
  stepMs = STEP_MS,
): { readonly series: Series; readonly untouched: () => boolean } => {
  const kept = values.slice();
  return {
    series: { ...seriesOf(values), stepMs },
    untouched: () => values.every((value, i) => Object.is(value, kept[i])),
  };
};

/** A record of hours, or of other steps, from the epoch on. */
export const gapped = (values: Float64Array, stepMs = HOUR_MS): GappedSeries => ({
  startMs: instant(0),
  stepMs,
  values,
  mayHaveBlanks: true,
});

/** A day's wave whose level wanders, hour by hour unless a day has other steps. */
export function wandering(steps: number, seed = 5, day = 24): Float64Array {
  const random = randomSource(seed);
  let level = 0;
  return Float64Array.from({ length: steps }, (_, t) => {
    level = 0.95 * level + 8 * (random() - 0.5);
    return 100 + 20 * Math.sin((2 * Math.PI * t) / day) + level;
  });
}
