import { DescribeInstancesCommand, type DescribeInstancesResult, type EC2Client } from '@aws-sdk/client-ec2';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { attempted } from '../aws/aws-call-error.ts';

/** One page of DescribeInstances for up to two hundred ids. */
export type DescribeInstances = (ids: readonly string[], token: string | undefined) => Promise<DescribeInstancesResult>;

/** The real one; throws `AwsCallError`. An id that does not exist any more is left out rather than refused. */
export const describeInstances =
  (client: EC2Client): DescribeInstances =>
  (ids, NextToken) => {
    // By filter, not by id: one unknown id makes AWS refuse all of them.
    const Filters = [{ Name: 'instance-id', Values: [...ids] }];
    const command = new DescribeInstancesCommand({ Filters, ...(NextToken === undefined ? {} : { NextToken }) });
    return attempted('DescribeInstances', () => client.send(command));
  };

/** Values of one filter. Source: API_DescribeInstances. */
const IDS_PER_CALL = 200;

/** When each instance was launched, by id; an instance that is gone is absent. */
export async function launchTimes(
  instanceIds: readonly string[],
  describe: DescribeInstances,
): Promise<ReadonlyMap<string, EpochMs>> {
  const launched = new Map<string, EpochMs>();
  for (let i = 0; i < instanceIds.length; i += IDS_PER_CALL) {
    const ids = instanceIds.slice(i, i + IDS_PER_CALL);
    let token: string | undefined;
    do {
      const page = await describe(ids, token);
      for (const { InstanceId, LaunchTime } of (page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? [])) {
        if (InstanceId !== undefined && LaunchTime !== undefined)
          launched.set(InstanceId, instant(LaunchTime.getTime()));
      }
      token = page.NextToken === '' ? undefined : page.NextToken;
    } while (token !== undefined);
  }
  return launched;
}
