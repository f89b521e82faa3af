import {
  type _InstanceType,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeSubnetsCommand,
  type EC2Client,
  type Instance,
  type InstanceTypeInfo,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { attempted } from '../aws/aws-call-error.ts';

/** What telling an account's headroom asks of EC2. Nothing of it shows what instances are given to run. */
export interface Ec2Calls {
  subnets(ids: readonly string[]): Promise<readonly Subnet[]>;
  /** Up to two hundred instances; one that is gone is absent. */
  instances(ids: readonly string[]): Promise<readonly Instance[]>;
  /** Instance types as EC2 names them; an unknown one makes it refuse. */
  instanceTypes(types: readonly string[]): Promise<readonly InstanceTypeInfo[]>;
}

/** The real ones, one page each; throw `AwsCallError`. */
export const ec2Calls = (client: EC2Client): Ec2Calls => ({
  async subnets(ids) {
    const command = new DescribeSubnetsCommand({ SubnetIds: [...ids] });
    return (await attempted('DescribeSubnets', () => client.send(command))).Subnets ?? [];
  },
  async instances(ids) {
    // By filter, not by id: one unknown id makes AWS refuse all of them.
    const command = new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [...ids] }] });
    const { Reservations = [] } = await attempted('DescribeInstances', () => client.send(command));
    return Reservations.flatMap(({ Instances }) => Instances ?? []);
  },
  async instanceTypes(types) {
    // The SDK lists the types that it knew when it was made; EC2 has newer ones.
    const command = new DescribeInstanceTypesCommand({ InstanceTypes: types.map((type) => type as _InstanceType) });
    return (await attempted('DescribeInstanceTypes', () => client.send(command))).InstanceTypes ?? [];
  },
});
