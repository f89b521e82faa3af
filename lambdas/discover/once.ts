import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyRecordStatus,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import { type Item, numberOf, numberValue, type Table, textOf, textValue } from '../../adapters/record/table.ts';
import type { Clock } from '../../loop/ports.ts';
import { toSeconds } from '../../models/kernel/series.ts';

const PARTITION = 'once#discover';

const keyOf = (id: string): { readonly pk: string; readonly sk: string } => ({ pk: PARTITION, sk: id });

/** Free to be taken: never taken, forgotten by age, or taken by a run that did not live to finish. */
const FREE = 'attribute_not_exists(#pk) OR #ttl < :now OR (#status = :inProgress AND #untilMs < :nowMs)';

/**
 * What Powertools remembers of events that were fanned out, in the controller's own table and by its own calls: one
 * table to pay for, back up and restrict, and the same time limits as every other call.
 */
export class OnceStore extends BasePersistenceLayer {
  readonly #table: Pick<Table, 'get' | 'update' | 'delete'>;
  readonly #clock: Clock;

  constructor(table: Pick<Table, 'get' | 'update' | 'delete'>, clock: Clock) {
    super();
    this.#table = table;
    this.#clock = clock;
  }

  protected override async _putRecord(record: IdempotencyRecord): Promise<void> {
    const nowMs = this.#clock.wall();
    const taken = await this.#table.update(keyOf(record.idempotencyKey), {
      expression: 'SET #status = :status, #ttl = :ttl, #untilMs = :untilMs REMOVE #doc',
      condition: FREE,
      values: {
        ':status': textValue(record.getStatus()),
        ':ttl': numberValue(record.expiryTimestamp ?? 0),
        // Without a deadline of its own a run holds the event until the record ages.
        ':untilMs': numberValue(record.inProgressExpiryTimestamp ?? Number.MAX_SAFE_INTEGER),
        ':inProgress': textValue(IdempotencyRecordStatus.INPROGRESS),
        ':now': numberValue(Math.floor(toSeconds(nowMs))),
        ':nowMs': numberValue(nowMs),
      },
    });
    if (taken.ok) return;
    const standing = taken.refusal === undefined ? undefined : recordOf(record.idempotencyKey, taken.refusal);
    throw new IdempotencyItemAlreadyExistsError(`this event has been taken: ${record.idempotencyKey}`, standing);
  }

  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await this.#table.update(keyOf(record.idempotencyKey), {
      expression: 'SET #status = :status, #ttl = :ttl, #doc = :doc',
      values: {
        ':status': textValue(record.getStatus()),
        ':ttl': numberValue(record.expiryTimestamp ?? 0),
        ':doc': textValue(JSON.stringify(record.responseData ?? null)),
      },
    });
  }

  protected override async _getRecord(id: string): Promise<IdempotencyRecord> {
    const item = await this.#table.get(keyOf(id));
    if (item === undefined) throw new IdempotencyItemNotFoundError(`nothing is known of the event ${id}`);
    return recordOf(id, item);
  }

  protected override async _deleteRecord(record: IdempotencyRecord): Promise<void> {
    await this.#table.delete(keyOf(record.idempotencyKey));
  }
}

function recordOf(idempotencyKey: string, item: Item): IdempotencyRecord {
  const doc = textOf(item, 'doc');
  const done = textOf(item, 'status') === IdempotencyRecordStatus.COMPLETED;
  return new IdempotencyRecord({
    idempotencyKey,
    status: done ? IdempotencyRecordStatus.COMPLETED : IdempotencyRecordStatus.INPROGRESS,
    expiryTimestamp: numberOf(item, 'ttl') ?? 0,
    inProgressExpiryTimestamp: numberOf(item, 'untilMs') ?? 0,
    ...(doc === undefined ? {} : { responseData: JSON.parse(doc) }),
  });
}
