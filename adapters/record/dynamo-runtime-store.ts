import type { BeginRefusal, Begun, GroupId, Lease, RuntimeStore } from '../../loop/ports.ts';
import { newRuntimeState, type RuntimeState } from '../../loop/runtime-state.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { documentValue } from './document.ts';
import { STATES, stateKey } from './keys.ts';
import { LeaseLostError } from './lease-lost-error.ts';
import { runtimeStateOf } from './runtime-document.ts';
import { SwitchUnreadableError, switchOf } from './switch-document.ts';
import { type Item, numberOf, numberValue, type Table, textOf, textValue } from './table.ts';

/** Takes the lease, marks the tick as begun, and says who the group is, in one write. */
const BEGIN =
  'SET #holder = :holder, #untilMs = :until, #begunMs = :asOf, #name = :name, #account = :account, #region = :region';
const NOT_SUPERSEDED = '(attribute_not_exists(#begunMs) OR #begunMs <= :asOf)';
const FREE = '(attribute_not_exists(#holder) OR #holder = :holder OR #untilMs <= :wall)';

/** Takes away everything but a person's order. */
const FORGET = 'REMOVE #doc, #holder, #untilMs, #begunMs, #name, #account, #region';

/** Runtime states in DynamoDB: one conditional write to begin, one to commit. */
export class DynamoRuntimeStore implements RuntimeStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async begin(group: GroupId, lease: Lease): Promise<Result<Begun, BeginRefusal>> {
    const begun = await this.#table.update(stateKey(group.arn), {
      expression: BEGIN,
      condition: `${NOT_SUPERSEDED} AND ${FREE}`,
      values: {
        ':holder': textValue(lease.holder),
        ':until': numberValue(lease.untilMs),
        ':asOf': numberValue(lease.asOfMs),
        ':wall': numberValue(lease.wallMs),
        ':name': textValue(group.name),
        ':account': textValue(group.account),
        ':region': textValue(group.region),
      },
      returns: 'ALL_OLD',
    });
    if (!begun.ok) return refuse(refusalOf(begun.refusal, lease));
    const state = stateOf(begun.value, group);
    const settled = state !== undefined && numberOf(begun.value, 'begunMs') === state.lastAsOfMs;
    return accept({ state: state ?? newRuntimeState(), settled, ...ownSwitchOf(begun.value) });
  }

  async commit(group: GroupId, holder: string, state: RuntimeState): Promise<void> {
    const done = await this.#table.update(stateKey(group.arn), {
      expression: 'SET #doc = :doc REMOVE #holder, #untilMs',
      condition: '#holder = :holder',
      values: { ':doc': documentValue(state, `state of ${group.name}`), ':holder': textValue(holder) },
    });
    if (done.ok) return;
    throw new LeaseLostError(`the lease of ${holder} on ${group.name} is lost`, { holder, group: group.name });
  }

  async peek(group: GroupId): Promise<RuntimeState | undefined> {
    const item = await this.#table.get(stateKey(group.arn));
    return item === undefined ? undefined : stateOf(item, group);
  }

  async *known(): AsyncIterable<GroupId> {
    for await (const item of this.#table.query(STATES)) {
      const [arn, name, account, region] = ['sk', 'name', 'account', 'region'].map((field) => textOf(item, field));
      if (arn !== undefined && name !== undefined && account !== undefined && region !== undefined) {
        yield { arn, name, account, region };
      }
    }
  }

  async forget(group: GroupId): Promise<void> {
    // An order outlives what we knew of the group: a release that was forgotten would be no release.
    const key = stateKey(group.arn);
    const keepOrder = { expression: FORGET, condition: 'attribute_exists(#order)', values: {} };
    if ((await this.#table.update(key, keepOrder)).ok || (await this.#table.deleteWithout(key, 'order'))) return;
    // The order was given in between.
    await this.#table.update(key, keepOrder);
  }
}

const stateOf = (item: Item, group: GroupId): RuntimeState | undefined => {
  const text = textOf(item, 'doc');
  return text === undefined ? undefined : runtimeStateOf(text, `state of ${group.name}`);
};

/** The switch in an item as a `Begun` has it: nothing is said of one that cannot be read, whose reader will say so. */
function ownSwitchOf(item: Item): Pick<Begun, 'ownSwitch'> {
  const text = textOf(item, 'order');
  if (text === undefined) return { ownSwitch: null };
  try {
    return { ownSwitch: switchOf(text, 'switch of a group') };
  } catch (error) {
    if (error instanceof SwitchUnreadableError) return {};
    throw error;
  }
}

function refusalOf(item: Item | undefined, { asOfMs, wallMs }: Lease): BeginRefusal {
  const begunMs = numberOf(item, 'begunMs') ?? 0;
  if (begunMs > asOfMs) return { kind: 'superseded', lastAsOfMs: begunMs };
  return { kind: 'leased', holder: textOf(item, 'holder') ?? 'unknown', untilMs: numberOf(item, 'untilMs') ?? wallMs };
}
