import type { DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { launchTimes } from '../../../adapters/observe/ec2-instances.ts';

describe('launchTimes', () => {
  it('asks for two hundred at a call, follows pages, and leaves out what is gone', async () => {
    const asked: [number, string | undefined][] = [];
    const LaunchTime = new Date(7000);
    const describeAll = async (ids: readonly string[], token: string | undefined): Promise<DescribeInstancesResult> => {
      asked.push([ids.length, token]);
      const half = token === undefined ? ids.slice(0, 100) : ids.slice(100);
      const Instances = half.filter((id) => id !== 'i-3').map((InstanceId) => ({ InstanceId, LaunchTime }));
      return { Reservations: [{ Instances }], ...(token === undefined ? { NextToken: 'more' } : {}) };
    };
    const ids = Array.from({ length: 201 }, (_, i) => `i-${i}`);
    const launched = await launchTimes(ids, describeAll);
    expect(asked).toEqual([
      [200, undefined],
      [200, 'more'],
      [1, undefined],
      [1, 'more'],
    ]);
    expect([launched.size, launched.get('i-0'), launched.has('i-3')]).toEqual([200, 7000, false]);
  });
});
