import type { BlastRadius, GroupId } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';
import { addressOf } from './address-of.ts';
import { largeChangesKey, unitsKey } from './keys.ts';
import { numberOf, numberValue, type Table, textValue } from './table.ts';

/** Counters outlive their minute by an hour, then DynamoDB removes them. */
const LIFE_SECONDS = 3600;

/** Enough of a digest that no two of an account's groups share it; a set of ARNs would outgrow an item. */
const DIGEST = 16;

const expiry = (ms: number) => numberValue(Math.ceil(ms / 1000) + LIFE_SECONDS);

/** Counters that all groups of the account share, one atomic update each. */
export class DynamoBlastRadius implements BlastRadius {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Adds first and gives back what was too much. Updates of one item happen one after the other, so that the grants of a
   * minute never sum to more than the cap, and to no less where more was wanted.
   */
  async takeUnits(minuteMs: EpochMs, wanted: number, cap: number): Promise<number> {
    if (wanted <= 0) return 0;
    const taken = await this.#add(minuteMs, wanted);
    const granted = Math.max(0, Math.min(wanted, cap - (taken - wanted)));
    if (granted < wanted) await this.#add(minuteMs, granted - wanted);
    return granted;
  }

  async takeLargeChange(tickMs: EpochMs, group: GroupId, limit: number): Promise<boolean> {
    if (limit <= 0) return false;
    const digest = addressOf(group.arn).slice(0, DIGEST);
    const counted = await this.#table.update(largeChangesKey(tickMs), {
      expression: 'ADD #groups :set SET #ttl = :ttl',
      condition: 'attribute_not_exists(#groups) OR size(#groups) < :limit OR contains(#groups, :digest)',
      values: {
        ':set': { SS: [digest] },
        ':digest': textValue(digest),
        ':limit': numberValue(limit),
        ':ttl': expiry(tickMs),
      },
    });
    return counted.ok;
  }

  /** The counter after the addition. */
  async #add(minuteMs: EpochMs, units: number): Promise<number> {
    const done = await this.#table.update(unitsKey(minuteMs), {
      expression: 'ADD #taken :units SET #ttl = :ttl',
      values: { ':units': numberValue(units), ':ttl': expiry(minuteMs) },
    });
    return (done.ok ? numberOf(done.value, 'taken') : undefined) ?? 0;
  }
}
