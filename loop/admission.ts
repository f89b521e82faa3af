import type { CapacityUnits } from '../models/kernel/units.ts';
import type { GroupSnapshot, GroupSurroundings } from './ports.ts';

/** Tag that names the controller which owns a group; restore rights survive the loss of the policy tag. */
export const OWNER_TAG = 'prescale:owner';

/** Tag by which a person hands a group to a policy. */
export const POLICY_TAG = 'prescale:policy';

/** Tags by which other controllers mark the groups they own. Two hands on one lever fight. */
const FOREIGN_OWNERS: readonly (readonly [prefix: string, owner: string])[] = [
  ['k8s.io/cluster-autoscaler/', 'Cluster Autoscaler'],
  ['karpenter.sh/', 'Karpenter'],
  ['eks:', 'EKS'],
  ['AmazonECSManaged', 'an ECS capacity provider'],
  ['elasticbeanstalk:', 'Elastic Beanstalk'],
];

/**
 * Why this group must not be touched at all, from what DescribeAutoScalingGroups says; undefined when it may. `base` is the
 * owner's MinSize: a floor that we have raised to MaxSize ourselves leaves room all the same. Pure.
 */
export function refusedForGood(
  { tags, maxSize }: GroupSnapshot,
  owner: string,
  base: CapacityUnits,
): string | undefined {
  const other = tags[OWNER_TAG];
  if (other !== undefined && other !== owner) {
    return `the group is owned by the controller "${other}" (tag ${OWNER_TAG}); this one is "${owner}": remove the tag to hand it over`;
  }
  for (const [prefix, name] of FOREIGN_OWNERS) {
    const tag = Object.keys(tags).find((key) => key.startsWith(prefix));
    if (tag !== undefined) return `the group belongs to ${name} (tag "${tag}"), which sets its capacity itself`;
  }
  if (base >= maxSize) return `MinSize = MaxSize = ${maxSize}: there is no room to scale, raise MaxSize`;
  return undefined;
}

/** Why a floor must not be raised here now; undefined when it may. Pure. */
export function floorRaiseRefused(snapshot: GroupSnapshot, around: GroupSurroundings): string | undefined {
  for (const process of ['ScheduledActions', 'Launch']) {
    if (snapshot.suspendedProcesses.includes(process)) {
      return `the process ${process} is suspended: ${process === 'Launch' ? 'nothing would start' : "the dead-man's switch could not fire"}`;
    }
  }
  if (!around.hasScaleInPolicy) {
    return 'mode floor needs a scaling policy that scales in (target tracking, for example): without one, capacity would never come down again';
  }
  return undefined;
}

/** Why desired capacity must not be set here now; undefined when it may. Pure. */
export function desiredRefused(snapshot: GroupSnapshot, around: GroupSurroundings): string | undefined {
  if (around.hasScaleInPolicy) {
    return 'mode desired beside an active scale-in policy: the two would undo each other; use mode floor, or disable scale-in in the policy';
  }
  if (snapshot.suspendedProcesses.includes('Launch')) return 'the process Launch is suspended: nothing would start';
  return undefined;
}
