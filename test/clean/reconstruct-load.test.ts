import { describe, expect, it } from '@jest/globals';
import { cleanLoad } from '../../models/clean/clean-load.ts';
import { QUALITY, type Samples } from '../../models/clean/load.ts';
import { reconstructLoad } from '../../models/clean/reconstruct-load.ts';
import { instant } from '../../models/kernel/series.ts';

const samples = (...pairs: readonly (readonly [ms: number, value: number])[]): Samples => ({
  timestampsMs: Float64Array.from(pairs, ([ms]) => ms),
  values: Float64Array.from(pairs, ([, value]) => value),
});

describe('load rebuilt from utilisation', () => {
  it('is the share of the capacity that was busy, so that adding capacity does not change it', () => {
    const few = reconstructLoad(samples([0, 80]), samples([0, 4]));
    const many = reconstructLoad(samples([0, 40]), samples([0, 8]));
    expect([...few.samples.values]).toEqual([3.2]);
    expect(many.samples).toEqual(few.samples);
  });

  it('joins on equal stamps and drops what has no capacity beside it', () => {
    const rebuilt = reconstructLoad(samples([0, 50], [60, 50], [120, 50]), samples([120, 2], [0, 6]));
    expect([...rebuilt.samples.timestampsMs]).toEqual([0, 120]);
    expect([...rebuilt.samples.values]).toEqual([3, 1]);
    expect(rebuilt.unmatched).toBe(1);
  });

  it('is a lower bound from 90 % on, and stays one on the grid', () => {
    const rebuilt = reconstructLoad(samples([0, 89.9], [60, 90], [120, 100]), samples([0, 10], [60, 10], [120, 10]));
    expect([...rebuilt.censored]).toEqual([0, 1, 1]);
    const load = cleanLoad(rebuilt.samples, {
      stepMs: 60,
      asOfMs: instant(180),
      fromMs: instant(0),
      publicationDelayMs: 0,
      missing: 'unknown',
      maxFillSteps: 1,
      censored: rebuilt.censored,
    });
    expect(load.ok && [...load.value.quality]).toEqual([QUALITY.observed, QUALITY.censored, QUALITY.censored]);
    expect(load.ok && load.value.counts).toMatchObject({ observed: 1, censored: 2 });
  });
});
