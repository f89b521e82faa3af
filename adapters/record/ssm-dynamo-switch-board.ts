import type { Clock, GroupId, Switch, SwitchBoard, SwitchScope } from '../../loop/ports.ts';
import { BriefMemory } from '../aws/brief-memory.ts';
import { stateKey } from './keys.ts';
import type { Parameters } from './parameters.ts';
import { inForce, stricterOf } from './stricter-switch.ts';
import { SwitchUnreadableError, switchOf, switchText } from './switch-document.ts';
import { type Table, textOf, textValue } from './table.ts';

const ACCOUNT = 'switch';

/** One read of the account's switch serves a batch; a person who throws it is obeyed within the next. */
const REMEMBERED_MS = 1000;

export interface SwitchPlaces {
  readonly parameters: Parameters;
  readonly table: Table;
  /** Tells whether a switch has expired. */
  readonly clock: Clock;
}

/**
 * The account's switch in the parameter `<prefix>/switch`, where a person finds it even without this program, and each
 * group's beside its state in the table, where a tick that begins sees it. The stack writes the account's: one that is missing was removed by somebody, and is unreadable.
 */
export class SsmDynamoSwitchBoard implements SwitchBoard {
  readonly #places: SwitchPlaces;
  readonly #recent = new BriefMemory<Switch>(REMEMBERED_MS);

  constructor(places: SwitchPlaces) {
    this.#places = places;
  }

  async read(group: GroupId, ownSwitch?: Switch | null): Promise<Switch> {
    const { clock } = this.#places;
    const seen = ownSwitch === undefined ? this.#own(group) : (ownSwitch ?? undefined);
    const [account, own] = await Promise.all([this.#account(), seen]);
    const wallMs = clock.wall();
    return stricterOf(inForce(account, wallMs), inForce(own, wallMs));
  }

  async write(scope: SwitchScope, value: Switch): Promise<void> {
    const { parameters, table } = this.#places;
    if (scope.kind === 'group') {
      await table.update(stateKey(scope.group.arn), {
        expression: 'SET #order = :order',
        values: { ':order': textValue(switchText(value)) },
      });
      return;
    }
    await parameters.write(ACCOUNT, switchText(value));
    this.#recent.forget(ACCOUNT);
  }

  #account(): Promise<Switch> {
    const { parameters } = this.#places;
    const where = `${parameters.prefix}/${ACCOUNT}`;
    return this.#recent.ask(ACCOUNT, async () => {
      const text = await parameters.read(ACCOUNT);
      if (text === undefined) throw new SwitchUnreadableError(`the parameter ${where} is missing`, { where });
      return switchOf(text, where);
    });
  }

  async #own(group: GroupId): Promise<Switch | undefined> {
    const text = textOf(await this.#places.table.get(stateKey(group.arn)), 'order');
    return text === undefined ? undefined : switchOf(text, `switch of ${group.name}`);
  }
}
