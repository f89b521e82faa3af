import { OWNER_TAG } from '../../loop/admission.ts';
import type { ActRefusal, GroupActor, GroupId, HomeSwitch } from '../../loop/ports.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { CapacityUnits } from '../../models/kernel/units.ts';
import { type AwsRefusal, unknownGroupRefusal } from '../../models/simulate/environment/aws-refusals.ts';
import { actRefusalOf } from '../act/refusal-of-code.ts';
import type { MemoryGroup } from './group.ts';
import type { GroupRegister } from './group-register.ts';

const DONE = accept(undefined);

function answered(refusal: AwsRefusal | null): Result<void, ActRefusal> {
  if (refusal === null) return DONE;
  const known = actRefusalOf(refusal.code, refusal.message);
  if (known === undefined) throw new InvariantError(`the table of refusals names an unknown code ${refusal.code}`);
  return refuse(known);
}

/** Writes to the groups of the world, refused by the same table that stands before the emulator. */
export function memoryGroupActor(groups: GroupRegister, nowMs: () => number): GroupActor {
  const write = async (group: GroupId, work: (known: MemoryGroup) => AwsRefusal | null) => {
    const known = groups.find(group.name);
    return answered(known === undefined ? unknownGroupRefusal() : work(known));
  };
  return {
    setFloor: (group, min: CapacityUnits) => write(group, (known) => known.update({ min }, nowMs())),
    setDesired: (group, desired: CapacityUnits) => write(group, (known) => known.setDesired(desired, nowMs())),
    armHome: (group, { name, startMs, minSize }: HomeSwitch) =>
      write(group, (known) => known.schedule({ name, startMs, min: minSize }, nowMs())),
    disarmHome: async (group, name) => {
      groups.find(group.name)?.unschedule(name);
      return DONE;
    },
    claim: (group, owner) =>
      write(group, (known) => {
        known.tag(OWNER_TAG, owner);
        return null;
      }),
    disown: (group) =>
      write(group, (known) => {
        known.untag(OWNER_TAG);
        return null;
      }),
  };
}
