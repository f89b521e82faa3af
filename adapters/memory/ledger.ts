import type { ConfirmEntry, DecisionEntry, KnownAhead, OutcomeEntry } from '../../loop/ledger.ts';
import type { GroupId, Ledger, LedgerRange, LedgerRecord, Standing } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';

interface Page {
  decision: DecisionEntry | undefined;
  outcome: OutcomeEntry | undefined;
  confirm: ConfirmEntry | undefined;
}

/** The pages of one group and their instants, ascending. */
class Book {
  readonly #pages = new Map<number, Page>();
  readonly #instants: number[] = [];

  page(asOfMs: number): Page | undefined {
    return this.#pages.get(asOfMs);
  }

  openPage(asOfMs: number): Page {
    const known = this.#pages.get(asOfMs);
    if (known !== undefined) return known;
    const page: Page = { decision: undefined, outcome: undefined, confirm: undefined };
    this.#pages.set(asOfMs, page);
    this.#instants.splice(this.#firstFrom(asOfMs), 0, asOfMs);
    return page;
  }

  /** Instants in [fromMs, toMs). O(log n + answer). */
  between(fromMs: number, toMs: number): readonly number[] {
    const first = this.#firstFrom(fromMs);
    return this.#instants.slice(first, Math.max(first, this.#firstFrom(toMs)));
  }

  #firstFrom(ms: number): number {
    let [low, high] = [0, this.#instants.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#instants[middle]! < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const recordOf = (page: Page | undefined): LedgerRecord | undefined =>
  page?.decision === undefined ? undefined : { decision: page.decision, outcome: page.outcome, confirm: page.confirm };

/** The ledger by group and time. Keeps what it is given, uncopied: entries are immutable. */
export class MemoryLedger implements Ledger {
  readonly #books = new Map<string, Book>();

  async intend(entry: DecisionEntry, { outcome, confirm }: KnownAhead = {}): Promise<Standing> {
    const book = this.#book(entry.group);
    const page = book.openPage(entry.asOfMs);
    const written = page.decision === undefined;
    page.decision ??= entry;
    if (written) page.outcome ??= outcome;
    if (written && confirm !== undefined) book.openPage(confirm.asOfMs).confirm ??= confirm;
    return { decision: page.decision, outcome: page.outcome, confirm: page.confirm, written };
  }

  async conclude(outcome: OutcomeEntry): Promise<void> {
    this.#book(outcome.group).openPage(outcome.asOfMs).outcome ??= outcome;
  }

  async at(group: GroupId, asOfMs: EpochMs): Promise<LedgerRecord | undefined> {
    return recordOf(this.#books.get(group.arn)?.page(asOfMs));
  }

  async range(group: GroupId, { fromMs, toMs }: LedgerRange): Promise<readonly LedgerRecord[]> {
    const book = this.#books.get(group.arn);
    if (book === undefined) return [];
    return book
      .between(fromMs, toMs)
      .map((asOfMs) => recordOf(book.page(asOfMs)))
      .filter((record) => record !== undefined);
  }

  #book(group: GroupId): Book {
    const known = this.#books.get(group.arn);
    if (known !== undefined) return known;
    const book = new Book();
    this.#books.set(group.arn, book);
    return book;
  }
}
