import {
  AutoScalingClient,
  BatchPutScheduledUpdateGroupActionCommand,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { upstreamAt } from '../../tools/emulator/gate/forward.ts';
import { startGate } from '../../tools/emulator/gate/gate.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

// A gate of this file's own: moving the clock of the one that other tests share would disturb them.
const metrics = process.env['AWS_ENDPOINT_URL'] ?? '';
const compute = process.env['PRESCALE_COMPUTE_URL'] ?? metrics;
const gate = await startGate({ compute: upstreamAt(compute), metrics: upstreamAt(metrics) });

const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return (await fetch(`${gate.url}/_prescale/${path}`, options)).json();
};

describe('the gate in front of the emulator', () => {
  const once = { maxAttempts: 1, endpoint: gate.url };
  const autoScaling = new AutoScalingClient(once);
  const cloudWatch = new CloudWatchClient(once);
  const ec2 = new EC2Client(once);
  const template = `gate-template-${process.pid}`;
  let group = '';
  let groups = 0;

  const stateOf = async (name: string) => {
    const answer = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }));
    const found = answer.AutoScalingGroups?.[0];
    const inService = found?.Instances?.filter((one) => one.LifecycleState === 'InService').length;
    return { min: found?.MinSize, max: found?.MaxSize, desired: found?.DesiredCapacity, inService };
  };

  const createGroup = async (name: string): Promise<void> => {
    const LaunchTemplate = { LaunchTemplateName: template, Version: '$Latest' };
    const sizes = { MinSize: 1, MaxSize: 6, DesiredCapacity: 2, AvailabilityZones: ['us-east-1a'] };
    await autoScaling.send(new CreateAutoScalingGroupCommand({ AutoScalingGroupName: name, LaunchTemplate, ...sizes }));
  };

  const home = (name: string, startMs: number, MinSize = 1) =>
    new PutScheduledUpdateGroupActionCommand({
      AutoScalingGroupName: group,
      ScheduledActionName: name,
      StartTime: new Date(startMs),
      MinSize,
    });

  beforeAll(async () => {
    const LaunchTemplateData = { ImageId: 'ami-12c6146b', InstanceType: 't3.micro' } as const;
    await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: template, LaunchTemplateData }));
  });

  beforeEach(async () => {
    groups += 1;
    group = `gate-${process.pid}-${groups}`;
    await createGroup(group);
  });

  afterEach(async () => {
    await control('POST', 'clock', { nowMs: null });
    await control('DELETE', 'faults');
    await autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: group, ForceDelete: true }));
  });

  afterAll(async () => {
    await gate.stop();
    autoScaling.destroy();
    cloudWatch.destroy();
    ec2.destroy();
  });

  it('launches the instances of a new group and keeps a target-tracking policy', async () => {
    const PredefinedMetricSpecification = { PredefinedMetricType: 'ASGAverageCPUUtilization' } as const;
    const policy = { AutoScalingGroupName: group, PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' };
    const TargetTrackingConfiguration = { PredefinedMetricSpecification, TargetValue: 50 };
    await autoScaling.send(new PutScalingPolicyCommand({ ...policy, TargetTrackingConfiguration }));
    const { ScalingPolicies } = await autoScaling.send(new DescribePoliciesCommand({ AutoScalingGroupName: group }));
    expect(await stateOf(group)).toEqual({ min: 1, max: 6, desired: 2, inService: 2 });
    expect(ScalingPolicies?.map((one) => one.TargetTrackingConfiguration?.TargetValue)).toEqual([50]);
  });

  it.each([
    { case: 'a floor above desired raises desired', change: { MinSize: 4 }, desired: 4 },
    { case: 'a ceiling below desired lowers desired', change: { MaxSize: 1 }, desired: 1 },
    { case: 'a floor below desired leaves it', change: { MinSize: 2 }, desired: 2 },
  ])('$case', async ({ change, desired }) => {
    await autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, ...change }));
    expect(await stateOf(group)).toMatchObject({ desired, inService: desired });
  });

  it.each([
    { case: 'a floor above the ceiling', change: { MinSize: 7 }, message: /Max bound, 6/ },
    { case: 'desired above the ceiling', change: { DesiredCapacity: 7 }, message: /between the specified min size:1/ },
  ])('refuses $case and changes nothing', async ({ change, message }) => {
    const call = autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, ...change }));
    await expect(call).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) });
    expect(await stateOf(group)).toMatchObject({ min: 1, max: 6, desired: 2 });
  });

  it('keeps the mixed-instances policy of a group whose floor moves', async () => {
    const name = `${group}-mixed`;
    const LaunchTemplateSpecification = { LaunchTemplateName: template, Version: '$Latest' };
    const Overrides = [{ InstanceType: 'm5.large' }, { InstanceType: 'm5a.large' }];
    const MixedInstancesPolicy = { LaunchTemplate: { LaunchTemplateSpecification, Overrides } };
    const sizes = { MinSize: 1, MaxSize: 6, AvailabilityZones: ['us-east-1a'] };
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({ AutoScalingGroupName: name, MixedInstancesPolicy, ...sizes }),
    );
    await autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, MinSize: 3 }));
    const answer = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }));
    await autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete: true }));
    const found = answer.AutoScalingGroups?.[0];
    expect(found).toMatchObject({
      MinSize: 3,
      DesiredCapacity: 3,
      MixedInstancesPolicy: { LaunchTemplate: { Overrides } },
    });
  });

  it('answers ValidationError for a group that does not exist', async () => {
    const unknown = { AutoScalingGroupName: 'no-such-group', DesiredCapacity: 1 };
    const refusal = { name: 'ValidationError', $metadata: { httpStatusCode: 400 } };
    await expect(autoScaling.send(new SetDesiredCapacityCommand(unknown))).rejects.toMatchObject(refusal);
    await expect(autoScaling.send(new UpdateAutoScalingGroupCommand(unknown))).rejects.toMatchObject(refusal);
  });

  it('refuses SetDesiredCapacity within the cooldown that the caller honours, not after it', async () => {
    const nowMs = Date.now();
    await control('POST', 'clock', { nowMs });
    const set = (DesiredCapacity: number, HonorCooldown: boolean) =>
      autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: group, DesiredCapacity, HonorCooldown }));
    await set(3, false);
    await expect(set(4, true)).rejects.toMatchObject({ name: 'ScalingActivityInProgressFault' });
    await control('POST', 'clock', { nowMs: nowMs + 300_000 });
    await set(4, true);
    expect(await stateOf(group)).toMatchObject({ desired: 4 });
  });

  it('runs a scheduled action when the clock passes its start, once', async () => {
    await autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, MinSize: 4 }));
    const startMs = Math.ceil(Date.now() / 1000) * 1000 + 30 * MINUTE_MS;
    await autoScaling.send(home('home', startMs));
    await control('POST', 'clock', { nowMs: startMs - 1000 });
    expect(await stateOf(group)).toMatchObject({ min: 4 });
    await control('POST', 'clock', { nowMs: startMs + 1000 });
    const left = await autoScaling.send(new DescribeScheduledActionsCommand({ AutoScalingGroupName: group }));
    expect(await stateOf(group)).toMatchObject({ min: 1, desired: 4 });
    expect(left.ScheduledUpdateGroupActions).toEqual([]);
  });

  it('drops a scheduled action of a group whose ScheduledActions process is suspended', async () => {
    const startMs = Math.ceil(Date.now() / 1000) * 1000 + MINUTE_MS;
    await autoScaling.send(home('home', startMs, 3));
    const ScalingProcesses = ['ScheduledActions'];
    await autoScaling.send(new SuspendProcessesCommand({ AutoScalingGroupName: group, ScalingProcesses }));
    await control('POST', 'clock', { nowMs: startMs });
    expect(await stateOf(group)).toMatchObject({ min: 1 });
  });

  it('keeps the same action name apart in two groups', async () => {
    const other = `${group}-other`;
    await createGroup(other);
    const startMs = Math.ceil(Date.now() / 1000) * 1000 + MINUTE_MS;
    await autoScaling.send(home('home', startMs));
    const StartTime = new Date(startMs);
    const twin = { AutoScalingGroupName: other, ScheduledActionName: 'home', StartTime, MinSize: 2 };
    await autoScaling.send(new PutScheduledUpdateGroupActionCommand(twin));
    const mine = await autoScaling.send(new DescribeScheduledActionsCommand({ AutoScalingGroupName: group }));
    await autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: other, ForceDelete: true }));
    expect(mine.ScheduledUpdateGroupActions).toMatchObject([{ ScheduledActionName: 'home', MinSize: 1, StartTime }]);
  });

  it('refuses a start in the past and a start that another action has', async () => {
    const startMs = Math.ceil(Date.now() / 1000) * 1000 + MINUTE_MS;
    await autoScaling.send(home('first', startMs));
    await expect(autoScaling.send(home('second', startMs))).rejects.toMatchObject({ name: 'AlreadyExistsFault' });
    await expect(autoScaling.send(home('late', Date.now() - 5000))).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('names the members of a batch that failed and keeps the others', async () => {
    const startMs = Math.ceil(Date.now() / 1000) * 1000 + MINUTE_MS;
    const ScheduledUpdateGroupActions = ['a', 'b'].map((name) => ({
      ScheduledActionName: name,
      StartTime: new Date(startMs),
      MinSize: 1,
    }));
    const batch = { AutoScalingGroupName: group, ScheduledUpdateGroupActions };
    const answer = await autoScaling.send(new BatchPutScheduledUpdateGroupActionCommand(batch));
    const failed = answer.FailedScheduledUpdateGroupActions;
    expect(failed).toMatchObject([{ ScheduledActionName: 'b', ErrorCode: 'AlreadyExists' }]);
  });

  it('fails the next calls as it is told, then no more', async () => {
    await control('POST', 'faults', { action: 'UpdateAutoScalingGroup', code: 'ResourceContention', times: 1 });
    const update = () =>
      autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, MinSize: 2 }));
    await expect(update()).rejects.toMatchObject({ name: 'ResourceContentionFault' });
    await update();
    const calls = await control('GET', `calls?action=UpdateAutoScalingGroup&group=${group}`);
    expect(calls).toMatchObject({ calls: [{ outcome: 'ResourceContention' }, { outcome: 'ok' }] });
  });

  it('carries metrics of a day that lies in the future of the machine, once its clock is there', async () => {
    const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS + DAY_MS;
    const MetricData = [{ MetricName: 'load', Timestamp: new Date(nowMs - 5 * MINUTE_MS), Value: 42 }];
    const put = () => cloudWatch.send(new PutMetricDataCommand({ Namespace: group, MetricData }));
    await expect(put()).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await control('POST', 'clock', { nowMs });
    await put();
    const MetricStat = { Metric: { Namespace: group, MetricName: 'load' }, Period: 60, Stat: 'Sum' };
    const read = { MetricDataQueries: [{ Id: 'load', MetricStat }], StartTime: new Date(nowMs - DAY_MS) };
    const answer = await cloudWatch.send(new GetMetricDataCommand({ ...read, EndTime: new Date(nowMs) }));
    expect(answer.MetricDataResults?.[0]).toMatchObject({ Values: [42], StatusCode: 'Complete' });
  });

  it('pages a read beyond MaxDatapoints, newest first', async () => {
    const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    // Enough of them for the SDK to compress the body.
    const stamps = Array.from({ length: 300 }, (_, index) => endMs - (index + 1) * MINUTE_MS);
    const MetricData = stamps.map((ms) => ({ MetricName: 'paged', Timestamp: new Date(ms), Value: ms }));
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: group, MetricData }));
    const MetricStat = { Metric: { Namespace: group, MetricName: 'paged' }, Period: 60, Stat: 'Sum' };
    const window = { StartTime: new Date(endMs - DAY_MS), EndTime: new Date(endMs), MaxDatapoints: 200 };
    const read = { MetricDataQueries: [{ Id: 'paged', MetricStat }], ...window };
    const first = await cloudWatch.send(new GetMetricDataCommand(read));
    const NextToken = first.NextToken;
    const second = await cloudWatch.send(new GetMetricDataCommand({ ...read, NextToken }));
    const values = [first, second].flatMap((page) => page.MetricDataResults?.[0]?.Values ?? []);
    expect(first.MetricDataResults?.[0]).toMatchObject({ StatusCode: 'PartialData' });
    expect(values).toEqual(stamps);
  });

  it('refuses a read without a window', async () => {
    const MetricStat = { Metric: { Namespace: group, MetricName: 'load' }, Period: 60, Stat: 'Sum' };
    const at = new Date();
    const read = { MetricDataQueries: [{ Id: 'load', MetricStat }], StartTime: at, EndTime: at };
    const call = cloudWatch.send(new GetMetricDataCommand(read));
    await expect(call).rejects.toMatchObject({ name: 'ValidationException', Code: 'ValidationError' });
  });
});
