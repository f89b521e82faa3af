import { describe, expect, it } from '@jest/globals';
import type { Switch } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

const order = (verb: Switch['verb'], untilMs?: number): Switch => ({
  verb,
  untilMs: untilMs === undefined ? undefined : instant(untilMs),
  reason: `a person said ${verb}`,
});

const ACCOUNT = { kind: 'account' } as const;

/** Two verbs to stop, for the account and for each group. Every account of this suite has a board of its own. */
export function switchBoardContract(open: OpenAccount): void {
  describe('switch board', () => {
    const setUp = () => {
      const account = open();
      return { board: account.ports.switches, group: groupNamed(account.freshName()), nowMs: account.nowMs() };
    };

    it('says run where nobody said otherwise', async () => {
      const { board, group } = setUp();
      expect(await board.read(group)).toMatchObject({ verb: 'run', untilMs: undefined });
    });

    it('gives what was written, with its end and its reason', async () => {
      const { board, group, nowMs } = setUp();
      const freeze = order('freeze', nowMs + 3_600_000);
      await board.write({ kind: 'group', group }, freeze);
      expect(await board.read(group)).toEqual(freeze);
      expect(await board.read(groupNamed(`${group.name}-2`))).toMatchObject({ verb: 'run' });
    });

    it.each([
      { case: 'the account frozen', account: 'freeze', own: 'run', wins: 'freeze' },
      { case: 'the group frozen', account: 'run', own: 'freeze', wins: 'freeze' },
      { case: 'the account released beside a frozen group', account: 'release', own: 'freeze', wins: 'release' },
      { case: 'the group released in a frozen account', account: 'freeze', own: 'release', wins: 'release' },
      { case: 'both running', account: 'run', own: 'run', wins: 'run' },
    ] as const)('obeys the stricter: $case', async ({ account, own, wins }) => {
      const { board, group } = setUp();
      await board.write(ACCOUNT, order(account));
      await board.write({ kind: 'group', group }, order(own));
      expect(await board.read(group)).toMatchObject({ verb: wins });
    });

    it('takes an expired freeze for run and says that it has expired', async () => {
      const { board, group, nowMs } = setUp();
      await board.write({ kind: 'group', group }, order('freeze', nowMs - 1));
      const expired = await board.read(group);
      expect([expired.verb, expired.untilMs]).toEqual(['run', undefined]);
      expect(expired.reason).toMatch(/expired/);
    });

    it('obeys what a tick that begins has seen, before and after the group is forgotten', async () => {
      const { runtime } = open().ports;
      const { board, group, nowMs } = setUp();
      const at = (asOfMs: number) => {
        const [holder, wallMs] = [String(asOfMs), instant(asOfMs)];
        return { holder, asOfMs: wallMs, wallMs, untilMs: instant(asOfMs + 45_000) };
      };
      const obeyed = async (asOfMs: number) => {
        const begun = await runtime.begin(group, at(asOfMs));
        if (!begun.ok) throw new Error(`the lease was refused: ${begun.refusal.kind}`);
        await runtime.commit(group, String(asOfMs), begun.value.state);
        return (await board.read(group, begun.value.ownSwitch)).verb;
      };
      const verbs = [await obeyed(nowMs)];
      await board.write({ kind: 'group', group }, order('release'));
      verbs.push(await obeyed(nowMs + 1));
      await runtime.forget(group);
      expect(await runtime.peek(group)).toBeUndefined();
      verbs.push(await obeyed(nowMs + 2));
      await board.write({ kind: 'group', group }, order('run'));
      verbs.push(await obeyed(nowMs + 3));
      expect(verbs).toEqual(['run', 'release', 'release', 'run']);
    });

    it('obeys the newest statement of a scope', async () => {
      const { board, group } = setUp();
      await board.write(ACCOUNT, order('freeze'));
      await board.read(group);
      await board.write(ACCOUNT, order('run'));
      expect(await board.read(group)).toMatchObject({ verb: 'run' });
    });
  });
}
