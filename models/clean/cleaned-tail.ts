import { accept, type Result, refuse } from '../kernel/result.ts';
import { type GappedSeries, instant } from '../kernel/series.ts';
import { cleanLoad } from './clean-load.ts';
import type { CleanLoad } from './load.ts';

/** Gaps up to this long are filled, as in the controller; longer ones end the history that is learned from. */
const MOST_FILLED_SECONDS = 1800;

/** A record, and how many of its newest steps are wanted. */
export interface RecordTail {
  readonly series: GappedSeries;
  readonly historySteps: number;
}

/** The end of a record on the controller's grid, cleaned as the controller cleans; refuses in words. O(steps). */
export function cleanedTail({ series, historySteps }: RecordTail): Result<CleanLoad, string> {
  const { values, stepMs } = series;
  // The controller's grid counts from the epoch; a trace may start anywhere, and less than a step does not matter here.
  const startMs = Math.floor(series.startMs / stepMs) * stepMs;
  const from = Math.max(0, values.length - historySteps);
  const tail = values.subarray(from);
  const seen = Array.from(tail.keys()).filter((i) => !Number.isNaN(tail[i]));
  const samples = {
    timestampsMs: Float64Array.from(seen, (i) => startMs + (from + i) * stepMs),
    values: Float64Array.from(seen, (i) => tail[i] ?? Number.NaN),
  };
  const cleaned = cleanLoad(samples, {
    stepMs,
    asOfMs: instant(startMs + values.length * stepMs),
    fromMs: instant(startMs + from * stepMs),
    publicationDelayMs: 0,
    missing: 'unknown',
    maxFillSteps: Math.max(1, Math.floor((MOST_FILLED_SECONDS * 1000) / stepMs)),
  });
  return cleaned.ok ? accept(cleaned.value) : refuse(cleaned.refusal.reason);
}
