import {
  type Activity,
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribePoliciesCommand,
  DescribeScalingActivitiesCommand,
  DescribeScheduledActionsCommand,
  type InstanceRefresh,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import { attempted } from '../aws/aws-call-error.ts';

/** One page of an answer. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** By name, or by the key of a tag. */
export type GroupSelection = { readonly names: readonly string[] } | { readonly tagKey: string };

/** What reading a group asks of Auto Scaling, page by page. */
export interface ScalingCalls {
  groups(selection: GroupSelection, token: string | undefined): Promise<Page<AutoScalingGroup>>;
  scheduledActions(name: string, token: string | undefined): Promise<Page<ScheduledUpdateGroupAction>>;
  policies(name: string, token: string | undefined): Promise<Page<ScalingPolicy>>;
  refreshes(name: string, token: string | undefined): Promise<Page<InstanceRefresh>>;
  /** The newest first. */
  activities(name: string, token: string | undefined): Promise<Page<Activity>>;
}

/** Most that one page holds. */
const PAGE = 100;

const following = (token: string | undefined) => ({
  MaxRecords: PAGE,
  ...(token === undefined ? {} : { NextToken: token }),
});

/** An empty token ends the pages as an absent one does. */
const page = <T>(items: readonly T[] | undefined, token: string | undefined): Page<T> => ({
  items: items ?? [],
  next: token === '' ? undefined : token,
});

/** The real ones; throw `AwsCallError`. */
export const scalingCalls = (client: AutoScalingClient): ScalingCalls => ({
  async groups(selection, token) {
    const chosen =
      'names' in selection
        ? { AutoScalingGroupNames: [...selection.names] }
        : { Filters: [{ Name: 'tag-key', Values: [selection.tagKey] }] };
    const command = new DescribeAutoScalingGroupsCommand({ ...chosen, ...following(token) });
    const answer = await attempted('DescribeAutoScalingGroups', () => client.send(command));
    return page(answer.AutoScalingGroups, answer.NextToken);
  },
  async scheduledActions(name, token) {
    const command = new DescribeScheduledActionsCommand({ AutoScalingGroupName: name, ...following(token) });
    const answer = await attempted('DescribeScheduledActions', () => client.send(command));
    return page(answer.ScheduledUpdateGroupActions, answer.NextToken);
  },
  async policies(name, token) {
    const command = new DescribePoliciesCommand({ AutoScalingGroupName: name, ...following(token) });
    const answer = await attempted('DescribePolicies', () => client.send(command));
    return page(answer.ScalingPolicies, answer.NextToken);
  },
  async refreshes(name, token) {
    const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name, ...following(token) });
    const answer = await attempted('DescribeInstanceRefreshes', () => client.send(command));
    return page(answer.InstanceRefreshes, answer.NextToken);
  },
  async activities(name, token) {
    const command = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, ...following(token) });
    const answer = await attempted('DescribeScalingActivities', () => client.send(command));
    return page(answer.Activities, answer.NextToken);
  },
});

/** Every item of every page. */
export async function* allPages<T>(read: (token: string | undefined) => Promise<Page<T>>): AsyncIterable<T> {
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    yield* items;
    token = next;
  } while (token !== undefined);
}
