import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupId } from '../../../loop/ports.ts';
import type { Concluded, DeployedStack } from './deployed-stack.ts';
import { NEED } from './handed-groups.ts';

/** Messages that no try can help. */
const HOPELESS = [
  { case: 'is no JSON', body: 'one turn, please' },
  { case: 'is of a version to come', body: JSON.stringify({ version: 2, group: 'web' }) },
] as const;

const REDELIVERY_SECONDS = 2;

/** A batch in which some messages can never succeed. */
export function deadLetterTests(open: () => DeployedStack): void {
  describe('a batch with messages that can never succeed', () => {
    let stack: DeployedStack;
    let neighbours: readonly GroupId[];
    let concluded: readonly Concluded[];
    let hopeless: readonly string[];
    let good: readonly string[];

    beforeAll(async () => {
      stack = open();
      await stack.ticks.redeliverAfter(REDELIVERY_SECONDS);
      neighbours = [await stack.groups.handOver('neighbour-1'), await stack.groups.handOver('neighbour-2')];
      const [first, second] = neighbours.map((group) => stack.messageFor(group));
      const bodies = [first, second].map((message) => JSON.stringify(message));
      // The hopeless ones stand between the others.
      const sent = await stack.ticks.sendAsOneBatch([bodies[0]!, ...HOPELESS.map(({ body }) => body), bodies[1]!]);
      hopeless = sent.slice(1, -1);
      good = [sent[0]!, sent.at(-1)!];
      concluded = await Promise.all([
        stack.concluded(neighbours[0]!, first!.asOfMs),
        stack.concluded(neighbours[1]!, second!.asOfMs),
      ]);
    }, 60_000);
    afterAll(() => stack.groups.removeAll());

    it('goes on with their neighbours', async () => {
      expect(concluded.map(({ outcome }) => outcome.status)).toEqual(['acted', 'acted']);
      const floors = await Promise.all(neighbours.map(async (group) => (await stack.groups.see(group)).minSize));
      expect(floors).toEqual([NEED, NEED]);
    });

    it('sets them aside after the tries that the queue allows, and nothing else', async () => {
      const letters = await stack.ticks.setAside(hopeless);
      const tries = await stack.ticks.tries();
      expect(hopeless.map((id) => letters[id]?.body)).toEqual(HOPELESS.map(({ body }) => body));
      expect(hopeless.every((id) => (letters[id]?.receives ?? 0) >= tries)).toBe(true);
      expect(good.filter((id) => id in letters)).toEqual([]);
    });

    it('delivers the neighbours no second time', async () => {
      await stack.ticks.drained();
      const rows = await Promise.all(neighbours.map((group) => stack.ledgerOf(group)));
      expect(rows.map((records) => records.length)).toEqual([1, 1]);
    });
  });
}
