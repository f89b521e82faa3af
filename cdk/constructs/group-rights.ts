import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

const POLICY_TAG = 'prescale:policy';
const OWNER_TAG = 'prescale:owner';

/**
 * What a request may not mention: MaxSize is the ceiling that the group's owner set, and where it runs is none of a
 * scaler's business. Another launch template is refused by AWS itself, because these roles may not run instances.
 */
const NOT_OURS = ['MaxSize', 'LaunchConfigurationName', 'VPCZoneIdentifiers'];

export interface SizeLimit {
  /** Highest MinSize that the role may write; undefined leaves that to each group's MaxSize. */
  readonly maxFloor: number | undefined;
}

/** The resource carries the tag, whatever its value, and the request says nothing of what is not ours. */
const sizesOfTagged = (tag: string, { maxFloor }: SizeLimit): Conditions => ({
  Null: {
    [`aws:ResourceTag/${tag}`]: 'false',
    ...Object.fromEntries(NOT_OURS.map((key) => [`autoscaling:${key}`, 'true'])),
  },
  ...(maxFloor === undefined ? {} : { NumericLessThanEqualsIfExists: { 'autoscaling:MinSize': String(maxFloor) } }),
});

/** The resource carries the tag, and the request touches the owner tag and no other. */
const ownerTagOfTagged = (tag: string): Conditions => ({
  Null: { [`aws:ResourceTag/${tag}`]: 'false', 'aws:TagKeys': 'false' },
  'ForAllValues:StringEquals': { 'aws:TagKeys': [OWNER_TAG] },
});

const anyGroup = (scope: Construct): string =>
  Stack.of(scope).formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Finding the tagged groups. */
export const findGroups = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'FindGroups',
    actions: ['autoscaling:DescribeAutoScalingGroups'],
    resources: ['*'],
  });

/** Reading load metrics. */
export const readMetrics = (): PolicyStatement =>
  new PolicyStatement({ sid: 'ReadMetrics', actions: ['cloudwatch:GetMetricData'], resources: ['*'] });

/** Reading groups and what else acts on them. These calls know no resources. */
export const readGroups = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadGroups',
    actions: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeInstanceRefreshes',
      'autoscaling:DescribePolicies',
      'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeScheduledActions',
    ],
    resources: ['*'],
  });

/** Telling what the account can still launch. These calls know no resources; none shows what instances are given to run. */
export const readHeadroom = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadHeadroom',
    actions: ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSubnets'],
    resources: ['*'],
  });

/**
 * Changing sizes, and sizes alone, of groups whose owner tagged them for Prescale. The rights to take a group home
 * also hold by the owner tag, so that they survive the removal of the policy tag.
 */
export function changeTaggedGroups(scope: Construct, limit: SizeLimit): readonly PolicyStatement[] {
  const resources = [anyGroup(scope)];
  return [
    new PolicyStatement({
      sid: 'ScaleTaggedGroups',
      actions: [
        'autoscaling:UpdateAutoScalingGroup',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:PutScheduledUpdateGroupAction',
        'autoscaling:DeleteScheduledAction',
      ],
      resources,
      conditions: sizesOfTagged(POLICY_TAG, limit),
    }),
    new PolicyStatement({
      sid: 'TakeOwnedGroupsHome',
      actions: ['autoscaling:UpdateAutoScalingGroup', 'autoscaling:DeleteScheduledAction'],
      resources,
      conditions: sizesOfTagged(OWNER_TAG, limit),
    }),
    new PolicyStatement({
      sid: 'ClaimTaggedGroups',
      actions: ['autoscaling:CreateOrUpdateTags'],
      resources,
      conditions: ownerTagOfTagged(POLICY_TAG),
    }),
  ];
}
