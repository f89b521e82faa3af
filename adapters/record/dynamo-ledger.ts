import {
  type ConfirmEntry,
  type DecisionEntry,
  type KnownAhead,
  type OutcomeEntry,
  setsSize,
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

/** How far beyond the end of a range a confirmation of its last write is looked for: turns may be missed, or an hour apart. */
const LOOK_AHEAD_MS = 24 * 3_600_000;

/** It is with the next decision or soon after: few items are fetched at a time. */
const LOOK_AHEAD_ITEMS = 4;

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
    const ticks = await this.#between(entry.group, entry.asOfMs, entry.asOfMs + 1);
    const standing = recordOf(ticks.get(sortable(entry.asOfMs)) ?? {});
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
    const ticks = await this.#between(group, fromMs, toMs);
    const moved = [...ticks.values()].findLast(({ decision }) => decision !== undefined && setsSize(decision.action));
    if (moved !== undefined && moved.confirm === undefined) await this.#joinLater(group, ticks, toMs);
    return [...ticks.values()].map(recordOf).filter((record) => record !== undefined);
  }

  async #between(group: GroupId, fromMs: number, toMs: number): Promise<Map<string, Parts>> {
    const ticks = new Map<string, Parts>();
    // A bare instant sorts before every key of that instant, so that the end of the range is exclusive.
    const between = { from: sortable(fromMs), to: sortable(toMs) };
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) gather(ticks, item);
    return ticks;
  }

  /** Adds the first confirmation from beyond the end of these ticks: it may be about the last of them that set a size. */
  async #joinLater(group: GroupId, ticks: Map<string, Parts>, fromMs: number): Promise<void> {
    const between = { from: sortable(fromMs), to: sortable(fromMs + LOOK_AHEAD_MS), pageItems: LOOK_AHEAD_ITEMS };
    for await (const item of this.#table.query(ledgerPartition(group.arn), between)) {
      if (join(ticks, confirmIn(item))) return;
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
  join(ticks, confirmIn(item));
}

/** Gives a confirmation to the tick that it is about, where it is among these and has none; false without one. */
function join(ticks: ReadonlyMap<string, Parts>, confirm: ConfirmEntry | undefined): boolean {
  if (confirm === undefined) return false;
  const earlier = ticks.get(sortable(confirm.asOfMs));
  if (earlier !== undefined) earlier.confirm ??= confirm;
  return true;
}

function confirmIn(item: Item): ConfirmEntry | undefined {
  const text = textOf(item, 'confirm');
  if (text === undefined) return undefined;
  return parsedDocument(text, `ledger at ${textOf(item, 'sk')}`) as ConfirmEntry;
}
