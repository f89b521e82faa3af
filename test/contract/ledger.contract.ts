import { describe, expect, it } from '@jest/globals';
import { noAction, type OutcomeEntry } from '../../loop/ledger.ts';
import type { GroupId } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import type { OpenAccount } from './account.ts';
import { decisionOf, groupNamed } from './samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const STEP = 300_000;

const outcomeOf = (group: GroupId, asOfMs: number, status: OutcomeEntry['status']): OutcomeEntry => ({
  group,
  asOfMs,
  status,
  reasons: ['MinSize set to 4'],
});

const confirmOf = (group: GroupId, asOfMs: number, floor: number) => ({
  group,
  asOfMs,
  seenAtMs: asOfMs + STEP,
  floorSeen: units(floor),
  desiredSeen: units(floor),
  asIntended: true,
});

/** One decision for each tick of a group, written once and never changed. */
export function ledgerContract(open: OpenAccount): void {
  describe('ledger', () => {
    const setUp = () => {
      const account = open();
      return { ledger: account.ports.ledger, group: groupNamed(account.freshName()) };
    };

    it('keeps an intent as it was given and says that it wrote it', async () => {
      const { ledger, group } = setUp();
      const entry = decisionOf(group, T0, 4);
      const standing = { decision: entry, outcome: undefined, confirm: undefined };
      expect(await ledger.intend(entry)).toEqual({ ...standing, written: true });
      expect(await ledger.at(group, instant(T0))).toEqual(standing);
    });

    it('writes an outcome that is known with the intent, and lets neither be changed', async () => {
      const { ledger, group } = setUp();
      const entry = decisionOf(group, T0, 4);
      const outcome = outcomeOf(group, T0, 'held');
      const record = { decision: entry, outcome, confirm: undefined };
      expect(await ledger.intend(entry, { outcome })).toEqual({ ...record, written: true });
      await ledger.conclude(outcomeOf(group, T0, 'acted'));
      expect(await ledger.at(group, instant(T0))).toEqual(record);
      expect(await ledger.range(group, { fromMs: instant(T0), toMs: instant(T0 + 1) })).toEqual([record]);
      const again = await ledger.intend(decisionOf(group, T0, 9), { outcome: outcomeOf(group, T0, 'recorded') });
      expect(again).toEqual({ ...record, written: false });
    });

    it('writes no outcome beside an intent that stood before', async () => {
      const { ledger, group } = setUp();
      const entry = decisionOf(group, T0, 4);
      await ledger.intend(entry);
      await ledger.intend(decisionOf(group, T0, 9), { outcome: outcomeOf(group, T0, 'held') });
      expect(await ledger.at(group, instant(T0))).toEqual({ decision: entry, outcome: undefined, confirm: undefined });
    });

    it('lets the first intent of a tick stand and answers a second one with it and with what came of it', async () => {
      const { ledger, group } = setUp();
      const first = decisionOf(group, T0, 4);
      await ledger.intend(first);
      await ledger.conclude(outcomeOf(group, T0, 'acted'));
      const again = await ledger.intend(decisionOf(group, T0, 9));
      const outcome = outcomeOf(group, T0, 'acted');
      expect(again).toEqual({ decision: first, outcome, confirm: undefined, written: false });
    });

    it('writes one of many intents of the same tick', async () => {
      const { ledger, group } = setUp();
      const all = Array.from({ length: 20 }, (_, i) => ledger.intend(decisionOf(group, T0, i)));
      const standings = await Promise.all(all);
      const written = standings.filter((standing) => standing.written);
      expect(written).toHaveLength(1);
      const targets = new Set(standings.map(({ decision }) => decision.decision?.target));
      expect([...targets]).toEqual([written[0]?.decision.decision?.target]);
    });

    it('changes neither an outcome nor a confirmation once it is written', async () => {
      const { ledger, group } = setUp();
      await ledger.intend(decisionOf(group, T0, 4));
      await ledger.conclude(outcomeOf(group, T0, 'acted'));
      await ledger.conclude(outcomeOf(group, T0, 'refused'));
      const confirm = confirmOf(group, T0, 4);
      await ledger.intend(decisionOf(group, T0 + STEP, 4), { confirm });
      // Neither the same tick once more nor a later one.
      await ledger.intend(decisionOf(group, T0 + STEP, 4), { confirm: confirmOf(group, T0, 7) });
      await ledger.intend(decisionOf(group, T0 + 2 * STEP, 4), { confirm: confirmOf(group, T0, 8) });
      const record = await ledger.at(group, instant(T0));
      expect([record?.outcome?.status, record?.confirm]).toEqual(['acted', confirm]);
      const [first] = await ledger.range(group, { fromMs: instant(T0), toMs: instant(T0 + 3 * STEP) });
      expect(first?.confirm).toEqual(confirm);
    });

    it('gives what a later tick has read back with the decision that it is about, wherever the range ends', async () => {
      const { ledger, group } = setUp();
      const at = (k: number) => T0 + k * STEP;
      const confirm = confirmOf(group, at(1), 4);
      await ledger.intend(decisionOf(group, at(0), 3));
      await ledger.intend(decisionOf(group, at(1), 4), { confirm: confirmOf(group, at(0), 3) });
      // A tick that could not look comes in between.
      await ledger.intend(decisionOf(group, at(2), 4), { outcome: outcomeOf(group, at(2), 'held') });
      await ledger.intend(decisionOf(group, at(3), 4), { confirm });
      const confirms = async (from: number, to: number) =>
        (await ledger.range(group, { fromMs: instant(at(from)), toMs: instant(at(to)) })).map(
          (record) => record.confirm,
        );
      expect(await confirms(0, 4)).toEqual([confirmOf(group, at(0), 3), confirm, undefined, undefined]);
      expect(await confirms(1, 2)).toEqual([confirm]);
      expect(await confirms(0, 1)).toEqual([confirmOf(group, at(0), 3)]);
      expect((await ledger.at(group, instant(at(1))))?.confirm).toEqual(confirm);
      expect((await ledger.at(group, instant(at(3))))?.confirm).toBeUndefined();
    });

    it('finds what was read back hours later, beyond ticks that only took a switch away or did nothing', async () => {
      const { ledger, group } = setUp();
      const idle = (asOfMs: number) => ({ ...decisionOf(group, asOfMs, 4), action: noAction });
      const later = T0 + 5 * 3_600_000;
      const confirm = { ...confirmOf(group, T0, 4), seenAtMs: later };
      await ledger.intend(decisionOf(group, T0, 4));
      await ledger.intend({ ...idle(T0 + STEP), action: { ...noAction, disarm: 'prescale-home' } });
      for (let k = 2; k < 12; k++) await ledger.intend(idle(T0 + k * STEP));
      await ledger.intend(idle(later), { confirm });
      const range = await ledger.range(group, { fromMs: instant(T0), toMs: instant(T0 + 2 * STEP) });
      expect(range.map((record) => record.confirm)).toEqual([confirm, undefined]);
    });

    it('has nothing at a tick that was never intended, not even when an outcome is there', async () => {
      const { ledger, group } = setUp();
      await ledger.conclude(outcomeOf(group, T0, 'acted'));
      expect(await ledger.at(group, instant(T0))).toBeUndefined();
      expect(await ledger.range(group, { fromMs: instant(T0), toMs: instant(T0 + 1) })).toEqual([]);
    });

    it('gives a range ascending, with its start and without its end, whatever the order of writing', async () => {
      const { ledger, group } = setUp();
      const ticks = [3, 0, 2, 1, 4].map((k) => T0 + k * STEP);
      for (const asOfMs of ticks) await ledger.intend(decisionOf(group, asOfMs, 4));
      await ledger.conclude(outcomeOf(group, T0 + 2 * STEP, 'held'));
      const range = await ledger.range(group, { fromMs: instant(T0 + STEP), toMs: instant(T0 + 4 * STEP) });
      expect(range.map(({ decision, outcome }) => [(decision.asOfMs - T0) / STEP, outcome?.status])).toEqual([
        [1, undefined],
        [2, 'held'],
        [3, undefined],
      ]);
    });

    it('gives nothing for an empty or reversed range', async () => {
      const { ledger, group } = setUp();
      await ledger.intend(decisionOf(group, T0, 4));
      expect(await ledger.range(group, { fromMs: instant(T0), toMs: instant(T0) })).toEqual([]);
      expect(await ledger.range(group, { fromMs: instant(T0 + 1), toMs: instant(T0) })).toEqual([]);
    });

    it('keeps the ledgers of two groups apart', async () => {
      const { ledger, group } = setUp();
      await ledger.intend(decisionOf(group, T0, 4));
      const other = groupNamed(`${group.name}-2`);
      expect(await ledger.at(other, instant(T0))).toBeUndefined();
    });
  });
}
