import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';

/** Where EC2 capacity is bought; each has quotas of its own. */
export type Market = 'OnDemand' | 'Spot';

/** One kind of instance that a group may launch. */
export interface InstanceKind {
  readonly type: string;
  /** Units of the group that one counts for. */
  readonly weight: number;
}

/** What a group launches, and in which markets. */
export interface LaunchShape {
  readonly kinds: readonly InstanceKind[];
  readonly markets: readonly Market[];
}

/** The subnets that a group launches into; none where it names zones alone. */
export const subnetsOf = ({ VPCZoneIdentifier }: AutoScalingGroup): readonly string[] =>
  (VPCZoneIdentifier ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

/** The kinds that a mixed-instances policy names; none where it leaves them to the template, or there is no such policy. */
export const namedKinds = ({ MixedInstancesPolicy }: AutoScalingGroup): readonly InstanceKind[] =>
  (MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).flatMap(({ InstanceType: type, WeightedCapacity }) =>
    type === undefined ? [] : [{ type, weight: Number(WeightedCapacity ?? 1) }],
  );

/**
 * What a group launches: as its mixed-instances policy names it, else as what stands in it was launched. The launch template
 * itself is not read: it may hold secrets in its user data. Refuses, with the reason, where this is not known: types chosen
 * by attributes, an empty group, and capacity that is reserved, which the quota counts already. Pure.
 */
export function launchShapeOf(group: AutoScalingGroup, standing: readonly Instance[]): Result<LaunchShape, string> {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  if (overrides.some(({ InstanceRequirements }) => InstanceRequirements !== undefined)) {
    return refuse('instance types are chosen by their attributes');
  }
  if (standing.some(({ CapacityReservationId }) => CapacityReservationId !== undefined)) {
    return refuse('instances run in reserved capacity, which the quota counts already');
  }
  const named = namedKinds(group);
  const kinds = named.length > 0 ? named : standingKinds(standing);
  if (kinds.length === 0) return refuse('nothing runs in the group that shows what it launches');
  return accept({ kinds, markets: marketsOf(group, standing) });
}

const standingKinds = (standing: readonly Instance[]): readonly InstanceKind[] =>
  [...new Set(standing.map(({ InstanceType }) => InstanceType))].flatMap((type) =>
    type === undefined ? [] : [{ type, weight: 1 }],
  );

function marketsOf({ MixedInstancesPolicy }: AutoScalingGroup, standing: readonly Instance[]): readonly Market[] {
  if (MixedInstancesPolicy === undefined) {
    return [...new Set(standing.map(({ InstanceLifecycle }) => (InstanceLifecycle === 'spot' ? 'Spot' : 'OnDemand')))];
  }
  const { OnDemandBaseCapacity = 0, OnDemandPercentageAboveBaseCapacity: share = 100 } =
    MixedInstancesPolicy.InstancesDistribution ?? {};
  const onDemand: readonly Market[] = share > 0 || OnDemandBaseCapacity > 0 ? ['OnDemand'] : [];
  return share < 100 ? [...onDemand, 'Spot'] : onDemand;
}
