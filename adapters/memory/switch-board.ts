import type { Clock, GroupId, Switch, SwitchBoard, SwitchScope } from '../../loop/ports.ts';
import { inForce, stricterOf } from '../record/stricter-switch.ts';

/** One switch for the account and one for each group. */
export class MemorySwitchBoard implements SwitchBoard {
  readonly #groups = new Map<string, Switch>();
  readonly #clock: Clock;
  #account: Switch | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async read(group: GroupId): Promise<Switch> {
    const wallMs = this.#clock.wall();
    return stricterOf(inForce(this.#account, wallMs), inForce(this.#groups.get(group.arn), wallMs));
  }

  async write(scope: SwitchScope, value: Switch): Promise<void> {
    if (scope.kind === 'account') this.#account = value;
    else this.#groups.set(scope.group.arn, value);
  }
}
