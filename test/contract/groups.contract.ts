import { describe, expect, it } from '@jest/globals';
import type { GroupId, GroupSnapshot, Ports } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import type { Account, OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

const MINUTE = 60_000;

const seen = async ({ groups }: Ports, group: GroupId): Promise<GroupSnapshot | undefined> =>
  (await groups.describe([group])).get(group.arn);

/** A start on a whole second, so that no service rounds it. */
const startIn = (account: Account, minutes: number) =>
  instant(Math.ceil(account.nowMs() / 1000) * 1000 + minutes * MINUTE);

/** Groups as they are read. */
export function groupReaderContract(open: OpenAccount): void {
  describe('group reader', () => {
    it('describes sizes, capacity in service and tags of the groups asked for', async () => {
      const account = open();
      const group = await account.addGroup({
        minSize: 1,
        maxSize: 6,
        desired: 3,
        policyName: 'web',
        tags: { team: 'x' },
      });
      const described = await account.ports.groups.describe([group, groupNamed('prescale-no-such-group')]);
      expect([...described.keys()]).toEqual([group.arn]);
      expect(described.get(group.arn)).toMatchObject({
        group,
        minSize: 1,
        maxSize: 6,
        desired: 3,
        inService: 3,
        pending: 0,
        tags: { 'prescale:policy': 'web', team: 'x' },
        suspendedProcesses: [],
        defaultCooldownSeconds: 300,
      });
    });

    it('takes a group that was created anew under the same name for another', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 2 });
      const former = { ...group, arn: group.arn.replace(/autoScalingGroup:[^:]*/, 'autoScalingGroup:former') };
      expect((await account.ports.groups.describe([former])).size).toBe(0);
    });

    it('finds the groups that carry the policy tag and no others', async () => {
      const account = open();
      const tagged = await account.addGroup({ minSize: 1, maxSize: 2, policyName: 'night' });
      const other = await account.addGroup({ minSize: 1, maxSize: 2, tags: { 'prescale:owner': 'x' } });
      const found = new Map<string, string>();
      for await (const { group, policyName } of account.ports.groups.tagged()) found.set(group.arn, policyName);
      expect([found.get(tagged.arn), found.has(other.arn)]).toEqual(['night', false]);
    });

    it('lists suspended processes', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 2 });
      await account.suspend(group, ['ScheduledActions']);
      expect((await seen(account.ports, group))?.suspendedProcesses).toEqual(['ScheduledActions']);
    });

    it.each([
      { case: 'target tracking scales in', ownPolicy: 'target-tracking' as const, scalesIn: true },
      { case: 'target tracking with scale-in disabled does not', ownPolicy: 'out-only' as const, scalesIn: false },
    ])('sees that $case', async ({ ownPolicy, scalesIn }) => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 2, ownPolicy });
      const around = await account.ports.groups.surroundings(group, 'all');
      expect(around).toEqual({
        scheduledActions: [],
        hasScaleInPolicy: scalesIn,
        hasPredictivePolicy: false,
        refreshing: false,
      });
    });

    it('says nothing of policies that were not asked for', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 2, ownPolicy: 'target-tracking' });
      const around = await account.ports.groups.surroundings(group, 'all-but-policies');
      expect(around).toEqual({ scheduledActions: [], refreshing: false });
    });

    it('lists scheduled actions with their start and MinSize', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 4 });
      const startMs = startIn(account, 20);
      await account.schedule(group, { name: 'evening', startMs, minSize: 3 });
      const { scheduledActions } = await account.ports.groups.surroundings(group, 'all-but-policies');
      expect(scheduledActions).toEqual([{ name: 'evening', startMs, minSize: 3, recurring: false }]);
    });
  });
}

