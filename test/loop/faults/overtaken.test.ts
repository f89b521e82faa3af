import { describe, expect, it } from '@jest/globals';
import type { FaultPoint } from '../../../adapters/memory/faults.ts';
import { leaveGroup } from '../../../cli/leave-group.ts';
import { type WatchedGroup, watchedGroup } from './watched-group.ts';

const MINUTE_MS = 60_000;
const OWNER = 'controller-a';

/** Where a tick dies that meant to raise the floor from two to ten. */
const DEATHS: readonly { readonly point: FaultPoint; readonly when: 'before' | 'after' }[] = [
  { point: 'intend', when: 'after' },
  { point: 'claim', when: 'after' },
  { point: 'armHome', when: 'before' },
  { point: 'armHome', when: 'after' },
  { point: 'setFloor', when: 'before' },
  { point: 'setFloor', when: 'after' },
];

/** What a person does before the tick is delivered again, and the MinSize that must stand from then on. */
const HANDS = [
  {
    hand: 'sets MinSize above it',
    min: 15,
    does: ({ group, world }: WatchedGroup) => group.update({ min: 15 }, world.nowMs),
  },
  { hand: 'releases the group', min: 2, does: ({ order }: WatchedGroup) => order('release') },
  {
    hand: 'turns the policy to observing',
    min: 2,
    does: ({ world, policy }: WatchedGroup) => world.policies.put({ ...policy, mode: 'observe' }),
  },
  {
    hand: 'uninstalls the controller',
    min: 2,
    does: async ({ order, group, ports }: WatchedGroup) => {
      await order('release');
      const installation = { ...nowhere, owner: OWNER };
      expect(await leaveGroup(group.id, { ports, installation })).not.toHaveProperty('problem');
    },
  },
];

const nowhere = { table: 't', bucket: 'b', tickQueueUrl: 'u', refitQueueUrl: 'u', noticesTopicArn: 'a' };

const CASES = DEATHS.flatMap((death) =>
  HANDS.map((hand) => ({ case: `dies ${death.when} ${death.point} and a person ${hand.hand}`, ...death, ...hand })),
);

/** A first tick that died, a minute later the person's hand, two minutes later the same message again. */
async function overtaken({ point, when, does }: (typeof CASES)[number]): Promise<WatchedGroup> {
  const group = watchedGroup({ needs: () => 10 });
  const asOfMs = group.world.nowMs;
  group.world.crashNext(point, when);
  expect(await group.deliver({ asOfMs })).toMatchObject({ status: 'failed', retry: true });
  group.world.faults.restart();
  group.passTo(asOfMs + MINUTE_MS);
  await does(group);
  group.watch.look();
  group.passTo(asOfMs + 3 * MINUTE_MS);
  group.watch.attempts.splice(0);
  expect(await group.deliver({ asOfMs })).toMatchObject({ retry: false });
  return group;
}

describe('a raise that died half-way and is delivered again after a person has spoken', () => {
  it.each(CASES)('moves and arms nothing when it $case', async (given) => {
    const { watch } = await overtaken(given);
    expect(watch.attempts.filter(({ what }) => what !== 'disarm')).toEqual([]);
    expect(watch.violations).toEqual([]);
  });

  it.each(CASES)('leaves the group as the person wants it when it $case', async (given) => {
    const group = await overtaken(given);
    group.passTo(group.world.nowMs + 2 * MINUTE_MS);
    await group.turns(12);
    expect(group.group.sizes.min).toBe(given.min);
    expect(group.group.surroundings().scheduledActions).toEqual([]);
    expect(group.group.firings).toEqual([]);
    expect(group.watch.violations).toEqual([]);
  });
});

describe('a tick that died before it armed anything', () => {
  it('has raised nothing: the owner who sets the very same MinSize keeps it', async () => {
    const group = watchedGroup({ needs: () => 10 });
    group.world.crashNext('armHome', 'before');
    await group.deliver();
    group.world.faults.restart();
    group.world.advanceTo(group.world.nowMs + MINUTE_MS);
    group.group.update({ min: 10 }, group.world.nowMs);
    group.world.policies.put({ ...group.policy, mode: 'observe' });
    group.world.advanceTo(group.world.nowMs + 4 * MINUTE_MS);
    await group.turns(6);
    expect(group.group.sizes.min).toBe(10);
  });
});
