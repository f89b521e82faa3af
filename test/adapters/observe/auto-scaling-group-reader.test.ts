import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from '@jest/globals';
import { AutoScalingGroupReader } from '../../../adapters/observe/auto-scaling-group-reader.ts';
import { isUnderWay, scalesAhead, scalesIn, scheduledActionOf } from '../../../adapters/observe/group-surroundings.ts';
import type { GroupSelection, Page, ScalingCalls } from '../../../adapters/observe/scaling-calls.ts';
import { groupNamed } from '../../contract/samples.ts';

const described = (name: string, more: Partial<AutoScalingGroup> = {}): AutoScalingGroup => ({
  AutoScalingGroupName: name,
  AutoScalingGroupARN: groupNamed(name).arn,
  MinSize: 1,
  MaxSize: 9,
  DesiredCapacity: 2,
  DefaultCooldown: 300,
  AvailabilityZones: [],
  HealthCheckType: 'EC2',
  CreatedTime: new Date(0),
  ...more,
});

const none: Page<never> = { items: [], next: undefined };

/** A reader over one answer to every question for groups. */
const readerOver = (groups: ScalingCalls['groups'], more: Partial<ScalingCalls> = {}) =>
  new AutoScalingGroupReader({
    groups,
    scheduledActions: async () => none,
    policies: async () => none,
    refreshes: async () => none,
    activities: async () => none,
    ...more,
  });

const instance = (
  LifecycleState: 'InService' | 'Pending:Wait' | 'Pending' | 'Terminating' | 'Standby',
  weight?: string,
) => ({
  InstanceId: 'i-1',
  AvailabilityZone: 'a',
  LifecycleState,
  HealthStatus: 'Healthy',
  ProtectedFromScaleIn: false,
  ...(weight === undefined ? {} : { WeightedCapacity: weight }),
});

describe('AutoScalingGroupReader', () => {
  it('asks for fifty groups at a call', async () => {
    const asked: number[] = [];
    const groups = async (selection: GroupSelection) => {
      asked.push('names' in selection ? selection.names.length : -1);
      return none;
    };
    await readerOver(groups).describe(Array.from({ length: 120 }, (_, i) => groupNamed(`g${i}`)));
    expect(asked.sort((a, b) => b - a)).toEqual([50, 50, 20]);
  });

  it('follows pages of tagged groups and leaves out a group that is being deleted', async () => {
    const Tags = [{ Key: 'prescale:policy', Value: 'web' }];
    const pages: Record<string, Page<AutoScalingGroup>> = {
      first: { items: [described('a', { Tags })], next: 'second' },
      second: {
        items: [described('b', { Tags, Status: 'Delete in progress' }), described('c', { Tags })],
        next: undefined,
      },
    };
    const names: string[] = [];
    const groups = async (_: GroupSelection, token: string | undefined) => pages[token ?? 'first'] ?? none;
    for await (const { group } of readerOver(groups).tagged()) names.push(group.name);
    expect(names).toEqual(['a', 'c']);
  });

  it.each([
    {
      case: 'instances in service and on their way',
      instances: [instance('InService'), instance('Pending'), instance('Pending:Wait')],
      capacity: [1, 2],
    },
    {
      case: 'weights, not instances',
      instances: [instance('InService', '4'), instance('InService', '2'), instance('Pending', '4')],
      capacity: [6, 4],
    },
    {
      case: 'nothing that leaves or stands by',
      instances: [instance('Terminating'), instance('Standby')],
      capacity: [0, 0],
    },
  ])('counts $case', async ({ instances, capacity }) => {
    const reader = readerOver(async () => ({ items: [described('a', { Instances: instances })], next: undefined }));
    const seen = (await reader.describe([groupNamed('a')])).get(groupNamed('a').arn);
    expect([seen?.inService, seen?.pending]).toEqual(capacity);
  });

  const overrides = (...weights: readonly (string | undefined)[]) => ({
    MixedInstancesPolicy: {
      LaunchTemplate: {
        Overrides: weights.map((weight) => (weight === undefined ? {} : { WeightedCapacity: weight })),
      },
    },
  });

  it.each([
    { case: 'those of its overrides, ascending and once each', more: overrides('8', '2', '8'), weights: [2, 8] },
    { case: 'one for an override that names none', more: overrides('4', undefined), weights: [1, 4] },
    {
      case: 'those of its instances where it has no overrides',
      more: { Instances: [instance('InService', '4')] },
      weights: [4],
    },
    { case: 'none where every instance counts for one', more: overrides('1', undefined), weights: undefined },
  ])('tells the weights of a group: $case', async ({ more, weights }) => {
    const reader = readerOver(async () => ({ items: [described('a', more)], next: undefined }));
    expect((await reader.describe([groupNamed('a')])).get(groupNamed('a').arn)?.weights).toEqual(weights);
  });
});

describe('scalesIn', () => {
  const targetTracking = { PolicyType: 'TargetTrackingScaling' };
  const step = (ScalingAdjustment: number) => ({ PolicyType: 'StepScaling', StepAdjustments: [{ ScalingAdjustment }] });

  it.each([
    { case: 'target tracking', policy: targetTracking, does: true },
    { case: 'a policy that is switched off', policy: { ...targetTracking, Enabled: false }, does: false },
    {
      case: 'target tracking that only scales out',
      policy: { ...targetTracking, TargetTrackingConfiguration: { TargetValue: 50, DisableScaleIn: true } },
      does: false,
    },
    { case: 'steps down', policy: { ...step(-1), AdjustmentType: 'ChangeInCapacity' }, does: true },
    { case: 'steps up', policy: { ...step(2), AdjustmentType: 'ChangeInCapacity' }, does: false },
    { case: 'steps to an exact capacity', policy: { ...step(2), AdjustmentType: 'ExactCapacity' }, does: true },
    { case: 'a simple cut', policy: { PolicyType: 'SimpleScaling', ScalingAdjustment: -1 }, does: true },
    { case: 'predictive scaling', policy: { PolicyType: 'PredictiveScaling' }, does: false },
  ])('$case: $does', ({ policy, does }) => {
    expect(scalesIn(policy)).toBe(does);
  });
});

describe('what else acts on a group', () => {
  it.each([
    { mode: 'ForecastAndScale' as const, does: true },
    { mode: 'ForecastOnly' as const, does: false },
  ])('predictive scaling in mode $mode moves it: $does', ({ mode, does }) => {
    const PredictiveScalingConfiguration = { MetricSpecifications: [], Mode: mode };
    expect(scalesAhead({ PolicyType: 'PredictiveScaling', PredictiveScalingConfiguration })).toBe(does);
  });

  it.each([
    { status: 'InProgress' as const, underWay: true },
    { status: 'Pending' as const, underWay: true },
    { status: 'RollbackInProgress' as const, underWay: true },
    { status: 'Baking' as const, underWay: true },
    { status: 'Successful' as const, underWay: false },
    { status: 'Cancelled' as const, underWay: false },
  ])('an instance refresh that is $status is under way: $underWay', ({ status, underWay }) => {
    expect(isUnderWay({ Status: status })).toBe(underWay);
  });

  it('a schedule that repeats is told, and one without a next start is none', () => {
    const StartTime = new Date(5000);
    const nightly = { ScheduledActionName: 'n', StartTime, Recurrence: '0 0 * * *', DesiredCapacity: 1 };
    expect(scheduledActionOf(nightly)).toEqual({ name: 'n', startMs: 5000, minSize: undefined, recurring: true });
    expect(scheduledActionOf({ ScheduledActionName: 'n' })).toBeUndefined();
  });
});
