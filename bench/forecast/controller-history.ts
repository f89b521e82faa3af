import { readTrace } from '../../cli/trace.ts';
import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { type GappedSeries, type Series, slice } from '../../models/kernel/series.ts';
import { trainingHistory } from '../../models/learn/training-history.ts';
import type { SeriesFile } from '../scaling/series.ts';

const DAY_MS = 86_400_000;

/** The second column of a file, as `accuracy --series` reads it, or in words why it is no load. */
export function readLoad(file: string, minDays = 2): Result<GappedSeries, string> {
  try {
    return accept(readTrace(file, { minDays, offGrid: 'nearest' }).series);
  } catch (error) {
    if (error instanceof BadInputError) return refuse(error.message);
    throw error;
  }
}

/** The steps of a record before the step `to`. Shares memory. */
export const before = (record: GappedSeries, to: number): GappedSeries => ({
  ...record,
  values: record.values.subarray(0, to),
});

/** The end of a series' first half, as the controller would learn from it. Refuses in words. */
export function firstHalf({ file }: SeriesFile, mostDays: number): Result<Series, string> {
  const record = readLoad(file);
  if (!record.ok) return record;
  return controllerHistory(before(record.value, Math.floor(record.value.values.length / 2)), mostDays);
}

/**
 * The newest days of a record, cleaned and repaired as the controller would before a fit: from the last gap too long to fill
 * up to the last step that is known. Refuses in words.
 */
export function controllerHistory(recorded: GappedSeries, mostDays: number): Result<Series, string> {
  const cleaned = cleanedTail({ series: recorded, historySteps: recorded.values.length });
  if (!cleaned.ok) return cleaned;
  const window = fitWindow(cleaned.value);
  if (!window.ok) return refuse(window.refusal.reason);
  const most = (mostDays * DAY_MS) / recorded.stepMs;
  const recent = slice(window.value, Math.max(0, window.value.values.length - most));
  return accept(trainingHistory(recent).series);
}
