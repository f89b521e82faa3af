import type { AutoScalingGroup, LaunchTemplateOverrides } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { awsCallError } from '../../../adapters/aws/aws-call-error.ts';
import { AccountHeadroom } from '../../../adapters/observe/account-headroom.ts';
import type { Ec2Calls } from '../../../adapters/observe/ec2-calls.ts';
import { instant } from '../../../models/kernel/series.ts';
import { groupNamed } from '../../contract/samples.ts';

const web = groupNamed('web');

const VCPUS: Readonly<Record<string, number>> = { 'm5.large': 2, 'm5.4xlarge': 16, 'g5.xlarge': 4 };

interface Account {
  readonly group?: Partial<AutoScalingGroup>;
  /** What EC2 says of the instance that stands in it; absent: nothing stands. */
  readonly standing?: Instance | null;
  readonly ec2?: Partial<Ec2Calls>;
  /** Used and quota of each class. */
  readonly quotas?: Readonly<Record<string, readonly [used: number, quota: number]>>;
}

const PLAIN = { VPCZoneIdentifier: 'subnet-a, subnet-b', Instances: [{ InstanceId: 'i-1' }] } as const;

/** An account of one group that launches m5.large into two subnets with 40 and 2 free addresses, and its calls. */
function accountOf({ group = {}, standing = { InstanceType: 'm5.large' }, ec2 = {}, quotas }: Account = {}) {
  const calls: string[] = [];
  const known = quotas ?? { 'Standard/OnDemand': [96, 128] };
  const headroom = new AccountHeadroom({
    clock: { wall: () => instant(0) },
    meter: () => undefined,
    scaling: {
      groups: async () => {
        calls.push('groups');
        const described = { AutoScalingGroupName: 'web', AutoScalingGroupARN: web.arn, ...PLAIN, ...group };
        return { items: [described as unknown as AutoScalingGroup], next: undefined };
      },
    },
    ec2: {
      subnets: async (ids) => ids.map((_, i) => ({ AvailableIpAddressCount: i === 0 ? 40 : 2 })),
      instanceTypes: async ([type = '']) => [{ VCpuInfo: { DefaultVCpus: VCPUS[type] } }],
      instances: async () => (standing === null ? [] : [standing]),
      ...ec2,
    },
    metrics: {
      getMetricData: async ({ MetricDataQueries }) => {
        const dimensions = MetricDataQueries?.[0]?.MetricStat?.Metric?.Dimensions ?? [];
        const name = dimensions.find(({ Name }) => Name === 'Class')?.Value ?? '';
        calls.push(name);
        const [used, quota] = known[name] ?? [];
        const told = (Id: string, value: number | undefined) => ({ Id, Values: value === undefined ? [] : [value] });
        return { $metadata: {}, MetricDataResults: [told('used', used), told('quota', quota)] };
      },
    },
  });
  return { calls, ask: () => headroom.headroom(web) };
}

const mixed = (share: number, ...Overrides: LaunchTemplateOverrides[]) => ({
  MixedInstancesPolicy: {
    InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: share },
    LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: 'web' }, Overrides },
  },
});

describe('AccountHeadroom', () => {
  it('tells what the quota and the subnets leave, each with its figures', async () => {
    expect(await accountOf().ask()).toEqual({
      limits: [
        { of: 'subnet-addresses', units: 42, said: '42 addresses are free in the 2 subnets of the group' },
        { of: 'vcpu-quota', units: 16, said: '96 of 128 vCPU of Standard/OnDemand are in use' },
      ],
      unknown: [],
    });
  });

  it('is nothing, not less, where more is in use than the quota allows', async () => {
    const { limits } = await accountOf({ quotas: { 'Standard/OnDemand': [130, 128] } }).ask();
    expect(limits[1]).toMatchObject({ of: 'vcpu-quota', units: 0 });
  });

  it('counts units by weight, for the type that makes the most of the quota', async () => {
    const group = mixed(
      100,
      { InstanceType: 'm5.large', WeightedCapacity: '1' },
      { InstanceType: 'm5.4xlarge', WeightedCapacity: '12' },
    );
    const { limits } = await accountOf({ group }).ask();
    // 32 vCPU are two of twelve units, or sixteen of one; 42 addresses are as many of twelve.
    expect(limits.map(({ units }) => units)).toEqual([42 * 12, 24]);
  });

  it('adds up the quotas of the markets and classes among which the group may choose', async () => {
    const group = mixed(50, { InstanceType: 'm5.large' }, { InstanceType: 'g5.xlarge' });
    const quotas = {
      'Standard/OnDemand': [96, 128],
      'Standard/Spot': [0, 8],
      'G/OnDemand': [0, 4],
      'G/Spot': [0, 0],
    } as const;
    const { limits } = await accountOf({ group, quotas }).ask();
    expect(limits[1]).toMatchObject({ of: 'vcpu-quota', units: 16 + 4 + 1 });
  });

  it('asks for Spot quotas where what stands was bought as Spot', async () => {
    const standing = { InstanceType: 'm5.large', InstanceLifecycle: 'spot' } as const;
    const { limits } = await accountOf({ standing, quotas: { 'Standard/Spot': [0, 8] } }).ask();
    expect(limits[1]).toMatchObject({ units: 4, said: '0 of 8 vCPU of Standard/Spot are in use' });
  });

  it.each([
    {
      case: 'the group names zones instead of subnets',
      account: { group: { VPCZoneIdentifier: '' } },
      says: /names zones, not subnets/,
    },
    {
      case: 'types are chosen by attributes',
      account: { group: mixed(100, { InstanceRequirements: { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 1 } } }) },
      says: /chosen by their attributes/,
    },
    { case: 'nothing stands in the group', account: { standing: null }, says: /nothing runs in the group/ },
    {
      case: 'capacity is reserved',
      account: { standing: { InstanceType: 'm5.large', CapacityReservationId: 'cr-1' } },
      says: /run in reserved capacity/,
    },
    {
      case: 'the family is none that is known',
      account: { standing: { InstanceType: 'mac2.metal' } },
      says: /quota of mac2\.metal is not known/,
    },
    { case: 'nothing of the class runs yet', account: { quotas: {} }, says: /publishes no use of it/ },
    {
      case: 'EC2 is not told the vCPU of the type',
      account: { ec2: { instanceTypes: async () => [] } },
      says: /does not tell the vCPU/,
    },
    {
      case: 'a call is refused',
      account: {
        ec2: { subnets: () => Promise.reject(awsCallError('DescribeSubnets', new Error('UnauthorizedOperation'))) },
      },
      says: /DescribeSubnets failed/,
    },
  ] satisfies readonly { case: string; account: Account; says: RegExp }[])(
    'names what it cannot tell, and tells the rest: $case',
    async ({ account, says }) => {
      const { limits, unknown } = await accountOf(account).ask();
      expect([limits.length, unknown.length]).toEqual([1, 1]);
      expect(unknown[0]).toMatch(says);
    },
  );

  it('knows nothing of a group that was created anew under the same name', async () => {
    const { limits, unknown } = await accountOf({ group: { AutoScalingGroupARN: 'arn:another' } }).ask();
    expect({ limits, unknown }).toEqual({ limits: [], unknown: ['there is no group "web"'] });
  });

  it('is read once for all who ask within its minutes', async () => {
    const { ask, calls } = accountOf();
    await Promise.all([ask(), ask()]);
    await ask();
    expect(calls).toEqual(['groups', 'Standard/OnDemand']);
  });
});
