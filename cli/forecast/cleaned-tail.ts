import { cleanLoad } from '../../models/clean/clean-load.ts';
import type { CleanLoad } from '../../models/clean/load.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';

/** Gaps up to this long are filled, as in the controller; longer ones end the history that is learned from. */
const MOST_FILLED_SECONDS = 1800;

/** The newest `historySteps` of a trace, cleaned as the controller cleans; refuses in words. O(steps). */
export function cleanedTail(task: {
  readonly series: GappedSeries;
  readonly historySteps: number;
}): Result<CleanLoad, string> {
  const { values, stepMs } = task.series;
  // The controller's grid counts from the epoch; a trace may start anywhere, and less than a step does not matter here.
  const startMs = Math.floor(task.series.startMs / stepMs) * stepMs;
  const from = Math.max(0, values.length - task.historySteps);
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
