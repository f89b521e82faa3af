import type { Activity } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from '@jest/globals';
import { AutoScalingLaunchReader } from '../../../adapters/observe/launch-reader.ts';
import { instant } from '../../../models/kernel/series.ts';
import { groupNamed } from '../../contract/samples.ts';

const MINUTE_MS = 60_000;
const NOON_MS = Date.UTC(2026, 0, 5, 12);
const at = (minutes: number): Date => new Date(NOON_MS + minutes * MINUTE_MS);

/** A launch of so many minutes after noon that took so long. */
const launch = (from: number, minutes: number, more: Partial<Activity> = {}): Activity => ({
  ActivityId: 'a',
  AutoScalingGroupName: 'web',
  Cause: '',
  Description: 'Launching a new EC2 instance: i-0abc',
  StartTime: at(from),
  EndTime: at(from + minutes),
  StatusCode: 'Successful',
  ...more,
});

/** A reader over these pages, newest first, and how many of them were read. */
function readerOver(...pages: readonly (readonly Activity[])[]) {
  let reads = 0;
  const reader = new AutoScalingLaunchReader({
    activities: async (_, token) => {
      reads += 1;
      const i = Number(token ?? 0);
      return { items: pages[i] ?? [], next: i + 1 < pages.length ? String(i + 1) : undefined };
    },
  });
  const span = { fromMs: instant(NOON_MS), toMs: instant(NOON_MS + 60 * MINUTE_MS) };
  return { recent: () => reader.recent(groupNamed('web'), span), reads: () => reads };
}

const minutesOf = async (reader: ReturnType<typeof readerOver>): Promise<readonly number[]> =>
  (await reader.recent()).boots.map(({ startMs, endMs }) => (endMs - startMs) / MINUTE_MS);

describe('AutoScalingLaunchReader', () => {
  it('tells how long launches took to be in service, oldest first', async () => {
    expect(await minutesOf(readerOver([launch(30, 4), launch(10, 6), launch(5, 3)]))).toEqual([3, 6, 4]);
  });

  it.each([
    { case: 'ended before the span', activity: launch(-20, 10) },
    { case: 'ended with it already told', activity: launch(-5, 5) },
    { case: 'ended after it', activity: launch(50, 20) },
    { case: 'is still under way', activity: launch(10, 5, { EndTime: undefined, StatusCode: 'InProgress' }) },
    { case: 'failed', activity: launch(10, 5, { StatusCode: 'Failed', StatusMessage: 'the image does not exist' }) },
    { case: 'was a termination', activity: launch(10, 5, { Description: 'Terminating EC2 instance: i-0abc' }) },
  ])('counts no launch that $case', async ({ activity }) => {
    expect(await readerOver([activity]).recent()).toEqual({ boots: [], shortage: undefined });
  });

  it.each([
    {
      kind: 'capacity',
      said: 'We currently do not have sufficient p3.2xlarge capacity in the Availability Zone you requested (us-east-1a).',
    },
    { kind: 'capacity', said: 'Could not launch Spot Instances. UnfulfillableCapacity - Unable to fulfill capacity.' },
    {
      kind: 'quota',
      said: 'You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket.',
    },
    { kind: 'quota', said: 'Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count.' },
    {
      kind: 'addresses',
      said: "There are not enough free addresses in subnet 'subnet-1' to satisfy the requested number of instances.",
    },
  ])('tells a shortage of $kind in the words of AWS: $said', async ({ kind, said }) => {
    const failed = launch(10, 1, {
      Description: 'Launching a new EC2 instance.  Status Reason: see there',
      StatusCode: 'Failed',
      StatusMessage: said,
    });
    expect((await readerOver([failed]).recent()).shortage).toEqual({ atMs: at(11).getTime(), kind, said });
  });

  it('tells the newest shortage', async () => {
    const lacking = (from: number, StatusMessage: string) => launch(from, 1, { StatusCode: 'Failed', StatusMessage });
    const reader = readerOver([lacking(20, 'VcpuLimitExceeded'), lacking(10, 'InsufficientInstanceCapacity')]);
    expect((await reader.recent()).shortage?.kind).toBe('quota');
  });

  it('reads on until no launch of the span can be left', async () => {
    const old = launch(-300, 4);
    const reader = readerOver([launch(30, 4)], [launch(10, 5), old], [old], [old]);
    expect(await minutesOf(reader)).toEqual([5, 4]);
    expect(reader.reads()).toBe(2);
  });

  it('reads three pages at most', async () => {
    const page = [launch(10, 5)];
    const reader = readerOver(page, page, page, page, page);
    await reader.recent();
    expect(reader.reads()).toBe(3);
  });
});
