import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { predictPeak } from '../../models/forecast/peak.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { type GappedSeries, instant, type Series } from '../../models/kernel/series.ts';
import { fitWorkload, type WorkloadModel } from '../../models/learn/fit-workload.ts';
import type { SeriesFile } from '../scaling/series.ts';
import { readLoad } from './controller-history.ts';
import { type HeldByLevel, thirdsOf } from './lead-measures.ts';

/** Steps of the load, and of the window whose peak is forecast: a boot of a quarter of an hour. */
const STEP_MS = 300_000;
export const WINDOW_STEPS = 3;

/** The controller fits to the last fortnight, once a day. */
const DAY = 288;
const HISTORY_STEPS = 14 * DAY;

/** The quantile that a shortage twenty times as dear as capacity asks for. */
const LEVEL = 20 / 21;

/** Peaks of the second half below each upper quantile that the deployed artefact gives, step by step. */
export interface MeasuredHotPath {
  readonly held: HeldByLevel;
  /** For each step the third of the expected peaks, the lowest first, that it belongs to. */
  readonly third: Int8Array;
}

/**
 * The peak over the next quarter of an hour at each step of a record's second half, by the artefact that `learn` leaves and
 * the arithmetic of the hot path, fitted daily. Undefined for records with steps other than five minutes or of less than
 * eight days. Cost: a fit a day.
 */
export function measureHotPath({ file }: SeriesFile, firstHalf: boolean): MeasuredHotPath | undefined {
  const record = fiveMinutes(file);
  if (record === undefined) return undefined;
  const values = firstHalf ? record.values.slice(0, Math.floor(record.values.length / 2)) : record.values;
  if (values.length < 8 * DAY) return undefined;
  const models = forecasters(forecasterFiles());
  const known = carried(values);
  const from = Math.floor(values.length / 2);
  const peaks = peaksOf(values);
  const held = LEVELS.map(() => new Float64Array(values.length - from).fill(Number.NaN));
  const expected = new Float64Array(values.length - from).fill(Number.NaN);
  let standing: WorkloadModel | undefined;
  for (let day = from; day < values.length; day += DAY) {
    const history = part(known, Math.max(0, day - HISTORY_STEPS), day);
    const options = { windowSteps: WINDOW_STEPS, level: LEVEL, pathSteps: DAY + WINDOW_STEPS };
    const fitted = fitWorkload(history, options, { forecasters: models, standing });
    standing = fitted.ok ? fitted.value : standing;
    if (standing === undefined) continue;
    for (let t = day; t < Math.min(values.length - WINDOW_STEPS, day + DAY); t++) {
      const recent = { ...part(values, day - 1, t), mayHaveBlanks: true } as const;
      const peak = predictPeak(standing, recent, WINDOW_STEPS);
      if (!peak.ok || Number.isNaN(peaks[t]!)) continue;
      expected[t - from] = peak.value.expectedPeak;
      LEVELS.forEach((level, k) => {
        held[k]![t - from] = Number(peaks[t]! <= peak.value.quantile(level));
      });
    }
  }
  return { held, third: thirdsOf(expected) };
}

function fiveMinutes(file: string): GappedSeries | undefined {
  const read = readLoad(file, 0);
  return read.ok && read.value.stepMs === STEP_MS ? read.value : undefined;
}

const part = (values: Float64Array, from: number, to: number): Series => ({
  startMs: instant(from * STEP_MS),
  stepMs: STEP_MS,
  values: values.subarray(from, to),
});

/** Blanks carry the last known load forward. */
function carried(values: Float64Array): Float64Array {
  let last = 0;
  return values.map((load) => {
    if (!Number.isNaN(load)) last = load;
    return last;
  });
}

/** The greatest load of the window that begins at each step; NaN where not all of it was observed. */
const peaksOf = (values: Float64Array): Float64Array =>
  values.map((_, t) =>
    t + WINDOW_STEPS > values.length ? Number.NaN : Math.max(...values.subarray(t, t + WINDOW_STEPS)),
  );
