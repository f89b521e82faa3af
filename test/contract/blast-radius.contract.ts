import { describe, expect, it } from '@jest/globals';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

const MINUTE = 60_000;
let minutes = 0;

/** Counters are shared by the whole account, so that every test takes a minute of its own. */
const freshMinute = (): EpochMs => instant(Date.UTC(2026, 0, 15) + minutes++ * MINUTE);

/** Budgets that all groups share. */
export function blastRadiusContract(open: OpenAccount): void {
  describe('blast radius', () => {
    it('grants until the cap of the minute is reached, the last one in part', async () => {
      const { blastRadius } = open().ports;
      const minute = freshMinute();
      const granted: number[] = [];
      for (const wanted of [4, 5, 3, 1]) granted.push(await blastRadius.takeUnits(minute, wanted, 10));
      expect(granted).toEqual([4, 5, 1, 0]);
      expect(await blastRadius.takeUnits(freshMinute(), 3, 10)).toBe(3);
    });

    it('grants nothing to who wants nothing, and nothing under a cap of zero', async () => {
      const { blastRadius } = open().ports;
      const minute = freshMinute();
      expect([await blastRadius.takeUnits(minute, 0, 10), await blastRadius.takeUnits(minute, 3, 0)]).toEqual([0, 0]);
    });

    it('grants exactly the cap when fifty ask at once', async () => {
      const { blastRadius } = open().ports;
      const minute = freshMinute();
      const asked = Array.from({ length: 50 }, () => blastRadius.takeUnits(minute, 3, 100));
      const granted = await Promise.all(asked);
      expect(granted.reduce((sum, units) => sum + units, 0)).toBe(100);
      expect(Math.min(...granted)).toBeGreaterThanOrEqual(0);
    });

    it('counts a large change once for each group and refuses beyond the limit', async () => {
      const { blastRadius } = open().ports;
      const tick = freshMinute();
      const [a, b, c] = ['a', 'b', 'c'].map(groupNamed);
      const taken: boolean[] = [];
      for (const group of [a, a, b, c, b]) taken.push(await blastRadius.takeLargeChange(tick, group!, 2));
      expect(taken).toEqual([true, true, true, false, true]);
      expect(await blastRadius.takeLargeChange(freshMinute(), c!, 2)).toBe(true);
    });

    it('allows no large change under a limit of zero', async () => {
      expect(await open().ports.blastRadius.takeLargeChange(freshMinute(), groupNamed('a'), 0)).toBe(false);
    });

    it('lets exactly the limit pass when fifty groups ask at once', async () => {
      const { blastRadius } = open().ports;
      const tick = freshMinute();
      const groups = Array.from({ length: 50 }, (_, i) => groupNamed(`g${i}`));
      const taken = await Promise.all(groups.map((group) => blastRadius.takeLargeChange(tick, group, 10)));
      expect(taken.filter(Boolean)).toHaveLength(10);
    });
  });
}
