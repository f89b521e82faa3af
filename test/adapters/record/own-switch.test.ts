import { describe, expect, it } from '@jest/globals';
import { DynamoRuntimeStore } from '../../../adapters/record/dynamo-runtime-store.ts';
import type { Parameters } from '../../../adapters/record/parameters.ts';
import { SsmDynamoSwitchBoard } from '../../../adapters/record/ssm-dynamo-switch-board.ts';
import { type Item, type Table, textValue } from '../../../adapters/record/table.ts';
import { accept } from '../../../models/kernel/result.ts';
import { instant } from '../../../models/kernel/series.ts';
import { groupNamed } from '../../contract/samples.ts';

const NOW_MS = instant(Date.UTC(2026, 0, 15, 12));
const GROUP = groupNamed('web');
const LEASE = { holder: 'a', asOfMs: NOW_MS, wallMs: NOW_MS, untilMs: instant(NOW_MS + 45_000) };

/** A state table of one item, and the account's switch, which says run; counts the reads of the item by itself. */
function kept(order: string | undefined) {
  const item: Item = order === undefined ? {} : { order: textValue(order) };
  const reads = { count: 0 };
  const table = {
    update: async () => accept(item),
    get: async () => {
      reads.count++;
      return item;
    },
  } as unknown as Table;
  const parameters = { prefix: '/p', read: async () => JSON.stringify({ verb: 'run' }) } as unknown as Parameters;
  const board = new SsmDynamoSwitchBoard({ parameters, table, clock: { wall: () => NOW_MS } });
  const obeyed = async () => {
    const begun = await new DynamoRuntimeStore(table).begin(GROUP, LEASE);
    if (!begun.ok) throw new Error(`the lease was refused: ${begun.refusal.kind}`);
    return board.read(GROUP, begun.value.ownSwitch);
  };
  return { reads, obeyed };
}

describe("a group's own switch, seen where a tick begins", () => {
  it.each([
    { case: 'a freeze', order: JSON.stringify({ verb: 'freeze', reason: 'said' }), verb: 'freeze' },
    { case: 'none', order: undefined, verb: 'run' },
  ])('is obeyed without a second read: $case', async ({ order, verb }) => {
    const { reads, obeyed } = kept(order);
    expect([(await obeyed()).verb, reads.count]).toEqual([verb, 0]);
  });

  it.each(['{', '{"verb":"go"}', ''])('is never taken for none where it cannot be read: %j', async (order) => {
    const { reads, obeyed } = kept(order);
    await expect(obeyed()).rejects.toMatchObject({ code: 'SWITCH_UNREADABLE' });
    expect(reads.count).toBe(1);
  });
});
