import { describe, expect, it } from '@jest/globals';
import type { TickMessage } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);

/** What is handed on: ticks, fits, notices. */
export function messagesContract(open: OpenAccount): void {
  describe('queues and notices', () => {
    it.each([
      { case: 'none', count: 0 },
      { case: 'one', count: 1 },
      { case: 'more than two batches', count: 23 },
    ])('hands on tick messages whole: $case', async ({ count }) => {
      const account = open();
      const name = account.freshName();
      const messages = Array.from(
        { length: count },
        (_, i): TickMessage => ({
          version: 1,
          group: groupNamed(`${name}-${i}`),
          policyName: 'web',
          asOfMs: instant(T0),
          fleetSize: count,
        }),
      );
      await account.ports.queue.send(messages);
      const taken = [...(await account.takeTicks(count))];
      const byName = (a: TickMessage, b: TickMessage) => (a.group.name < b.group.name ? -1 : 1);
      expect(taken.sort(byName)).toEqual([...messages].sort(byName));
    });

    it('hands on a fit that is asked for', async () => {
      const account = open();
      const job = {
        policyName: 'web',
        workload: account.freshName(),
        groupName: 'web',
        asOfMs: instant(T0),
        reason: 'no model yet',
        bootSeconds: 480,
      };
      await account.ports.refits.request(job);
      expect(await account.takeRefits(1)).toEqual([job]);
    });

    it('takes a notice whose subject is long and beyond ASCII', async () => {
      const { notices } = open().ports;
      const subject = `größer\n${'—'.repeat(200)}`;
      const notice = { group: groupNamed('web'), asOfMs: instant(T0), subject, text: 'the floor wants to rise' };
      await expect(notices.send(notice)).resolves.toBeUndefined();
    });
  });
}
