import { describe, expect, it } from '@jest/globals';
import { discover } from '../../../loop/discover.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

const POLICY_TAG = 'prescale:policy';

/** One turn as it is in an account: discovery first, and a tick only of what it finds. Then five minutes pass. */
async function round(controlled: ControlledGroup): Promise<void> {
  const { world } = controlled;
  await discover(world.nowMs, { groups: world.groups, queue: world.ticks });
  const names = world.ticks.take().map(({ group }) => group.name);
  if (names.length > 0) await controlled.deliver({ names });
  controlled.pass(5);
}

async function rounds(controlled: ControlledGroup, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await round(controlled);
}

/** A floor raised from two to ten over an hour of turns, its switch renewed on the way; then the tag is removed. */
async function withdrawn(): Promise<ControlledGroup> {
  const controlled = controlledGroup();
  await rounds(controlled, 12);
  expect(controlled.sizes().min).toBe(10);
  controlled.group.untag(POLICY_TAG);
  controlled.writes.splice(0);
  return controlled;
}

describe('a group whose policy tag is removed while its floor is raised', () => {
  it('is taken home within the life of its switch, which fires once and is gone', async () => {
    const controlled = await withdrawn();
    await rounds(controlled, 6);
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
    expect(controlled.group.firings).toMatchObject([{ outcome: 'fired' }]);
    expect(controlled.armed()).toEqual([]);
    await rounds(controlled, 12);
    expect(controlled.writes).toEqual([]);
    expect(controlled.sizes().min).toBe(2);
  });

  it.each([
    { case: 'goes on', before: async () => {} },
    { case: 'is frozen', before: (controlled: ControlledGroup) => controlled.order('freeze', 'a person said so', 60) },
    { case: 'is released', before: (controlled: ControlledGroup) => controlled.order('release', 'a person said so') },
  ])('is neither moved nor armed by a message that was sent before, while the loop $case', async ({ before }) => {
    const controlled = await withdrawn();
    await before(controlled);
    const { entry, outcome } = await controlled.turns(3);
    expect(outcome.status).toBe('held');
    expect(entry.decision).toMatchObject({ target: 10, rule: 'admission' });
    expect(entry.decision?.reasons).toEqual([
      'the tag prescale:policy was removed from the group: its armed switch takes the floor home',
    ]);
    await rounds(controlled, 4);
    expect(controlled.writes).toEqual([]);
    expect(controlled.sizes().min).toBe(2);
  });

  it('keeps a MinSize that its owner sets then: the switch alone is removed by a message sent before', async () => {
    const controlled = await withdrawn();
    controlled.group.update({ min: 15 }, controlled.world.nowMs);
    await controlled.turn();
    await rounds(controlled, 12);
    expect(controlled.writes).toEqual(['web: disarm']);
    expect(controlled.sizes().min).toBe(15);
  });

  it.each([
    { case: 'before its switch has fired', after: 2 },
    { case: 'long after', after: 24 },
  ])('is held over the same base once it is handed back $case', async ({ after }) => {
    const controlled = await withdrawn();
    await rounds(controlled, after);
    controlled.group.tag(POLICY_TAG, 'web');
    await rounds(controlled, 3);
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.armed()).toMatchObject([{ minSize: 2 }]);
    await rounds(controlled, 12);
    expect(controlled.sizes().min).toBe(10);
  });
});

it('a redelivered message does nothing of what it meant where the tag was removed meanwhile', async () => {
  const controlled = controlledGroup();
  controlled.world.crashNext('setFloor');
  expect(await controlled.deliver()).toMatchObject([{ status: 'failed', retry: true }]);
  controlled.world.faults.restart();
  controlled.group.untag(POLICY_TAG);
  controlled.writes.splice(0);
  expect(await controlled.deliver()).toMatchObject([{ status: 'held', retry: false }]);
  expect(controlled.writes).toEqual([]);
});
