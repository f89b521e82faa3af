import {
  type AutoScalingClient,
  CreateOrUpdateTagsCommand,
  DeleteScheduledActionCommand,
  DeleteTagsCommand,
  PutScheduledUpdateGroupActionCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';

/** The six writes that this program ever makes to a group, each naming nothing but what it changes. */
export interface GroupWrites {
  updateMinSize(name: string, minSize: number): Promise<unknown>;
  setDesiredCapacity(name: string, desired: number): Promise<unknown>;
  putScheduledMinSize(name: string, action: { name: string; start: Date; minSize: number }): Promise<unknown>;
  deleteScheduledAction(name: string, actionName: string): Promise<unknown>;
  writeTag(name: string, key: string, value: string): Promise<unknown>;
  deleteTag(name: string, key: string): Promise<unknown>;
}

/** Instances do not inherit what we write. */
const tagOf = (name: string, Key: string) => ({
  ResourceId: name,
  ResourceType: 'auto-scaling-group',
  Key,
  PropagateAtLaunch: false,
});

/** The real ones; throw what the SDK throws. */
export const groupWrites = (client: AutoScalingClient): GroupWrites => ({
  updateMinSize: (AutoScalingGroupName, MinSize) =>
    client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize })),
  setDesiredCapacity: (AutoScalingGroupName, DesiredCapacity) =>
    client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity, HonorCooldown: false })),
  putScheduledMinSize: (AutoScalingGroupName, { name, start, minSize }) =>
    client.send(
      new PutScheduledUpdateGroupActionCommand({
        AutoScalingGroupName,
        ScheduledActionName: name,
        StartTime: start,
        MinSize: minSize,
      }),
    ),
  deleteScheduledAction: (AutoScalingGroupName, ScheduledActionName) =>
    client.send(new DeleteScheduledActionCommand({ AutoScalingGroupName, ScheduledActionName })),
  writeTag: (name, key, Value) =>
    client.send(new CreateOrUpdateTagsCommand({ Tags: [{ ...tagOf(name, key), Value }] })),
  deleteTag: (name, key) => client.send(new DeleteTagsCommand({ Tags: [tagOf(name, key)] })),
});
