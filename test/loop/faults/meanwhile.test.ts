import { describe, expect, it } from '@jest/globals';
import { historyKeyOf, noSamples } from '../../../loop/history.ts';
import type { HistoryKey, LedgerRange, Version } from '../../../loop/ports.ts';
import { callsOf } from './scenarios.ts';
import { NOON_MS, type WatchedGroup, watchedGroup } from './watched-group.ts';

const ten = { needs: () => 10 };

/** What happens between the death of a tick and its redelivery. */
interface Meanwhile {
  readonly case: string;
  readonly happens: (group: WatchedGroup) => unknown;
}

const CHANGES: readonly Meanwhile[] = [
  { case: 'the owner sets MinSize above it', happens: ({ group, world }) => group.update({ min: 15 }, world.nowMs) },
  { case: 'the owner sets MinSize below it', happens: ({ group, world }) => group.update({ min: 5 }, world.nowMs) },
  { case: 'the owner lowers MaxSize', happens: ({ group, world }) => group.update({ max: 10 }, world.nowMs) },
  { case: 'a person orders a release', happens: ({ order }) => order('release') },
  { case: 'a person freezes the group', happens: ({ order }) => order('freeze') },
  {
    case: 'the policy turns to observing',
    happens: ({ world, policy }) => world.policies.put({ ...policy, mode: 'observe' }),
  },
  { case: 'another controller takes the group', happens: ({ group }) => group.tag('prescale:owner', 'somebody else') },
];

/** A tick that meant to raise the floor to ten and died before its first write; then something happened. */
async function overtaken({ happens }: Meanwhile): Promise<WatchedGroup> {
  const group = watchedGroup(ten);
  group.world.crashNext('intend', 'after');
  expect(await group.deliver()).toMatchObject({ status: 'failed', retry: true });
  group.world.faults.restart();
  await happens(group);
  group.watch.look();
  return group;
}

describe('an intent that stands in the ledger when its tick is delivered again', () => {
  it.each(CHANGES)('is given up with the reason when meanwhile $case', async (change) => {
    const group = await overtaken(change);
    const asOfMs = group.world.nowMs;
    expect(await group.deliver()).toMatchObject({ retry: false });
    expect(group.watch.attempts).toEqual([]);
    const [record] = await group.ledger();
    expect(record).toMatchObject({ decision: { asOfMs, action: { floor: 10 } } });
    expect(record?.outcome?.status).not.toBe('acted');
    expect(record?.outcome?.reasons.join()).toMatch(/have changed since/);
  });

  it.each(CHANGES)('leaves the next ticks in order when meanwhile $case', async (change) => {
    const group = await overtaken(change);
    const { min } = group.group.sizes;
    await group.turns(8);
    expect(group.watch.violations).toEqual([]);
    expect(group.group.sizes.min).toBeGreaterThanOrEqual(min);
  });

  it('is carried out when nothing has changed but the desired capacity, which is not ours', async () => {
    const group = await overtaken({ case: '', happens: ({ group: g, world }) => g.setDesired(20, world.nowMs) });
    expect(await group.deliver()).toMatchObject({ status: 'acted' });
    expect(group.group.sizes).toMatchObject({ min: 10, desired: 20 });
  });

  it('is carried out as it was written, though the load that is read now would say otherwise', async () => {
    const group = await overtaken({
      case: '',
      happens: ({ world, policy }) =>
        world.publish(policy.load.metric, {
          timestampsMs: Float64Array.of(world.nowMs - 7 * 60_000),
          values: Float64Array.of(30 * 240),
        }),
    });
    expect(await group.deliver()).toMatchObject({ status: 'acted' });
    expect(group.group.sizes.min).toBe(10);
    await group.turn();
    expect(group.watch.violations).toEqual([]);
  });

  it('is given up when the switch has taken the floor home meanwhile', async () => {
    const group = watchedGroup({ needs: (at) => (at < 30 ? 10 : 6) });
    await group.turns(9);
    group.world.crashNext('setFloor');
    expect(await group.deliver()).toMatchObject({ status: 'failed' });
    group.world.faults.restart();
    group.group.update({ min: 2 }, group.world.nowMs);
    group.watch.look();
    await group.deliver();
    expect(group.group.sizes.min).toBe(2);
    await group.turn();
    expect(group.watch.violations).toEqual([]);
  });
});

