import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liveThrough, released } from './live-through.ts';
import { type Day, randomDay } from './random-day.ts';

const SEED = 20_260_105;

describe('a day on which anything may happen', () => {
  it('breaks no promise, whatever fails, whoever edits and however messages arrive; a release leaves nothing of ours', async () => {
    await fc.assert(
      fc.asyncProperty(randomDay, async (day: Day) => {
        const { group, broken } = await liveThrough(day);
        expect(broken).toEqual([]);
        expect(await released(group, day.mode)).toEqual([]);
        expect(group.watch.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
