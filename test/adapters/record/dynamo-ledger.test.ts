import { describe, expect, it } from '@jest/globals';
import { documentValue } from '../../../adapters/record/document.ts';
import { DynamoLedger } from '../../../adapters/record/dynamo-ledger.ts';
import { type Key, ledgerKey } from '../../../adapters/record/keys.ts';
import { type Item, type Table, textValue, type Values } from '../../../adapters/record/table.ts';
import type { Ports } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import type { Account } from '../../contract/account.ts';
import { ledgerContract } from '../../contract/ledger.contract.ts';
import { decisionOf, groupNamed } from '../../contract/samples.ts';

/** As much of a table as a ledger asks of it; counts its queries. */
function tableOf() {
  const items = new Map<string, Item & { readonly sk: { readonly S: string } }>();
  const counts = { queries: 0 };
  const textOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
  const table = {
    putNew: async (key: Key, values: Values) => {
      if (items.has(textOf(key))) return false;
      items.set(textOf(key), { ...values, sk: { S: key.sk } });
      return true;
    },
    async *query(pk: string, { from, to }: { readonly from: string; readonly to: string }) {
      counts.queries++;
      for (const key of [...items.keys()].sort()) {
        if (key >= `${pk} ${from}` && key <= `${pk} ${to}`) yield items.get(key);
      }
    },
  };
  return { table: table as unknown as Table, counts };
}

let names = 0;

describe('the ledger in DynamoDB', () => {
  ledgerContract((): Account => {
    const ports = { ledger: new DynamoLedger(tableOf().table, 90) } as unknown as Ports;
    return { ports, freshName: () => `g${names++}` } as unknown as Account;
  });

  const T0 = Date.UTC(2026, 0, 15, 12);
  const group = groupNamed('web');
  const confirm = {
    group,
    asOfMs: T0,
    seenAtMs: T0 + 300_000,
    floorSeen: units(4),
    desiredSeen: units(4),
    asIntended: true,
  };

  it('reads a confirmation that is an item of its own, as it once was', async () => {
    const { table } = tableOf();
    const ledger = new DynamoLedger(table, 90);
    await ledger.intend(decisionOf(group, T0, 4));
    const { pk, sk } = ledgerKey(group.arn, T0, 'outcome');
    await table.putNew({ pk, sk: sk.replace('outcome', 'confirm') }, { doc: documentValue(confirm, 'confirm') });
    expect((await ledger.at(group, instant(T0)))?.confirm).toEqual(confirm);
  });

  it('asks once where nothing is left to be read back, and does not look ahead for what already stands', async () => {
    const { table, counts } = tableOf();
    const ledger = new DynamoLedger(table, 90);
    await ledger.intend(decisionOf(group, T0, 4));
    await ledger.intend(decisionOf(group, T0, 4));
    expect(counts.queries).toBe(1);
    await ledger.intend(decisionOf(group, T0 + 300_000, 4), { confirm });
    await ledger.range(group, { fromMs: instant(T0 - 1), toMs: instant(T0) });
    expect(counts.queries).toBe(2);
    await ledger.at(group, instant(T0));
    expect(counts.queries).toBe(4);
  });

  it('names the item that cannot be read', async () => {
    const { table } = tableOf();
    const ledger = new DynamoLedger(table, 90);
    await ledger.intend(decisionOf(group, T0, 4));
    await table.putNew(ledgerKey(group.arn, T0 + 1, 'decision'), { doc: textValue('{') });
    await expect(ledger.at(group, instant(T0 + 1))).rejects.toThrow(/ledger at/);
  });
});
