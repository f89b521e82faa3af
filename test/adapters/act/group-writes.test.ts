import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from '@jest/globals';
import { type GroupWrites, groupWrites } from '../../../adapters/act/group-writes.ts';

/** The call that a write comes to, as the SDK is about to send it. */
async function sent(write: (writes: GroupWrites) => Promise<unknown>): Promise<unknown> {
  const client = new AutoScalingClient({ region: 'eu-central-1' });
  const calls: unknown[] = [];
  client.middlewareStack.add(
    (_next, { commandName }) =>
      async ({ input }) => {
        calls.push([commandName, input]);
        return { output: { $metadata: {} }, response: undefined };
      },
    { step: 'initialize' },
  );
  await write(groupWrites(client));
  return calls;
}

describe('a write to a group names nothing but what it changes', () => {
  it.each([
    {
      case: 'the floor',
      write: (writes: GroupWrites) => writes.updateMinSize('web', 3),
      call: ['UpdateAutoScalingGroupCommand', { AutoScalingGroupName: 'web', MinSize: 3 }],
    },
    {
      case: 'the capacity',
      write: (writes: GroupWrites) => writes.setDesiredCapacity('web', 4),
      call: ['SetDesiredCapacityCommand', { AutoScalingGroupName: 'web', DesiredCapacity: 4, HonorCooldown: false }],
    },
    {
      case: 'the way home, which restores MinSize alone',
      write: (writes: GroupWrites) =>
        writes.putScheduledMinSize('web', { name: 'home', start: new Date(1000), minSize: 2 }),
      call: [
        'PutScheduledUpdateGroupActionCommand',
        { AutoScalingGroupName: 'web', ScheduledActionName: 'home', StartTime: new Date(1000), MinSize: 2 },
      ],
    },
    {
      case: 'the removal of the way home',
      write: (writes: GroupWrites) => writes.deleteScheduledAction('web', 'home'),
      call: ['DeleteScheduledActionCommand', { AutoScalingGroupName: 'web', ScheduledActionName: 'home' }],
    },
    {
      case: 'a tag, which no instance inherits',
      write: (writes: GroupWrites) => writes.writeTag('web', 'owner', 'a'),
      call: [
        'CreateOrUpdateTagsCommand',
        {
          Tags: [
            {
              ResourceId: 'web',
              ResourceType: 'auto-scaling-group',
              Key: 'owner',
              Value: 'a',
              PropagateAtLaunch: false,
            },
          ],
        },
      ],
    },
    {
      case: 'the removal of a tag',
      write: (writes: GroupWrites) => writes.deleteTag('web', 'owner'),
      call: [
        'DeleteTagsCommand',
        { Tags: [{ ResourceId: 'web', ResourceType: 'auto-scaling-group', Key: 'owner', PropagateAtLaunch: false }] },
      ],
    },
  ])('$case', async ({ write, call }) => {
    expect(await sent(write)).toEqual([call]);
  });
});
