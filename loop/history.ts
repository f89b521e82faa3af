import type { Samples } from '../models/clean/load.ts';
import { type EpochMs, instant } from '../models/kernel/series.ts';
import { type Policy, stepMsOf } from './policy.ts';
import type { HistoryKey, LoadQuery } from './ports.ts';
import { KEEP_AFTER_MS, REREAD_MS } from './window.ts';

export const noSamples: Samples = { timestampsMs: new Float64Array(0), values: new Float64Array(0) };

export const historyKeyOf = (policy: Policy): HistoryKey => ({ workload: policy.workload, metric: policy.load.metric });

/**
 * What has to be asked so that stored and new samples together cover [fromMs, toMs): everything when the store does not
 * reach back far enough, else the last fifteen minutes of what is stored and what came since. Pure.
 */
export function deltaQuery(
  id: string,
  policy: Policy,
  want: { stored: Samples; fromMs: EpochMs; toMs: EpochMs },
): LoadQuery {
  const { metric } = policy.load;
  const { timestampsMs } = want.stored;
  const first = timestampsMs[0];
  const last = timestampsMs[timestampsMs.length - 1];
  // A metric that is younger than the window has no older samples to find; a day's chunk tells the two apart well enough.
  const reachesBack = first !== undefined && first <= want.fromMs + stepMsOf(policy);
  if (!reachesBack || last === undefined) return { id, metric, fromMs: want.fromMs, toMs: want.toMs };
  const reread = instant(Math.max(want.fromMs, last - REREAD_MS));
  return { id, metric, fromMs: reread, toMs: want.toMs };
}

/** Stored samples with the newer ones laid over them, ascending. Both ascending; the newer ones win. O(n). Pure. */
export function overlay(stored: Samples, newer: Samples): Samples {
  if (newer.timestampsMs.length === 0) return stored;
  if (stored.timestampsMs.length === 0) return newer;
  const room = stored.timestampsMs.length + newer.timestampsMs.length;
  const stamps = new Float64Array(room);
  const values = new Float64Array(room);
  let [i, j, n] = [0, 0, 0];
  while (i < stored.timestampsMs.length || j < newer.timestampsMs.length) {
    const a = stored.timestampsMs[i] ?? Number.POSITIVE_INFINITY;
    const b = newer.timestampsMs[j] ?? Number.POSITIVE_INFINITY;
    if (b <= a) {
      stamps[n] = b;
      values[n] = newer.values[j]!;
      j++;
      if (b === a) i++;
    } else {
      stamps[n] = a;
      values[n] = stored.values[i]!;
      i++;
    }
    n++;
  }
  return { timestampsMs: stamps.subarray(0, n), values: values.subarray(0, n) };
}

/** The samples that are not in the store yet or differ there: what is worth writing back. Both ascending. O(n). Pure. */
export function changed(stored: Samples, newer: Samples): Samples {
  const stamps: number[] = [];
  const values: number[] = [];
  let k = 0;
  for (let i = 0; i < newer.timestampsMs.length; i++) {
    const stamp = newer.timestampsMs[i]!;
    while (k < stored.timestampsMs.length && stored.timestampsMs[k]! < stamp) k++;
    if (stored.timestampsMs[k] === stamp && stored.values[k] === newer.values[i]) continue;
    stamps.push(stamp);
    values.push(newer.values[i]!);
  }
  return { timestampsMs: Float64Array.from(stamps), values: Float64Array.from(values) };
}

/**
 * True when what is new should be written back now. Most ticks need not: the next one rereads everything from a quarter of
 * an hour before the newest kept sample, corrections included, so that nothing is lost by waiting. Pure.
 */
export function worthKeeping(stored: Samples, fresh: Samples): boolean {
  const newest = fresh.timestampsMs.at(-1);
  if (newest === undefined) return false;
  return newest - (stored.timestampsMs.at(-1) ?? Number.NEGATIVE_INFINITY) >= KEEP_AFTER_MS;
}
