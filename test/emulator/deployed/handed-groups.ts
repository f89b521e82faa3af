import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Clients } from '../../../adapters/aws/clients.ts';
import { groupIdOf } from '../../../adapters/observe/group-snapshot.ts';
import { scalingCalls } from '../../../adapters/observe/scaling-calls.ts';
import { type Policy, policyOf } from '../../../loop/policy.ts';
import type { GroupId } from '../../../loop/ports.ts';

const STEP_MS = 300_000;

const STEPS_A_DAY = 288;

/** Two hours of steps: enough to know the present need, too little for a model, so that the floor wanted is that need. */
const TWO_HOURS = 24;

/** Steps of five minutes in the thirteen days behind now: what a model is fitted to. */
export const THIRTEEN_DAYS = 13 * STEPS_A_DAY;

/** PutMetricData takes a thousand values a call. */
const MOST_DATA = 1000;

export const BASE = 2;

/** Units that the load takes now and has taken for half a day, and those of the half day before. */
export const NEED = 10;
const QUIET_NEED = 4;

/** How a group is handed over; by default it carries the tag and needs ten units. */
export interface Handover {
  /** False leaves the tag `prescale:policy` off. @default true */
  readonly tagged?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Steps of five minutes of load behind now. @default two hours */
  readonly steps?: number;
}

/** What an owner sees of a group. */
export interface GroupSeen {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the scheduled actions that are armed. */
  readonly scheduled: readonly string[];
}

/** Groups with a target-tracking policy of their own, each with a load and a policy document named after it. */
export class HandedGroups {
  readonly #clients: Clients;
  readonly #run: string;
  readonly #created = new Set<string>();

  /** `run` is the part of each name that no other run has. */
  constructor(clients: Clients, run: string) {
    this.#clients = clients;
    this.#run = run;
  }

  async prepare(): Promise<void> {
    const ec2 = new EC2Client({});
    const LaunchTemplateData = { ImageId: 'ami-12c6146b', InstanceType: 't3.medium' } as const;
    await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: this.#run, LaunchTemplateData }));
    ec2.destroy();
  }

  async handOver(role: string, { tagged = true, tags = {}, steps = TWO_HOURS }: Handover = {}): Promise<GroupId> {
    const name = `${this.#run}-${role}`;
    const policy = policyFor(name);
    const Value = JSON.stringify(policy);
    const parameter = { Name: `/prescale/policies/${name}`, Type: 'String', Value, Overwrite: true } as const;
    await this.#clients.ssm.send(new PutParameterCommand(parameter));
    await this.publish(name, steps);
    // Handed over last: a turn that finds the group finds its policy and its load.
    await this.#create(name, tagged ? { ...tags, 'prescale:policy': name } : tags);
    const { items } = await scalingCalls(this.#clients.autoScaling).groups({ names: [name] }, undefined);
    const group = items[0] && groupIdOf(items[0]);
    if (group === undefined) throw new Error(`the group ${name} was created and is not there`);
    return group;
  }

  /** Adds load to the newest steps, on top of what is there: of each day the latest half takes `NEED` units, the other four. */
  async publish(name: string, steps: number): Promise<void> {
    const { metric } = policyFor(name).load;
    const newest = Math.floor(Date.now() / STEP_MS) * STEP_MS;
    const data = Array.from({ length: steps }, (_, i) => ({
      MetricName: metric.name,
      Timestamp: new Date(newest - i * STEP_MS),
      Value: (i % STEPS_A_DAY < STEPS_A_DAY / 2 ? NEED : QUIET_NEED) * 0.8 * (STEP_MS / 1000),
    }));
    for (let from = 0; from < data.length; from += MOST_DATA) {
      const MetricData = data.slice(from, from + MOST_DATA);
      await this.#clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: metric.namespace, MetricData }));
    }
  }

  async see({ name }: GroupId): Promise<GroupSeen> {
    const { autoScaling } = this.#clients;
    const { items } = await scalingCalls(autoScaling).groups({ names: [name] }, undefined);
    const scheduled = await autoScaling.send(new DescribeScheduledActionsCommand({ AutoScalingGroupName: name }));
    const [found] = items;
    if (found === undefined) throw new Error(`the group ${name} is gone`);
    return {
      minSize: found.MinSize ?? Number.NaN,
      maxSize: found.MaxSize ?? Number.NaN,
      desired: found.DesiredCapacity ?? Number.NaN,
      tags: Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      scheduled: (scheduled.ScheduledUpdateGroupActions ?? []).map((action) => action.ScheduledActionName ?? ''),
    };
  }

  /** Takes every group away, so that no later turn meets it. */
  async removeAll(): Promise<void> {
    for (const AutoScalingGroupName of this.#created) {
      await this.#clients.autoScaling.send(
        new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true }),
      );
    }
    this.#created.clear();
  }

  async #create(name: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const { autoScaling } = this.#clients;
    const Tags = Object.entries(tags).map(([Key, Value]) => ({
      ...{ ResourceId: name, ResourceType: 'auto-scaling-group', PropagateAtLaunch: false },
      ...{ Key, Value },
    }));
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateName: this.#run, Version: '$Latest' },
        MinSize: BASE,
        MaxSize: 40,
        DesiredCapacity: 4,
        AvailabilityZones: ['us-east-1a'],
        Tags,
      }),
    );
    this.#created.add(name);
    const TargetTrackingConfiguration = {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: 50,
    } as const;
    // The emulator files policies by their name alone: two groups must not have one of the same name.
    const own = { AutoScalingGroupName: name, PolicyName: `${name}-own`, PolicyType: 'TargetTrackingScaling' };
    await autoScaling.send(new PutScalingPolicyCommand({ ...own, TargetTrackingConfiguration }));
  }
}

/** What the group of this name is handed to. */
export const policyFor = (name: string): Policy =>
  policyOf({
    version: 1,
    name,
    workload: name,
    mode: 'floor',
    load: {
      source: 'total',
      metric: { namespace: name, name: 'Requests', statistic: 'Sum', periodSeconds: STEP_MS / 1000 },
      missing: 'unknown',
    },
    capacity: { throughputPerUnit: 1 },
    // As often as the deployed rule runs.
    cadenceSeconds: 60,
    // A release is one step, so that one turn shows it whole.
    guards: { maxStepInShare: 1 },
  });
