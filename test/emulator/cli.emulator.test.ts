import { execFile } from 'node:child_process';
import path from 'node:path';
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portsOver } from '../../adapters/aws/aws-ports.ts';
import { type Clients, destroyClients, makeClients } from '../../adapters/aws/clients.ts';
import { systemClock } from '../../adapters/clock.ts';
import type { GroupId, Ports } from '../../loop/ports.ts';
import { tick } from '../../loop/tick.ts';
import { instant } from '../../models/kernel/series.ts';

const root = path.resolve(import.meta.dirname, '../..');
const NAME = `cli-${process.pid}`;
const PREFIX = `/${NAME}`;
const OWNER = `000000000000/us-east-1/${NAME}`;
const STEP_MS = 300_000;

const POLICY = {
  version: 1,
  name: NAME,
  workload: NAME,
  mode: 'floor',
  load: {
    source: 'total',
    metric: { namespace: NAME, name: 'Requests', statistic: 'Sum', periodSeconds: 300 },
    missing: 'unknown',
  },
  capacity: { throughputPerUnit: 1 },
};

let clients: Clients;
let ports: Ports;
let group: GroupId;
let tickQueueUrl: string;

/** A deployed controller without its functions: table, bucket, queue, parameters, and one group whose load needs ten. */
beforeAll(async () => {
  clients = makeClients();
  tickQueueUrl = (await makePlaces()).tickQueueUrl;
  await makeGroup();
  await publishLoad();
  const refitQueueUrl = tickQueueUrl;
  const places = { table: NAME, bucket: NAME, parameterPrefix: PREFIX, tickQueueUrl, refitQueueUrl };
  ports = portsOver(
    clients,
    {
      ...places,
      noticesTopicArn: 'arn:aws:sns:us-east-1:000000000000:none',
      driftEvent: { source: 'test', detailType: 'drift' },
      ledgerDays: 90,
    },
    { clock: systemClock, write: () => undefined },
  );
  for await (const tagged of ports.groups.tagged()) if (tagged.policyName === NAME) group = tagged.group;
}, 60_000);
afterAll(async () => {
  const scaling = new AutoScalingClient({});
  await scaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: NAME, ForceDelete: true }));
  scaling.destroy();
  destroyClients(clients);
});

async function makePlaces(): Promise<{ tickQueueUrl: string }> {
  const [dynamo, s3, ssm, sqs] = [
    new DynamoDBClient({}),
    new S3Client({ forcePathStyle: true }),
    new SSMClient({}),
    new SQSClient({}),
  ];
  await dynamo.send(
    new CreateTableCommand({
      TableName: NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: NAME }));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: NAME }));
  const documents = {
    switch: { verb: 'run', reason: 'set by the test' },
    [`policies/${NAME}`]: POLICY,
    installation: {
      table: NAME,
      bucket: NAME,
      tickQueueUrl: QueueUrl,
      refitQueueUrl: QueueUrl,
      noticesTopicArn: 'arn:aws:sns:us-east-1:000000000000:none',
      owner: OWNER,
    },
  };
  for (const [name, value] of Object.entries(documents)) {
    await ssm.send(
      new PutParameterCommand({ Name: `${PREFIX}/${name}`, Type: 'String', Value: JSON.stringify(value) }),
    );
  }
  for (const client of [dynamo, s3, ssm, sqs]) client.destroy();
  return { tickQueueUrl: QueueUrl };
}

async function makeGroup(): Promise<void> {
  const [ec2, scaling] = [new EC2Client({}), new AutoScalingClient({})];
  const LaunchTemplateData = { ImageId: 'ami-12c6146b', InstanceType: 't3.medium' } as const;
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: NAME, LaunchTemplateData }));
  const tag = { Key: 'prescale:policy', Value: NAME, ResourceType: 'auto-scaling-group', PropagateAtLaunch: false };
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: NAME,
      LaunchTemplate: { LaunchTemplateName: NAME, Version: '$Latest' },
      MinSize: 2,
      MaxSize: 40,
      DesiredCapacity: 4,
      AvailabilityZones: ['us-east-1a'],
      Tags: [{ ...tag, ResourceId: NAME }],
    }),
  );
  await scaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName: NAME,
      PolicyName: 'own',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 50,
      },
    }),
  );
  for (const client of [ec2, scaling]) client.destroy();
}

