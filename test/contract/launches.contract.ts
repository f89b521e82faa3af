import { describe, expect, it } from '@jest/globals';
import { instant } from '../../models/kernel/series.ts';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

/** How launches went. */
export function launchesContract(open: OpenAccount): void {
  describe('launches', () => {
    it('that ended within an empty span are none', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 6, desired: 2 });
      const toMs = instant(account.nowMs());
      expect(await account.ports.launches.recent(group, { fromMs: toMs, toMs })).toEqual({
        boots: [],
        shortage: undefined,
      });
    });

    it('begin before they end, and end within the span', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 6, desired: 3 });
      const span = { fromMs: instant(account.nowMs() - 3_600_000), toMs: instant(account.nowMs()) };
      for (const { startMs, endMs } of (await account.ports.launches.recent(group, span)).boots) {
        expect(startMs).toBeLessThanOrEqual(endMs);
        expect(endMs > span.fromMs && endMs <= span.toMs).toBe(true);
      }
    });

    it('of a group that does not exist are none', async () => {
      const account = open();
      const span = { fromMs: instant(account.nowMs() - 3_600_000), toMs: instant(account.nowMs()) };
      const { boots } = await account.ports.launches.recent(groupNamed('prescale-no-such-group'), span);
      expect(boots).toEqual([]);
    });
  });
}
