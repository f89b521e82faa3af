import { OWNER_TAG } from '../../loop/admission.ts';
import type { ActRefusal, GroupActor, GroupId, HomeSwitch } from '../../loop/ports.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { CapacityUnits } from '../../models/kernel/units.ts';
import { awsCallError, failureOf } from '../aws/aws-call-error.ts';
import type { GroupWrites } from './group-writes.ts';
import { actRefusalOf } from './refusal-of-code.ts';

const DONE = accept(undefined);

/** How AWS says that a scheduled action, or its whole group, is not there (any more). */
const GONE = /not found/i;

/**
 * Writes to Auto Scaling groups. What AWS understood and will not do is a refusal; throttling and outages, after the SDK's
 * own attempts, throw `AwsCallError`.
 */
export class AutoScalingActor implements GroupActor {
  readonly #writes: GroupWrites;

  constructor(writes: GroupWrites) {
    this.#writes = writes;
  }

  /** MinSize alone. AWS raises DesiredCapacity with it where that is lower, and never lowers it. */
  setFloor({ name }: GroupId, minSize: CapacityUnits): Promise<Result<void, ActRefusal>> {
    return answered('UpdateAutoScalingGroup', () => this.#writes.updateMinSize(name, minSize));
  }

  setDesired({ name }: GroupId, desired: CapacityUnits): Promise<Result<void, ActRefusal>> {
    return answered('SetDesiredCapacity', () => this.#writes.setDesiredCapacity(name, desired));
  }

  armHome({ name }: GroupId, home: HomeSwitch): Promise<Result<void, ActRefusal>> {
    const action = { name: home.name, start: new Date(home.startMs), minSize: home.minSize };
    return answered('PutScheduledUpdateGroupAction', () => this.#writes.putScheduledMinSize(name, action));
  }

  async disarmHome({ name }: GroupId, actionName: string): Promise<Result<void, ActRefusal>> {
    const done = await answered('DeleteScheduledAction', () => this.#writes.deleteScheduledAction(name, actionName));
    return !done.ok && GONE.test(done.refusal.reason) ? DONE : done;
  }

  claim({ name }: GroupId, owner: string): Promise<Result<void, ActRefusal>> {
    return answered('CreateOrUpdateTags', () => this.#writes.writeTag(name, OWNER_TAG, owner));
  }

  disown({ name }: GroupId): Promise<Result<void, ActRefusal>> {
    return answered('DeleteTags', () => this.#writes.deleteTag(name, OWNER_TAG));
  }
}

async function answered(call: string, write: () => Promise<unknown>): Promise<Result<void, ActRefusal>> {
  try {
    await write();
    return DONE;
  } catch (error) {
    const { name, message } = failureOf(error);
    const refusal = actRefusalOf(name, message);
    if (refusal === undefined) throw awsCallError(call, error);
    return refuse(refusal);
  }
}