/** Two hours of five-minute sums that need ten units, up to now. */
async function publishLoad(): Promise<void> {
  const cloudWatch = new CloudWatchClient({});
  const last = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  const MetricData = Array.from({ length: 24 }, (_, i) => ({
    MetricName: 'Requests',
    Timestamp: new Date(last - i * STEP_MS),
    Value: 10 * 0.8 * 300,
  }));
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: NAME, MetricData }));
  cloudWatch.destroy();
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Never waits by blocking: the gate of the emulator answers from this very process. */
function prescale(...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '', PRESCALE_PREFIX: PREFIX };
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/main.ts', ...args], { cwd: root, env, timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function turn(): Promise<string> {
  const asOfMs = instant(Date.now());
  const message = { version: 1, group, policyName: NAME, asOfMs, fleetSize: 1 } as const;
  const settings = {
    owner: OWNER,
    version: '0.1.0',
    leaseSeconds: 45,
    fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
    remainingMs: () => 30_000,
  };
  const [outcome] = await tick([{ holder: `${NAME}-${asOfMs}`, message }], ports, settings);
  return `${outcome?.status}: ${outcome?.reason}`;
}

const minSize = async (): Promise<number | undefined> => (await ports.groups.describe([group])).get(group.arn)?.minSize;

describe('prescale against AWS on the wire', () => {
  it('examines, explains, replays, pauses, resumes, reports, and gives everything back', async () => {
    expect(await turn()).toMatch(/^acted: armed prescale-home/);
    expect(await minSize()).toBe(10);

    const doctor = await prescale('doctor', '--group', NAME, '--json');
    const found: { name: string; verdict: string; finding: string }[] = JSON.parse(doctor.stdout).checks;
    const verdicts = Object.fromEntries(found.map(({ name, verdict }) => [name, verdict]));
    expect(verdicts).toMatchObject({
      controller: 'good',
      'state table': 'good',
      'state bucket': 'good',
      policy: 'good',
      admission: 'good',
      switch: 'good',
      "dead-man's switch": 'good',
      metric: 'good',
      // Nobody runs the functions here, and that is what the doctor has to see.
      heartbeat: 'bad',
    });
    expect(doctor.status).toBe(1);

    expect((await prescale('explain', '--group', NAME)).stdout).toContain('10');
    expect(await prescale('replay', '--group', NAME, '--json')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"identical":true'),
    });

    expect((await prescale('pause', '--group', NAME, '--for', '1h')).status).toBe(0);
    expect((await ports.switches.read(group)).verb).toBe('freeze');
    expect((await prescale('resume', '--group', NAME)).status).toBe(0);
    expect((await ports.switches.read(group)).verb).toBe('run');

    expect((await prescale('report', '--group', NAME, '--out', '/dev/null', '--json')).stdout).toContain(
      '"decisions":1',
    );

    const gone = await prescale('uninstall', '--yes', '--json');
    const mine = JSON.parse(gone.stdout).groups.find((farewell: { group: string }) => farewell.group === NAME);
    expect(mine).toEqual({
      group: NAME,
      result: 'left',
      steps: ['MinSize back to 2', 'scheduled action prescale-home removed', 'tag prescale:owner removed'],
    });
    expect(await minSize()).toBe(2);
    expect((await ports.groups.surroundings(group, 'all')).scheduledActions).toEqual([]);
    expect(await ports.runtime.peek(group)).toBeUndefined();
  }, 60_000);

  it('says that nothing is deployed where nothing is', async () => {
    const { status, stderr } = await prescale('explain', '--group', NAME, '--prefix', '/nowhere');
    expect(status).toBe(2);
    expect(stderr).toContain('no Prescale in us-east-1: the parameter /nowhere/installation is not there');
  });
});
