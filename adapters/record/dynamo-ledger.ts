import type { ConfirmEntry, DecisionEntry, OutcomeEntry } from '../../loop/ledger.ts';
import type { GroupId, Ledger, LedgerRange, LedgerRecord, Standing } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';
import { DocumentError, documentValue, parsedDocument } from './document.ts';
import { type LedgerPart, ledgerKey, ledgerPartition, sortable } from './keys.ts';
import { type Item, numberValue, type Table, textOf } from './table.ts';

type Entry = DecisionEntry | OutcomeEntry | ConfirmEntry;

interface Parts {
  decision?: DecisionEntry;
  outcome?: OutcomeEntry;
  confirm?: ConfirmEntry;
}

const SECONDS_PER_DAY = 86_400;

/**
 * The ledger in DynamoDB: up to three immutable items for each tick, which expire together. An outcome that was known with
 * its decision is in that item.
 */
export class DynamoLedger implements Ledger {
  readonly #table: Table;
  readonly #lifeSeconds: number;

  constructor(table: Table, lifeDays: number) {
    this.#table = table;
    this.#lifeSeconds = lifeDays * SECONDS_PER_DAY;
  }

  async intend(entry: DecisionEntry, outcome?: OutcomeEntry): Promise<Standing> {
    if (await this.#write('decision', entry, outcome)) {
      return { decision: entry, outcome, confirm: undefined, written: true };
    }
    const standing = await this.#read(entry.group, entry.asOfMs);
    if (standing !== undefined) return { ...standing, written: false };
    const { name } = entry.group;
    throw new DocumentError(`the ledger refuses an entry of ${name} and has none`, { group: name, asOf: entry.asOfMs });
  }

  async conclude(outcome: OutcomeEntry): Promise<void> {
    await this.#write('outcome', outcome);
  }

  async confirm(confirm: ConfirmEntry): Promise<void> {
    await this.#write('confirm', confirm);
  }

  at(group: GroupId, asOfMs: EpochMs): Promise<LedgerRecord | undefined> {
    return this.#read(group, asOfMs);
  }

  async range(group: GroupId, { fromMs, toMs }: LedgerRange): Promise<readonly LedgerRecord[]> {
    if (toMs <= fromMs) return [];
    // A bare instant sorts before every key of that instant, so that the end of the range is exclusive.
    const between = { from: sortable(fromMs), to: sortable(toMs) };
    const ticks = new Map<string, Parts>();
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) gather(ticks, item);
    return [...ticks.values()].map(recordOf).filter((record) => record !== undefined);
  }

  /** False when it stands already; what stands is never changed. */
  #write(part: LedgerPart, entry: Entry, outcome?: OutcomeEntry): Promise<boolean> {
    const { group, asOfMs } = entry;
    return this.#table.putNew(ledgerKey(group.arn, asOfMs, part), {
      doc: documentValue(entry, `${part} of ${group.name} at ${asOfMs}`),
      ...(outcome === undefined ? {} : { outcome: documentValue(outcome, `outcome of ${group.name} at ${asOfMs}`) }),
      ttl: numberValue(Math.ceil(asOfMs / 1000) + this.#lifeSeconds),
    });
  }

  async #read(group: GroupId, asOfMs: number): Promise<LedgerRecord | undefined> {
    const between = { from: sortable(asOfMs), to: sortable(asOfMs + 1) };
    const ticks = new Map<string, Parts>();
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) gather(ticks, item);
    return recordOf(ticks.get(sortable(asOfMs)) ?? {});
  }
}

const recordOf = ({ decision, outcome, confirm }: Parts): LedgerRecord | undefined =>
  decision === undefined ? undefined : { decision, outcome, confirm };

function gather(ticks: Map<string, Parts>, item: Item): void {
  const [instant = '', part] = (textOf(item, 'sk') ?? '').split('#');
  const parts = ticks.get(instant) ?? {};
  ticks.set(instant, parts);
  const document = parsedDocument(textOf(item, 'doc') ?? '', `ledger at ${instant}`);
  const known = textOf(item, 'outcome');
  if (known !== undefined) parts.outcome = parsedDocument(known, `ledger at ${instant}`) as OutcomeEntry;
  // The table's own items, written by this class under a condition and never changed since.
  if (part === 'decision') parts.decision = document as DecisionEntry;
  if (part === 'outcome') parts.outcome ??= document as OutcomeEntry;
  if (part === 'confirm') parts.confirm = document as ConfirmEntry;
}
