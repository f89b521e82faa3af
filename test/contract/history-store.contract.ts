import { describe, expect, it } from '@jest/globals';
import { instant } from '../../models/kernel/series.ts';
import type { OpenAccount } from './account.ts';
import { historyKey, pairsOf, samplesOf } from './samples.ts';

const MIDNIGHT = Date.UTC(2026, 0, 15);
const STEP = 300_000;
const DAY = 86_400_000;

/** Load by workload, metric and period. */
export function historyStoreContract(open: OpenAccount): void {
  describe('history store', () => {
    const setUp = () => {
      const account = open();
      const { history } = account.ports;
      const key = historyKey(account.freshName());
      const read = async (fromMs: number, toMs: number) =>
        pairsOf(await history.read(key, { fromMs: instant(fromMs), toMs: instant(toMs) }));
      return { history, key, read };
    };

    it('has nothing of a workload that it never saw', async () => {
      const { read } = setUp();
      expect(await read(MIDNIGHT, MIDNIGHT + DAY)).toEqual([]);
    });

    it('gives samples back ascending and to the last bit, however they came in', async () => {
      const { history, key, read } = setUp();
      await history.merge(
        key,
        samplesOf([
          [MIDNIGHT + 2 * STEP, 0.1 + 0.2],
          [MIDNIGHT, 1 / 3],
        ]),
      );
      await history.merge(key, samplesOf([[MIDNIGHT + STEP, 5e-324]]));
      expect(await read(MIDNIGHT, MIDNIGHT + DAY)).toEqual([
        [MIDNIGHT, 1 / 3],
        [MIDNIGHT + STEP, 5e-324],
        [MIDNIGHT + 2 * STEP, 0.1 + 0.2],
      ]);
    });

    it('replaces a sample whose stamp it has and leaves its neighbours', async () => {
      const { history, key, read } = setUp();
      await history.merge(
        key,
        samplesOf([
          [MIDNIGHT, 1],
          [MIDNIGHT + STEP, 2],
        ]),
      );
      await history.merge(
        key,
        samplesOf([
          [MIDNIGHT + STEP, 3],
          [MIDNIGHT + STEP, 4],
        ]),
      );
      expect(await read(MIDNIGHT, MIDNIGHT + DAY)).toEqual([
        [MIDNIGHT, 1],
        [MIDNIGHT + STEP, 4],
      ]);
    });

    it('reads across midnight, with the start and without the end of the range', async () => {
      const { history, key, read } = setUp();
      const stamps = Array.from({ length: 6 }, (_, k) => MIDNIGHT + (k - 3) * STEP);
      await history.merge(key, samplesOf(stamps.map((stamp, k) => [stamp, k])));
      const found = await read(MIDNIGHT - 2 * STEP, MIDNIGHT + STEP);
      expect(found.map(([, value]) => value)).toEqual([1, 2, 3]);
      expect(await read(MIDNIGHT, MIDNIGHT)).toEqual([]);
    });

    it('keeps what it gave unchanged when more is merged', async () => {
      const { history, key } = setUp();
      await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
      const before = await history.read(key, { fromMs: instant(MIDNIGHT), toMs: instant(MIDNIGHT + DAY) });
      await history.merge(key, samplesOf([[MIDNIGHT, 2]]));
      expect(pairsOf(before)).toEqual([[MIDNIGHT, 1]]);
    });

    it.each([
      { case: 'another statistic', changes: { statistic: 'Average' as const } },
      { case: 'another period', changes: { periodSeconds: 60 } },
      { case: 'another dimension', changes: { dimensions: { Site: 'two', Tier: 'web' } } },
    ])('keeps $case apart', async ({ changes }) => {
      const { history, key } = setUp();
      await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
      const other = historyKey(key.workload, changes);
      expect(pairsOf(await history.read(other, { fromMs: instant(MIDNIGHT), toMs: instant(MIDNIGHT + DAY) }))).toEqual(
        [],
      );
    });

    it('takes dimensions in any order for the same metric', async () => {
      const { history, key } = setUp();
      await history.merge(key, samplesOf([[MIDNIGHT, 1]]));
      const turned = historyKey(key.workload, { dimensions: { Tier: 'web', Site: 'one' } });
      const found = await history.read(turned, { fromMs: instant(MIDNIGHT), toMs: instant(MIDNIGHT + DAY) });
      expect(pairsOf(found)).toEqual([[MIDNIGHT, 1]]);
    });

    it('loses no sample when several merge into the same day at once', async () => {
      const { history, key, read } = setUp();
      const merges = Array.from({ length: 4 }, (_, k) => history.merge(key, samplesOf([[MIDNIGHT + k * STEP, k]])));
      await Promise.all(merges);
      expect((await read(MIDNIGHT, MIDNIGHT + DAY)).map(([, value]) => value)).toEqual([0, 1, 2, 3]);
    });
  });
}
