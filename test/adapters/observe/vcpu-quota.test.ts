import type { GetMetricDataInput, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from '@jest/globals';
import { quotaClassOf, vcpuQuota } from '../../../adapters/observe/vcpu-quota.ts';

const NOW_MS = Date.UTC(2026, 0, 5, 12);

/** CloudWatch that answers with these results, and what it was asked. */
function answering(results: readonly MetricDataResult[]) {
  const asked: GetMetricDataInput[] = [];
  let metered = 0;
  const calls = {
    getMetricData: async (input: GetMetricDataInput) => {
      asked.push(input);
      return { $metadata: {}, MetricDataResults: [...results] };
    },
  };
  const meter = (metrics: number): void => {
    metered += metrics;
  };
  return { asked, metered: () => metered, read: () => vcpuQuota('Standard/OnDemand', NOW_MS, { calls, meter }) };
}

describe('quotaClassOf', () => {
  it.each([
    { type: 'm5.large', market: 'OnDemand', name: 'Standard/OnDemand' },
    { type: 't3.micro', market: 'Spot', name: 'Standard/Spot' },
    { type: 'im4gn.large', market: 'OnDemand', name: 'Standard/OnDemand' },
    { type: 'g5.xlarge', market: 'OnDemand', name: 'G/OnDemand' },
    { type: 'vt1.3xlarge', market: 'Spot', name: 'G/Spot' },
    { type: 'inf2.xlarge', market: 'OnDemand', name: 'Inf/OnDemand' },
    { type: 'p4d.24xlarge', market: 'Spot', name: 'P/Spot' },
    { type: 'p5.48xlarge', market: 'OnDemand', name: 'P/OnDemand' },
    { type: 'p5.48xlarge', market: 'Spot', name: undefined },
    { type: 'mac2.metal', market: 'OnDemand', name: undefined },
    { type: 'hpc6a.48xlarge', market: 'OnDemand', name: undefined },
    { type: 'u-6tb1.metal', market: 'OnDemand', name: undefined },
  ] as const)('counts $type, $market, as $name', ({ type, market, name }) => {
    expect(quotaClassOf(type, market)).toBe(name);
  });
});

describe('vcpuQuota', () => {
  it('is the newest use and the quota that CloudWatch knows for it, for two metrics', async () => {
    const world = answering([
      { Id: 'used', Values: [96, 90] },
      { Id: 'quota', Values: [128, 128] },
    ]);
    expect(await world.read()).toEqual({ used: 96, quota: 128 });
    expect(world.metered()).toBe(2);
  });

  it('asks for the use of the class and for SERVICE_QUOTA of it, newest first', async () => {
    const world = answering([]);
    await world.read();
    expect(world.asked[0]).toMatchObject({
      ScanBy: 'TimestampDescending',
      EndTime: new Date(NOW_MS),
      MetricDataQueries: [
        {
          Id: 'used',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Usage',
              MetricName: 'ResourceCount',
              Dimensions: [
                { Name: 'Service', Value: 'EC2' },
                { Name: 'Type', Value: 'Resource' },
                { Name: 'Resource', Value: 'vCPU' },
                { Name: 'Class', Value: 'Standard/OnDemand' },
              ],
            },
            Stat: 'Maximum',
          },
        },
        { Id: 'quota', Expression: 'SERVICE_QUOTA(used)' },
      ],
    });
  });

  it.each([
    { case: 'nothing of the class runs', results: [] },
    { case: 'the source knows no metric math', results: [{ Id: 'used', Values: [4] }] },
    {
      case: 'there are no points',
      results: [
        { Id: 'used', Values: [] },
        { Id: 'quota', Values: [] },
      ],
    },
  ])('is not known where $case', async ({ results }) => {
    expect(await answering(results).read()).toBeUndefined();
  });
});