/** Groups as they are written. */
export function groupActorContract(open: OpenAccount): void {
  describe('group actor', () => {
    const setUp = async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 6, desired: 2, policyName: 'web' });
      return { account, group, actor: account.ports.actor, ports: account.ports };
    };
    const done = { ok: true, value: undefined };

    it('raises the floor, and desired with it; lowers the floor and leaves desired', async () => {
      const { actor, group, ports } = await setUp();
      expect(await actor.setFloor(group, units(4))).toEqual(done);
      expect(await seen(ports, group)).toMatchObject({ minSize: 4, maxSize: 6, desired: 4 });
      expect(await actor.setFloor(group, units(1))).toEqual(done);
      expect(await seen(ports, group)).toMatchObject({ minSize: 1, maxSize: 6, desired: 4 });
    });

    it('does the same twice without harm', async () => {
      const { actor, group, ports } = await setUp();
      for (let i = 0; i < 2; i++) {
        expect(await actor.setFloor(group, units(3))).toEqual(done);
        expect(await actor.setDesired(group, units(5))).toEqual(done);
      }
      expect(await seen(ports, group)).toMatchObject({ minSize: 3, desired: 5 });
    });

    it.each([
      { case: 'above MaxSize', desired: 7 },
      { case: 'below MinSize', desired: 0 },
    ])('is refused a desired capacity $case, and nothing changes', async ({ desired }) => {
      const { actor, group, ports } = await setUp();
      const refusal = { kind: 'invalid', code: 'ValidationError' };
      expect(await actor.setDesired(group, units(desired))).toMatchObject({ ok: false, refusal });
      expect(await seen(ports, group)).toMatchObject({ minSize: 1, desired: 2 });
    });

    it('is refused a floor above MaxSize, and nothing changes', async () => {
      const { actor, group, ports } = await setUp();
      const refusal = { kind: 'invalid', code: 'ValidationError', reason: expect.stringMatching(/6.*7/) };
      expect(await actor.setFloor(group, units(7))).toMatchObject({ ok: false, refusal });
      expect(await seen(ports, group)).toMatchObject({ minSize: 1, desired: 2 });
    });

    it('is refused every write of sizes to a group that does not exist', async () => {
      const { actor } = open().ports;
      const ghost = groupNamed('prescale-no-such-group');
      const refusal = { kind: 'invalid', code: 'ValidationError' };
      expect(await actor.setFloor(ghost, units(1))).toMatchObject({ ok: false, refusal });
      expect(await actor.setDesired(ghost, units(1))).toMatchObject({ ok: false, refusal });
    });

    it('arms the switch, moves it under the same name, and removes it; removing it again is no error', async () => {
      const { account, actor, group, ports } = await setUp();
      const [first, later] = [startIn(account, 30), startIn(account, 45)];
      expect(await actor.armHome(group, { name: 'prescale-home', startMs: first, minSize: units(1) })).toEqual(done);
      expect(await actor.armHome(group, { name: 'prescale-home', startMs: later, minSize: units(2) })).toEqual(done);
      const armed = (await ports.groups.surroundings(group, 'all')).scheduledActions;
      expect(armed).toEqual([{ name: 'prescale-home', startMs: later, minSize: 2, recurring: false }]);
      expect(await actor.disarmHome(group, 'prescale-home')).toEqual(done);
      expect((await ports.groups.surroundings(group, 'all')).scheduledActions).toEqual([]);
      expect(await actor.disarmHome(group, 'prescale-home')).toEqual(done);
    });

    it('finds nothing to remove in a group that is gone', async () => {
      const { account, actor, group } = await setUp();
      await account.removeGroup(group);
      expect(await actor.disarmHome(group, 'prescale-home')).toEqual(done);
    });

    it('is refused a start in the past', async () => {
      const { account, actor, group } = await setUp();
      const home = { name: 'prescale-home', startMs: startIn(account, -2), minSize: units(1) };
      expect(await actor.armHome(group, home)).toMatchObject({ ok: false, refusal: { kind: 'invalid' } });
    });

    it('is refused a start that another action of the group has', async () => {
      const { account, actor, group } = await setUp();
      const startMs = startIn(account, 30);
      await account.schedule(group, { name: 'evening', startMs, minSize: 2 });
      const home = { name: 'prescale-home', startMs, minSize: units(1) };
      const refusal = { kind: 'name-or-time-taken', code: 'AlreadyExists' };
      expect(await actor.armHome(group, home)).toMatchObject({ ok: false, refusal });
      const apart = { ...home, startMs: instant(startMs + 1000) };
      expect(await actor.armHome(group, apart)).toEqual(done);
    });

    it('writes the owner tag beside the others and removes it alone', async () => {
      const { actor, group, ports } = await setUp();
      expect(await actor.claim(group, 'controller-a')).toEqual(done);
      expect((await seen(ports, group))?.tags).toEqual({ 'prescale:policy': 'web', 'prescale:owner': 'controller-a' });
      expect(await actor.disown(group)).toEqual(done);
      expect(await actor.disown(group)).toEqual(done);
      expect((await seen(ports, group))?.tags).toEqual({ 'prescale:policy': 'web' });
    });
  });
}
