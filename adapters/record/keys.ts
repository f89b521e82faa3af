/**
 * Items of the one table. Every item has `pk` and `sk`; documents are one JSON string in `doc`, so that what is read is
 * what was written, and conditions stand on attributes of their own. `ttl` is epoch seconds.
 *
 * | item              | pk                    | sk                          | attributes                                          |
 * |-------------------|-----------------------|-----------------------------|-----------------------------------------------------|
 * | runtime state     | `state`               | group ARN                   | name, account, region, begunMs, holder, untilMs, doc; order, the group's own switch |
 * | decision          | `ledger#` + group ARN | tick, 15 digits, `#decision` | doc, ttl; outcome, where it was known with it; confirm, of an earlier decision |
 * | outcome           | `ledger#` + group ARN | tick … `#outcome`           | doc, ttl; before 2026-11-28 also `#confirm`         |
 * | units of a minute | `blast#units`         | minute, 15 digits           | taken, ttl                                          |
 * | large changes     | `blast#large`         | tick, 15 digits             | groups (set of digests), ttl                        |
 * | scheduled event   | `once#discover`       | digest                      | written by the idempotency of `discover`            |
 *
 * All states share one partition, so that every group is found by one query: at 1,000 writes of 1 KB a second and about
 * 4 KB a tick that is 15,000 groups a minute, thirty times what Auto Scaling allows in a region.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const STATES = 'state';

const DIGITS = 15;

/** Instants that sort as text. */
export const sortable = (ms: number): string => String(ms).padStart(DIGITS, '0');

export const stateKey = (arn: string): Key => ({ pk: STATES, sk: arn });

export type LedgerPart = 'decision' | 'outcome';

export const ledgerPartition = (arn: string): string => `ledger#${arn}`;

export const ledgerKey = (arn: string, asOfMs: number, part: LedgerPart): Key => ({
  pk: ledgerPartition(arn),
  sk: `${sortable(asOfMs)}#${part}`,
});

export const unitsKey = (minuteMs: number): Key => ({ pk: 'blast#units', sk: sortable(minuteMs) });

export const largeChangesKey = (tickMs: number): Key => ({ pk: 'blast#large', sk: sortable(tickMs) });
