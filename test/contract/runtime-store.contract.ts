import { describe, expect, it } from '@jest/globals';
import { newRuntimeState, type RuntimeState } from '../../loop/runtime-state.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

const leaseOf = (holder: string, asOfMs: number, wallMs = asOfMs) => ({
  holder,
  asOfMs: instant(asOfMs),
  wallMs: instant(wallMs),
  untilMs: instant(wallMs + 45_000),
});

const state: RuntimeState = {
  ...newRuntimeState(),
  lastAsOfMs: T0,
  base: units(2),
  lastFloor: units(6),
  armed: { name: 'prescale-home', startMs: T0 + 30 * MINUTE, minSize: units(2), base: units(2) },
  recentWants: [{ asOfMs: T0, target: units(6) }],
  unconfirmed: { asOfMs: T0, floor: units(6), desired: undefined },
};

/** One state for each group, behind a lease. */
export function runtimeStoreContract(open: OpenAccount): void {
  describe('runtime store', () => {
    const setUp = () => {
      const account = open();
      return { runtime: account.ports.runtime, group: groupNamed(account.freshName()) };
    };

    it('gives a group that was never seen a new state', async () => {
      const { runtime, group } = setUp();
      expect(await runtime.peek(group)).toBeUndefined();
      expect(await runtime.begin(group, leaseOf('a', T0))).toMatchObject({
        ok: true,
        value: { state: newRuntimeState(), settled: false },
      });
    });

    it('gives back what was committed, field by field', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.commit(group, 'a', state);
      expect(await runtime.peek(group)).toEqual(state);
      expect(await runtime.begin(group, leaseOf('b', T0 + MINUTE))).toMatchObject({
        ok: true,
        value: { state, settled: true },
      });
    });

    it('says that a tick has begun since the state was kept, until one commits what it came to', async () => {
      const { runtime, group } = setUp();
      const settledAt = async (holder: string, asOfMs: number) => {
        const begun = await runtime.begin(group, leaseOf(holder, asOfMs));
        return begun.ok && begun.value.settled;
      };
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.commit(group, 'a', state);
      // The second dies; the third, and its redelivery, have to look for what it did.
      expect(await settledAt('b', T0 + 5 * MINUTE)).toBe(true);
      expect(await settledAt('c', T0 + 10 * MINUTE)).toBe(false);
      expect(await settledAt('c', T0 + 10 * MINUTE)).toBe(false);
      await runtime.commit(group, 'c', { ...state, lastAsOfMs: T0 + 10 * MINUTE });
      expect(await settledAt('d', T0 + 15 * MINUTE)).toBe(true);
    });

    it('says so also where a tick gave its lease back without a word', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.commit(group, 'a', state);
      await runtime.begin(group, leaseOf('leaving', T0 + MINUTE));
      await runtime.commit(group, 'leaving', state);
      expect(await runtime.begin(group, leaseOf('b', T0 + 5 * MINUTE))).toMatchObject({ value: { settled: false } });
    });

    it('refuses another holder while the lease lives', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      const refusal = { kind: 'leased', holder: 'a', untilMs: T0 + 45_000 };
      expect(await runtime.begin(group, leaseOf('b', T0 + 44_999))).toEqual({ ok: false, refusal });
    });

    it('lets the same holder come back, as a redelivered message does', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      expect(await runtime.begin(group, leaseOf('a', T0, T0 + 1000))).toMatchObject({ ok: true });
    });

    it('gives an expired lease to another holder, and the first can commit no more', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      expect(await runtime.begin(group, leaseOf('b', T0, T0 + 45_000))).toMatchObject({ ok: true });
      await expect(runtime.commit(group, 'a', state)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      await runtime.commit(group, 'b', state);
    });

    it('gives the lease back at the commit', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.commit(group, 'a', state);
      expect(await runtime.begin(group, leaseOf('b', T0))).toMatchObject({ ok: true });
      await expect(runtime.commit(group, 'a', state)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    });

    it('refuses an older tick once a newer one has begun, whoever holds the lease', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0 + MINUTE));
      const refusal = { kind: 'superseded', lastAsOfMs: T0 + MINUTE };
      expect(await runtime.begin(group, leaseOf('b', T0))).toEqual({ ok: false, refusal });
      await runtime.commit(group, 'a', state);
      expect(await runtime.begin(group, leaseOf('a', T0))).toEqual({ ok: false, refusal });
    });

    it('gives the lease to one of many who ask at once', async () => {
      const { runtime, group } = setUp();
      const holders = Array.from({ length: 20 }, (_, i) => `h${i}`);
      const begun = await Promise.all(holders.map((holder) => runtime.begin(group, leaseOf(holder, T0))));
      expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
    });

    it('commits nothing for a group that was forgotten', async () => {
      const { runtime, group } = setUp();
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.forget(group);
      await expect(runtime.commit(group, 'a', state)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await runtime.peek(group)).toBeUndefined();
    });

    it('knows every group that has begun, until it is forgotten', async () => {
      const { runtime, group } = setUp();
      const other = groupNamed(`${group.name}-other`);
      const known = async () => {
        const arns = new Map<string, unknown>();
        for await (const id of runtime.known()) arns.set(id.arn, id);
        return arns;
      };
      await runtime.begin(group, leaseOf('a', T0));
      await runtime.begin(other, leaseOf('a', T0));
      await runtime.forget(other);
      const found = await known();
      expect([found.get(group.arn), found.has(other.arn)]).toEqual([group, false]);
    });
  });
}
