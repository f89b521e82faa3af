import type { GroupId } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import type { PeoplePorts } from './shell.ts';

type Sources = Pick<PeoplePorts, 'groups' | 'runtime'>;

/** Every group that carries the policy tag or that the controller remembers, by name; pages through both. */
export async function allGroups({ groups, runtime }: Sources): Promise<readonly GroupId[]> {
  const found = new Map<string, GroupId>();
  for await (const { group } of groups.tagged()) found.set(group.arn, group);
  for await (const group of runtime.known()) found.set(group.arn, group);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The group of that name (or ARN) among those that the controller has to do with. Throws `BadInputError` naming those
 * there are when it is not one of them.
 */
export async function groupNamed(name: string, sources: Sources): Promise<GroupId> {
  const groups = await allGroups(sources);
  const found = groups.find((group) => group.name === name || group.arn === name);
  if (found !== undefined) return found;
  const known = groups.length === 0 ? 'there is none yet' : `there are ${groups.map((group) => group.name).join(', ')}`;
  throw new BadInputError(
    `--group: "${name}" neither carries the tag prescale:policy nor is remembered by this controller; ${known}`,
  );
}
