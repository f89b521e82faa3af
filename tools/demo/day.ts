import path from 'node:path';
import { readTrace } from '../../cli/trace.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { type EpochMs, type GappedSeries, instant } from '../../models/kernel/series.ts';

/**
 * The day that the demo replays: two weeks of a real web site's requests, summed to five minutes, moved in time so that
 * thirteen days end "now" and the fourteenth is still to come. It cannot end now: emulated CloudWatch forgets by
 * the wall clock what is older than two weeks, and the first of the thirteen days would go while the last is played.
 */
export interface DemoDay {
  /** Fourteen days of requests per five minutes; its time axis is moved, its values are as recorded. */
  readonly series: GappedSeries;
  /** Index of the first step of the day that is replayed. */
  readonly from: number;
  /** The day on which that step was recorded, as its own place counts days. */
  readonly recorded: string;
}

const STEP_MS = 300_000;
const DAY_STEPS = 288;
const SEED_DAYS = 13;

/** The last complete days of the trace before the log's outage of 28 July 1995; Kennedy Space Center is at −04:00. */
const WINDOW_END_MS = Date.UTC(1995, 6, 28, 4);

export function demoDay(nowMs: number): DemoDay {
  const file = path.resolve(import.meta.dirname, '../../data/web/web_nasa_http_1995-07_1min.csv.gz');
  const { series: minutes } = readTrace(file);
  const startMs = WINDOW_END_MS - (SEED_DAYS + 1) * DAY_STEPS * STEP_MS;
  const values = fiveMinuteSums(minutes, instant(startMs), (SEED_DAYS + 1) * DAY_STEPS);
  const from = SEED_DAYS * DAY_STEPS;
  const nowStep = Math.ceil(nowMs / STEP_MS) * STEP_MS;
  const recordedMs = startMs + from * STEP_MS - 4 * 3_600_000;
  return {
    series: { startMs: instant(nowStep - from * STEP_MS), stepMs: STEP_MS, values, mayHaveBlanks: true },
    from,
    recorded: new Date(recordedMs).toISOString().slice(0, 10),
  };
}

function fiveMinuteSums(minutes: GappedSeries, startMs: EpochMs, steps: number): Float64Array {
  const perStep = STEP_MS / minutes.stepMs;
  const first = (startMs - minutes.startMs) / minutes.stepMs;
  if (!Number.isInteger(first) || first < 0 || !Number.isInteger(perStep)) {
    throw new InvariantError(`the demo's window does not fall on the trace's grid (first row ${first})`);
  }
  return Float64Array.from({ length: steps }, (_, step) => {
    let sum = 0;
    for (let k = 0; k < perStep; k++) sum += minutes.values[first + step * perStep + k]!;
    return sum;
  });
}
