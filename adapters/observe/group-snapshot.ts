import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import type { GroupId, GroupSnapshot } from '../../loop/ports.ts';
import type { Weights } from '../../models/decide/whole-instances.ts';
import { units } from '../../models/kernel/units.ts';

/** The group's identity, account and region as its ARN names them; undefined when this is no ARN of a group. */
export function groupIdOf({
  AutoScalingGroupARN: arn,
  AutoScalingGroupName: name,
}: AutoScalingGroup): GroupId | undefined {
  const [, , service, region, account] = (arn ?? '').split(':');
  if (arn === undefined || name === undefined || service !== 'autoscaling') return undefined;
  return region === undefined || account === undefined ? undefined : { arn, name, account, region };
}

/** Capacity that an instance counts for: its weight where the group has weights, else one. */
const weightOf = ({ WeightedCapacity }: Instance): number => Number(WeightedCapacity ?? 1);

const sum = (instances: readonly Instance[], wanted: (state: string) => boolean): number =>
  instances.reduce((all, one) => (wanted(one.LifecycleState ?? '') ? all + weightOf(one) : all), 0);

/**
 * What one instance that is launched from now on may count for: the overrides' weights, or those of the instances that
 * stand; undefined where each counts for one. An override without a weight counts for one.
 */
export function weightsOf({ MixedInstancesPolicy, Instances = [] }: AutoScalingGroup): Weights | undefined {
  const overrides = MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  const told = overrides.length > 0 ? overrides : Instances;
  const weights = [...new Set(told.map(({ WeightedCapacity }) => Number(WeightedCapacity ?? 1)))];
  return weights.some((weight) => weight > 1) ? weights.sort((a, b) => a - b).map(units) : undefined;
}

/** `Pending`, `Pending:Wait`, `Pending:Proceed`. Instances of a warm pool are not in the group's list of instances. */
const isPending = (state: string): boolean => state.startsWith('Pending');

/** A group as AWS describes it. Instances that leave, or stand by, count for nothing. */
export function snapshotOf(group: GroupId, described: AutoScalingGroup): GroupSnapshot {
  const instances = described.Instances ?? [];
  const weights = weightsOf(described);
  const tags = (described.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''] as const);
  return {
    group,
    minSize: units(described.MinSize ?? 0),
    maxSize: units(described.MaxSize ?? 0),
    desired: units(described.DesiredCapacity ?? 0),
    inService: units(sum(instances, (state) => state === 'InService')),
    pending: units(sum(instances, isPending)),
    ...(weights === undefined ? {} : { weights }),
    tags: Object.fromEntries(tags),
    suspendedProcesses: (described.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName ?? ''),
    defaultCooldownSeconds: described.DefaultCooldown ?? 0,
  };
}
