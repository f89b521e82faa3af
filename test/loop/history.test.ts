import { describe, expect, it } from '@jest/globals';
import { changed, deltaQuery, noSamples, overlay, worthKeeping } from '../../loop/history.ts';
import { recalled, remembered } from '../../loop/unstored.ts';
import type { Samples } from '../../models/clean/load.ts';
import { instant } from '../../models/kernel/series.ts';
import { policy } from './fixtures.ts';

const MINUTE_MS = 60_000;

const samples = (...pairs: readonly (readonly [number, number])[]): Samples => ({
  timestampsMs: Float64Array.from(pairs, ([minute]) => minute * MINUTE_MS),
  values: Float64Array.from(pairs, ([, value]) => value),
});

const minutes = ({ timestampsMs, values }: Samples) => [...timestampsMs].map((ms, i) => [ms / MINUTE_MS, values[i]]);

describe('the delta read', () => {
  const query = (stored: Samples) =>
    deltaQuery('q', policy(), { stored, fromMs: instant(0), toMs: instant(180 * MINUTE_MS) });

  it('asks for everything when nothing is kept', () => {
    expect(query(noSamples)).toMatchObject({ fromMs: 0, toMs: 180 * MINUTE_MS });
  });

  it('asks for everything when what is kept begins too late', () => {
    expect(query(samples([60, 1], [170, 1])).fromMs).toBe(0);
  });

  it('rereads the last quarter of an hour of what is kept, because it may still be corrected', () => {
    expect(query(samples([0, 1], [150, 1])).fromMs).toBe(135 * MINUTE_MS);
  });

  it('never asks for what lies before the window', () => {
    expect(query(samples([0, 1], [10, 1])).fromMs).toBe(0);
  });
});

describe('laying newer samples over stored ones', () => {
  it('lets the newer win and keeps both ascending', () => {
    expect(minutes(overlay(samples([0, 1], [5, 2], [15, 4]), samples([5, 9], [10, 3], [20, 5])))).toEqual([
      [0, 1],
      [5, 9],
      [10, 3],
      [15, 4],
      [20, 5],
    ]);
  });

  it('finds what is new or was corrected', () => {
    expect(minutes(changed(samples([0, 1], [5, 2]), samples([0, 1], [5, 9], [10, 3])))).toEqual([
      [5, 9],
      [10, 3],
    ]);
  });
});

describe('writing back', () => {
  it.each([
    { case: 'nothing is new', stored: samples([0, 1]), fresh: noSamples, kept: false },
    { case: 'nothing was kept', stored: noSamples, fresh: samples([0, 1]), kept: true },
    { case: 'a few minutes are new', stored: samples([0, 1]), fresh: samples([5, 1], [25, 1]), kept: false },
    { case: 'half an hour is new', stored: samples([0, 1]), fresh: samples([5, 1], [30, 1]), kept: true },
    { case: 'a kept sample was corrected', stored: samples([0, 1], [5, 1]), fresh: samples([5, 2]), kept: false },
    { case: 'each sample is an hour', stored: samples([0, 1]), fresh: samples([60, 1]), kept: true },
  ])('when $case: $kept', ({ stored, fresh, kept }) => {
    expect(worthKeeping(stored, fresh)).toBe(kept);
  });

  it('loses no sample and no correction that comes while the next read still asks for it', () => {
    const truth = new Map<number, number>();
    let stored = samples([0, 0]);
    truth.set(0, 0);
    let writes = 0;
    for (let minute = 5; minute <= 600; minute += 5) {
      truth.set(minute, minute);
      if (minute >= 10) truth.set(minute - 10, minute); // corrected ten minutes late
      const toMs = instant((minute + 5) * MINUTE_MS);
      const { fromMs } = deltaQuery('q', policy(), { stored, fromMs: instant(0), toMs });
      const read = samples(...[...truth].filter(([at]) => at * MINUTE_MS >= fromMs).sort(([a], [b]) => a - b));
      const fresh = changed(stored, read);
      if (worthKeeping(stored, fresh)) {
        stored = overlay(stored, fresh);
        writes++;
      }
      expect(minutes(overlay(stored, read))).toEqual([...truth].sort(([a], [b]) => a - b));
    }
    expect(writes).toBe(20);
  });
});

describe('what was read and not stored yet', () => {
  const metric = { namespace: 'Test', name: 'Requests', dimensions: {}, statistic: 'Sum', periodSeconds: 300 } as const;
  const kept = [remembered(metric, samples([25, 1], [30, 2]))];

  it('is recalled for the metric that it was read of', () => {
    expect(minutes(recalled(kept, metric, samples([20, 9])))).toEqual([
      [25, 1],
      [30, 2],
    ]);
    expect(recalled(kept, { ...metric, periodSeconds: 60 }, noSamples)).toEqual(noSamples);
  });

  it('counts for less than what another group has stored since', () => {
    expect(minutes(recalled(kept, metric, samples([25, 941])))).toEqual([[30, 2]]);
    expect(recalled(kept, metric, samples([35, 5]))).toEqual(noSamples);
  });
});
