import { describe, expect, it } from '@jest/globals';
import { AutoScalingActor } from '../../../adapters/act/auto-scaling-actor.ts';
import type { GroupWrites } from '../../../adapters/act/group-writes.ts';
import { units } from '../../../models/kernel/units.ts';
import { groupNamed } from '../../contract/samples.ts';

const group = groupNamed('web');

/** An actor every write of which fails with this. */
const actorFailing = (name: string, message = 'said AWS', status = 400): AutoScalingActor => {
  const fail = () => Promise.reject(Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } }));
  const writes: GroupWrites = {
    updateMinSize: fail,
    setDesiredCapacity: fail,
    putScheduledMinSize: fail,
    deleteScheduledAction: fail,
    writeTag: fail,
    deleteTag: fail,
  };
  return new AutoScalingActor(writes);
};

describe('AutoScalingActor', () => {
  it.each([
    { name: 'ScalingActivityInProgressFault', kind: 'busy', code: 'ScalingActivityInProgress' },
    { name: 'ScalingActivityInProgress', kind: 'busy', code: 'ScalingActivityInProgress' },
    { name: 'ResourceContentionFault', kind: 'busy', code: 'ResourceContention' },
    { name: 'AlreadyExistsFault', kind: 'name-or-time-taken', code: 'AlreadyExists' },
    { name: 'LimitExceededFault', kind: 'invalid', code: 'LimitExceeded' },
    { name: 'ValidationError', kind: 'invalid', code: 'ValidationError' },
    { name: 'AccessDenied', kind: 'invalid', code: 'AccessDenied' },
  ])('takes $name for a refusal: $kind', async ({ name, kind, code }) => {
    const refusal = { kind, code, reason: 'said AWS' };
    expect(await actorFailing(name).setFloor(group, units(3))).toEqual({ ok: false, refusal });
  });

  it.each([
    { name: 'Throttling', status: 400, code: 'AWS_THROTTLED' },
    { name: 'TimeoutError', status: 0, code: 'AWS_UNREACHABLE' },
    { name: 'ServiceUnavailable', status: 503, code: 'AWS_CALL' },
  ])('throws $name, so that the tick is tried again', async ({ name, status, code }) => {
    const actor = actorFailing(name, 'said AWS', status);
    const thrown = { code, retryable: true };
    await expect(actor.setFloor(group, units(3))).rejects.toMatchObject(thrown);
    await expect(actor.setDesired(group, units(3))).rejects.toMatchObject(thrown);
    await expect(actor.disarmHome(group, 'home')).rejects.toMatchObject(thrown);
    await expect(actor.claim(group, 'a')).rejects.toMatchObject(thrown);
  });

  it('takes a scheduled action that is not found for removed, and no other refusal', async () => {
    const gone = actorFailing('ValidationError', 'Scheduled action name not found - null');
    expect(await gone.disarmHome(group, 'home')).toEqual({ ok: true, value: undefined });
    const other = actorFailing('ValidationError', 'Value null at scheduledActionName');
    expect(await other.disarmHome(group, 'home')).toMatchObject({ ok: false });
  });
});
