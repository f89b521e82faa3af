import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { GroupId } from '../../loop/ports.ts';
import { GROUP, OWN_TARGET } from './policy.ts';
import type { GroupNow } from './stage.ts';

/** Bounds of the demo's group: the floor that its owner set, and a ceiling well above the day's need. */
export interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
}

/** The demo's group in emulated Auto Scaling, with a launch template and a target-tracking policy of its own. */
export class EmulatedGroup {
  readonly #scaling: AutoScalingClient;
  readonly id: GroupId;

  private constructor(scaling: AutoScalingClient, id: GroupId) {
    this.#scaling = scaling;
    this.id = id;
  }

  static async create(sizes: Sizes, policyName: string): Promise<EmulatedGroup> {
    const template = {
      LaunchTemplateName: GROUP,
      LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 't3.medium' },
    } as const;
    const ec2 = new EC2Client({});
    await ec2.send(new CreateLaunchTemplateCommand(template));
    ec2.destroy();
    const scaling = new AutoScalingClient({});
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: GROUP,
        LaunchTemplate: { LaunchTemplateName: GROUP, Version: '$Latest' },
        MinSize: sizes.minSize,
        MaxSize: sizes.maxSize,
        DesiredCapacity: sizes.desired,
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        Tags: [
          {
            ResourceId: GROUP,
            ResourceType: 'auto-scaling-group',
            Key: 'prescale:policy',
            Value: policyName,
            PropagateAtLaunch: false,
          },
        ],
      }),
    );
    await scaling.send(
      new PutScalingPolicyCommand({
        AutoScalingGroupName: GROUP,
        PolicyName: 'own-target-tracking',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue: OWN_TARGET * 100,
        },
      }),
    );
    const arn = await arnOf(scaling);
    const [, , , region = '', account = ''] = arn.split(':');
    return new EmulatedGroup(scaling, { arn, name: GROUP, account, region });
  }

  async now(): Promise<GroupNow> {
    const { MinSize, MaxSize, DesiredCapacity } = await described(this.#scaling);
    return { minSize: MinSize ?? 0, maxSize: MaxSize ?? 0, desired: DesiredCapacity ?? 0 };
  }

  /** What the group's own target tracking asks of AWS. */
  async setDesired(desired: number): Promise<void> {
    await this.#scaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: GROUP, DesiredCapacity: desired }));
  }

  /** The armed scheduled actions, as Auto Scaling has them. */
  async scheduled(): Promise<readonly { readonly name: string; readonly startMs: number; readonly minSize: number }[]> {
    const { ScheduledUpdateGroupActions: actions = [] } = await this.#scaling.send(
      new DescribeScheduledActionsCommand({ AutoScalingGroupName: GROUP }),
    );
    return actions.map((a) => ({
      name: a.ScheduledActionName ?? '',
      startMs: a.StartTime?.getTime() ?? Number.NaN,
      minSize: a.MinSize ?? Number.NaN,
    }));
  }

  destroy(): void {
    this.#scaling.destroy();
  }
}

async function described(scaling: AutoScalingClient) {
  const { AutoScalingGroups: [group] = [] } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [GROUP] }),
  );
  if (group === undefined) throw new Error(`the group ${GROUP} is not there: it was created a moment ago`);
  return group;
}

const arnOf = async (scaling: AutoScalingClient): Promise<string> =>
  (await described(scaling)).AutoScalingGroupARN ?? '';
