import {
  type AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { portsOver } from '../../adapters/aws/aws-ports.ts';
import { type Clients, destroyClients, makeClients } from '../../adapters/aws/clients.ts';
import { systemClock } from '../../adapters/clock.ts';
import { groupIdOf } from '../../adapters/observe/group-snapshot.ts';
import { scalingCalls } from '../../adapters/observe/scaling-calls.ts';
import type { GroupId } from '../../loop/ports.ts';
import type { Account, GroupWanted } from '../contract/account.ts';

const RUN = `contract-${process.pid}`;

/** The state of a controller and a launch template, made for one test file, and the accounts that stand on them. */
export class AwsAccounts {
  readonly clients: Clients = makeClients();
  readonly #ec2 = new EC2Client({});
  readonly #created: GroupId[] = [];
  readonly lines: string[] = [];
  #ticks = '';
  #refits = '';
  #topic = '';
  #names = 0;

  async create(): Promise<void> {
    const { dynamo, s3, sns, sqs } = this.clients;
    const LaunchTemplateData = { ImageId: 'ami-12c6146b', InstanceType: 't3.micro' } as const;
    await this.#ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: RUN, LaunchTemplateData }));
    await dynamo.send(
      new CreateTableCommand({
        TableName: RUN,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    await s3.send(new CreateBucketCommand({ Bucket: RUN }));
    const queue = async (QueueName: string) => (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
    [this.#ticks, this.#refits] = [await queue(`${RUN}-ticks`), await queue(`${RUN}-refits`)];
    this.#topic = (await sns.send(new CreateTopicCommand({ Name: RUN }))).TopicArn ?? '';
  }

  async destroy(): Promise<void> {
    const { autoScaling, dynamo, sqs } = this.clients;
    for (const group of this.#created) await this.#delete(autoScaling, group);
    for (const QueueUrl of [this.#ticks, this.#refits]) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await dynamo.send(new DeleteTableCommand({ TableName: RUN }));
    destroyClients(this.clients);
    this.#ec2.destroy();
  }

  freshName = (): string => {
    this.#names += 1;
    return `${RUN}-${this.#names}`;
  };

  /** An account with parameters of its own; everything else is told apart by names. */
  open(): Account {
    const { autoScaling } = this.clients;
    const parameterPrefix = `/${this.freshName()}`;
    // What the stack writes when it is deployed; each test that reads the switch waits for it.
    const deployed = this.#parameter(`${parameterPrefix}/switch`, '{"verb":"run","reason":"set by the stack"}');
    const ports = portsOver(
      this.clients,
      {
        table: RUN,
        bucket: RUN,
        parameterPrefix,
        refitQueueUrl: this.#refits,
        tickQueueUrl: this.#ticks,
        noticesTopicArn: this.#topic,
        driftEvent: { source: 'test', detailType: 'drift' },
        ledgerDays: 90,
      },
      { clock: systemClock, write: (line) => this.lines.push(line) },
    );
    const { switches } = ports;
    return {
      ports: {
        ...ports,
        switches: {
          read: async (group, own) => deployed.then(() => switches.read(group, own)),
          write: async (scope, value) => deployed.then(() => switches.write(scope, value)),
        },
      },
      nowMs: () => Date.now(),
      freshName: this.freshName,
      addGroup: (wanted) => this.#addGroup(wanted),
      removeGroup: (group) => this.#delete(autoScaling, group),
      schedule: async ({ name: AutoScalingGroupName }, { name, startMs, minSize }) => {
        const StartTime = new Date(startMs);
        const action = { AutoScalingGroupName, ScheduledActionName: name, StartTime, MinSize: minSize };
        await autoScaling.send(new PutScheduledUpdateGroupActionCommand(action));
      },
      suspend: async ({ name }, processes) => {
        const ScalingProcesses = [...processes];
        await autoScaling.send(new SuspendProcessesCommand({ AutoScalingGroupName: name, ScalingProcesses }));
      },
      publish: async (metric, { timestampsMs, values }) => {
        const Dimensions = Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
        const MetricData = Array.from(timestampsMs, (stamp, i) => ({
          MetricName: metric.name,
          Dimensions,
          Timestamp: new Date(stamp),
          Value: values[i]!,
        }));
        await this.clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: metric.namespace, MetricData }));
      },
      putPolicyText: (name, text) => this.#parameter(`${parameterPrefix}/policies/${name}`, text),
      takeTicks: async (count) => (await this.#take(this.#ticks, count)).map((body) => JSON.parse(body)),
      takeRefits: async (count) => (await this.#take(this.#refits, count)).map((body) => JSON.parse(body)),
    };
  }

  async #addGroup({ minSize, maxSize, desired, policyName, tags, ownPolicy }: GroupWanted): Promise<GroupId> {
    const { autoScaling } = this.clients;
    const name = this.freshName();
    const all = { ...tags, ...(policyName === undefined ? {} : { 'prescale:policy': policyName }) };
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateName: RUN, Version: '$Latest' },
        MinSize: minSize,
        MaxSize: maxSize,
        DesiredCapacity: desired ?? minSize,
        AvailabilityZones: ['us-east-1a'],
        Tags: Object.entries(all).map(([Key, Value]) => ({
          ResourceId: name,
          ResourceType: 'auto-scaling-group',
          Key,
          Value,
          PropagateAtLaunch: false,
        })),
      }),
    );
    if (ownPolicy !== undefined) {
      const TargetTrackingConfiguration = {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 50,
        DisableScaleIn: ownPolicy === 'out-only',
      } as const;
      const policy = { AutoScalingGroupName: name, PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' };
      await autoScaling.send(new PutScalingPolicyCommand({ ...policy, TargetTrackingConfiguration }));
    }
    const group = await this.#identity(name);
    this.#created.push(group);
    return group;
  }

  async #identity(name: string): Promise<GroupId> {
    const { items } = await scalingCalls(this.clients.autoScaling).groups({ names: [name] }, undefined);
    const group = items[0] && groupIdOf(items[0]);
    if (group === undefined) throw new Error(`the group ${name} was created and is not there`);
    return group;
  }

  async #delete(client: AutoScalingClient, { name }: GroupId): Promise<void> {
    const input = { AutoScalingGroupName: name, ForceDelete: true };
    await client.send(new DeleteAutoScalingGroupCommand(input)).catch((error: unknown) => {
      // One test deletes its group itself.
      if (!(error instanceof Error && /not found/i.test(error.message))) throw error;
    });
  }

  async #parameter(Name: string, Value: string): Promise<void> {
    await this.clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  }

  async #take(QueueUrl: string, count: number): Promise<readonly string[]> {
    const bodies: string[] = [];
    const { sqs } = this.clients;
    while (bodies.length < count) {
      const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      if (Messages.length === 0) break;
      for (const { Body = '', ReceiptHandle } of Messages) {
        bodies.push(Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
    return bodies;
  }
}
