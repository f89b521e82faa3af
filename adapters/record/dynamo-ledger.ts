import {
  type ConfirmEntry,
  type DecisionEntry,
  isIdle,
  type KnownAhead,
  type OutcomeEntry,
} from '../../loop/ledger.ts';
import type { GroupId, Ledger, LedgerRange, LedgerRecord, Standing } from '../../loop/ports.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { DocumentError, documentValue, parsedDocument } from './document.ts';
import { type LedgerPart, ledgerKey, ledgerPartition, sortable } from './keys.ts';
import { type Item, numberValue, type Table, textOf } from './table.ts';

interface Parts {
  decision?: DecisionEntry;
  outcome?: OutcomeEntry;
  confirm?: ConfirmEntry;
}

const SECONDS_PER_DAY = 86_400;

/** What a tick wrote is read back by the next one that can; no longer than this is looked for it. */
const READ_BACK_MS = 3_600_000;

/**
 * The ledger in DynamoDB: one or two immutable items for each tick, which expire together. An outcome that was known with
 * its decision is in that item, and so is what the tick had read back of an earlier one.
 */
export class DynamoLedger implements Ledger {
  readonly #table: Table;
  readonly #lifeSeconds: number;

  constructor(table: Table, lifeDays: number) {
    this.#table = table;
    this.#lifeSeconds = lifeDays * SECONDS_PER_DAY;
  }

  async intend(entry: DecisionEntry, known: KnownAhead = {}): Promise<Standing> {
    if (await this.#write('decision', entry, known)) {
      return { decision: entry, outcome: known.outcome, confirm: undefined, written: true };
    }
    const standing = await this.at(entry.group, instant(entry.asOfMs));
    if (standing !== undefined) return { ...standing, written: false };
    const { name } = entry.group;
    throw new DocumentError(`the ledger refuses an entry of ${name} and has none`, { group: name, asOf: entry.asOfMs });
  }

  async conclude(outcome: OutcomeEntry): Promise<void> {
    await this.#write('outcome', outcome);
  }

  async at(group: GroupId, asOfMs: EpochMs): Promise<LedgerRecord | undefined> {
    return (await this.range(group, { fromMs: asOfMs, toMs: instant(asOfMs + 1) }))[0];
  }

  async range(group: GroupId, { fromMs, toMs }: LedgerRange): Promise<readonly LedgerRecord[]> {
    if (toMs <= fromMs) return [];
    // A bare instant sorts before every key of that instant, so that the end of the range is exclusive.
    const between = { from: sortable(fromMs), to: sortable(toMs) };
    const ticks = new Map<string, Parts>();
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) gather(ticks, item);
    const moved = [...ticks.values()].findLast(({ decision }) => decision !== undefined && !isIdle(decision.action));
    if (moved !== undefined) await this.#readBack(group, moved, toMs);
    return [...ticks.values()].map(recordOf).filter((record) => record !== undefined);
  }

  /** What a later tick has said of this one: the last of a range is read back by one beyond its end. */
  async #readBack(group: GroupId, parts: Parts, fromMs: number): Promise<void> {
    const between = { from: sortable(fromMs), to: sortable(fromMs + READ_BACK_MS) };
    if (parts.confirm !== undefined) return;
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) {
      const confirm = confirmIn(item);
      if (confirm === undefined) continue;
      if (confirm.asOfMs === parts.decision?.asOfMs) parts.confirm = confirm;
      return;
    }
  }

  /** False when it stands already; what stands is never changed. */
  #write(
    part: LedgerPart,
    entry: DecisionEntry | OutcomeEntry,
    { outcome, confirm }: KnownAhead = {},
  ): Promise<boolean> {
    const { group, asOfMs } = entry;
    const told = (what: string): string => `${what} of ${group.name} at ${asOfMs}`;
    return this.#table.putNew(ledgerKey(group.arn, asOfMs, part), {
      doc: documentValue(entry, told(part)),
      ...(outcome === undefined ? {} : { outcome: documentValue(outcome, told('outcome')) }),
      ...(confirm === undefined ? {} : { confirm: documentValue(confirm, told('confirmation')) }),
      ttl: numberValue(Math.ceil(asOfMs / 1000) + this.#lifeSeconds),
    });
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
  // Before it was written with a later decision, a confirmation was an item of its own.
  if (part === 'confirm') parts.confirm = document as ConfirmEntry;
  const confirm = confirmIn(item);
  const earlier = confirm === undefined ? undefined : ticks.get(sortable(confirm.asOfMs));
  if (earlier !== undefined && confirm !== undefined) earlier.confirm ??= confirm;
}

function confirmIn(item: Item): ConfirmEntry | undefined {
  const text = textOf(item, 'confirm');
  if (text === undefined) return undefined;
  return parsedDocument(text, `ledger at ${textOf(item, 'sk')}`) as ConfirmEntry;
}
