import { POLICY_TAG } from '../../loop/admission.ts';
import type {
  GroupId,
  GroupReader,
  GroupSnapshot,
  GroupSurroundings,
  SurroundingsAsked,
  TaggedGroup,
} from '../../loop/ports.ts';
import { groupIdOf, snapshotOf } from './group-snapshot.ts';
import { isUnderWay, scalesAhead, scalesIn, scheduledActionOf } from './group-surroundings.ts';
import { allPages, type Page, type ScalingCalls } from './scaling-calls.ts';

/** Names in one DescribeAutoScalingGroups; "by default up to 50". Source: API_DescribeAutoScalingGroups. */
const NAMES_PER_CALL = 50;

/** Reads Auto Scaling groups. Throws `AwsCallError`. */
export class AutoScalingGroupReader implements GroupReader {
  readonly #calls: ScalingCalls;

  constructor(calls: ScalingCalls) {
    this.#calls = calls;
  }

  async *tagged(): AsyncIterable<TaggedGroup> {
    const selection = { tagKey: POLICY_TAG };
    for await (const described of allPages((token) => this.#calls.groups(selection, token))) {
      const group = groupIdOf(described);
      const policyName = described.Tags?.find(({ Key }) => Key === POLICY_TAG)?.Value;
      // A group that is being deleted keeps its tags for minutes.
      if (group === undefined || policyName === undefined || described.Status !== undefined) continue;
      yield { group, policyName };
    }
  }

  /** One call for fifty groups. A group of the same name that was created anew has another ARN, and is absent. */
  async describe(groups: readonly GroupId[]): Promise<ReadonlyMap<string, GroupSnapshot>> {
    const wanted = new Map(groups.map((group) => [group.arn, group]));
    const names = [...new Set(groups.map(({ name }) => name))];
    const batches: string[][] = [];
    for (let i = 0; i < names.length; i += NAMES_PER_CALL) batches.push(names.slice(i, i + NAMES_PER_CALL));
    const found = new Map<string, GroupSnapshot>();
    await Promise.all(
      batches.map(async (batch) => {
        for await (const described of allPages((token) => this.#calls.groups({ names: batch }, token))) {
          const group = wanted.get(described.AutoScalingGroupARN ?? '');
          if (group !== undefined) found.set(group.arn, snapshotOf(group, described));
        }
      }),
    );
    return found;
  }

  async surroundings({ name }: GroupId, asked: SurroundingsAsked): Promise<GroupSurroundings> {
    const [actions, policies, refreshes] = await Promise.all([
      collected((token) => this.#calls.scheduledActions(name, token)),
      asked === 'all' ? collected((token) => this.#calls.policies(name, token)) : undefined,
      collected((token) => this.#calls.refreshes(name, token)),
    ]);
    return {
      scheduledActions: actions.map(scheduledActionOf).filter((action) => action !== undefined),
      ...(policies && { hasScaleInPolicy: policies.some(scalesIn), hasPredictivePolicy: policies.some(scalesAhead) }),
      refreshing: refreshes.some(isUnderWay),
    };
  }
}

async function collected<T>(read: (token: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of allPages(read)) all.push(item);
  return all;
}
