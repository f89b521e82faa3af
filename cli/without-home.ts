import type { Mode } from '../loop/policy.ts';
import type { GroupId } from '../loop/ports.ts';
import type { PeoplePorts } from './shell.ts';

type Sources = Pick<PeoplePorts, 'groups' | 'policies'>;

/**
 * Names of the tagged groups (of all, or of the one given) whose policy is in mode `desired`: their capacity stays where
 * it was last set, because no base is remembered that it could go back to. A policy that cannot be read is passed over.
 * Cost: one read for each policy, not for each group.
 */
async function inModeDesired(only: GroupId | undefined, { groups, policies }: Sources): Promise<readonly string[]> {
  const modes = new Map<string, Mode | undefined>();
  const found: string[] = [];
  for await (const { group, policyName } of groups.tagged()) {
    if (only !== undefined && group.arn !== only.arn) continue;
    if (!modes.has(policyName)) {
      const policy = await policies.read(policyName);
      modes.set(policyName, policy.ok ? policy.value.mode : undefined);
    }
    if (modes.get(policyName) === 'desired') found.push(group.name);
  }
  return found;
}

/**
 * As above; undefined where it cannot be found out. The switch stands by then: whatever keeps this from being looked up
 * must not look like a release that failed.
 */
export async function homeless(only: GroupId | undefined, ports: Sources): Promise<readonly string[] | undefined> {
  try {
    return await inModeDesired(only, ports);
  } catch {
    return undefined;
  }
}

/** What a person is told of such groups. */
export const staysWhereItIs = (names: readonly string[]): string =>
  `note: mode desired has no way home. DesiredCapacity stays where it was last set, within MinSize and MaxSize, until you set it (aws autoscaling set-desired-capacity) or give the group a policy that scales in: ${names.join(', ')}`;