describe('a tick that is never delivered again', () => {
  it('is known by its intent: the floor that it raised is ours, and home is where it was', async () => {
    const group = watchedGroup({ needs: (at) => (at < 30 ? 10 : 1) });
    group.world.crashNext('conclude');
    await group.deliver();
    group.world.faults.restart();
    group.passTo(group.world.nowMs + 300_000);
    await group.turns(30);
    expect(group.group.sizes.min).toBe(2);
    expect(group.group.surroundings().scheduledActions).toEqual([]);
    expect(group.watch.violations).toEqual([]);
  });

  it('cools down all the same: the cut that it made counts', async () => {
    const group = watchedGroup({
      needs: (at) => (at < 30 ? 10 : 1),
      policy: { guards: { scaleInCooldownSeconds: 600 } },
    });
    await group.turns(9);
    group.world.crashNext('setFloor', 'after');
    for (let i = 0; i < 12 && (await group.deliver()).status !== 'failed'; i++)
      group.passTo(group.world.nowMs + 300_000);
    group.world.faults.restart();
    expect(group.group.sizes.min).toBe(8);
    group.passTo(group.world.nowMs + 300_000);
    await group.turn();
    expect(group.group.sizes.min).toBe(8);
    await group.turn();
    expect(group.group.sizes.min).toBe(6);
  });

  it.each([
    { case: 'to the same floor as before', first: 2, floor: 10 },
    { case: 'to where home was before', first: 10, floor: 10 },
  ])('does not lose the MinSize that it alone saw, when it raised $case', async ({ first, floor }) => {
    const group = watchedGroup({ needs: (at) => (at < 30 ? 10 : 1), group: { minSize: first, desired: 10 } });
    await group.turn();
    group.group.update({ min: 1 }, group.world.nowMs);
    group.watch.look();
    group.world.crashNext('commit');
    expect(await group.deliver()).toMatchObject({ status: 'failed' });
    group.world.faults.restart();
    expect(group.group.sizes.min).toBe(floor);
    await group.turns(30);
    expect(group.group.sizes.min).toBe(1);
    expect(group.watch.violations).toEqual([]);
  });
});

describe('a raise that the next tick reads back', () => {
  it('is said to stand though that tick could not read the policy, died, and could when it came again', async () => {
    const group = watchedGroup(ten);
    await group.turn();
    group.world.policies.putText('web', '{');
    group.world.crashNext('intend', 'after');
    expect(await group.deliver()).toMatchObject({ status: 'failed', retry: true });
    group.world.faults.restart();
    group.world.policies.put(group.policy);
    await group.turns(3);
    const [raise] = await group.ledger();
    expect(raise).toMatchObject({ decision: { action: { floor: 10 } }, confirm: { floorSeen: 10, asIntended: true } });
  });
});

describe('a policy that cannot be read', () => {
  it('costs the ledger one write: what comes of it is known with it', async () => {
    const group = watchedGroup(ten);
    group.world.policies.putText('web', '{');
    const calls = await callsOf(group);
    expect(calls).toContain('intend');
    expect(calls).not.toContain('conclude');
    expect(await group.ledger()).toMatchObject([{ outcome: { status: 'refused', reasons: [expect.any(String)] } }]);
  });
});

describe('a history that another function has stored, while this one remembers an older', () => {
  const twoSteps = {
    timestampsMs: Float64Array.of(NOON_MS - 600_000, NOON_MS - 300_000),
    values: Float64Array.of(1920, 2400),
  };

  /** The first tick, by a function that has nothing in its memory while the store has the last two samples. */
  async function firstTick({ failing }: { readonly failing: boolean }) {
    const group = watchedGroup(ten);
    await group.world.history.merge(historyKeyOf(group.policy), twoSteps);
    if (failing) group.world.failNext('loads.read', { code: 'InternalFailure' });
    const asked: (Version | undefined)[] = [];
    const { history } = group.ports;
    const read = async (key: HistoryKey, span: LedgerRange, version?: Version) => {
      asked.push(version);
      return version === 'lately' ? noSamples : history.read(key, span);
    };
    await group.deliver({}, { ...group.ports, history: { ...history, read } });
    const [record] = await group.ledger();
    return { asked, load: record?.decision.load };
  }

  it('is looked for where the metric cannot be read', async () => {
    const { asked, load } = await firstTick({ failing: true });
    expect(asked).toEqual(['lately', undefined]);
    expect(load).toMatchObject({ freshUntilMs: NOON_MS, latest: 2400, observed: 2 });
  });

  it('is not asked for where the metric itself says it', async () => {
    const { asked, load } = await firstTick({ failing: false });
    expect(asked).toEqual(['lately']);
    expect(load).toMatchObject({ freshUntilMs: NOON_MS });
  });
});
