import { describe, expect, it } from '@jest/globals';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

/** What the group's owner does by hand. */
const byHand = ({ group, world }: ControlledGroup, change: { min?: number; max?: number; desired?: number }): void => {
  expect(group.update(change, world.nowMs)).toBeNull();
};

/** Ten units for two hours, then one: whatever keeps the floor up afterwards is the owner's. */
const day = (at: number): number => (at < 120 ? 10 : 1);

/** The floor is at ten over a base of two. */
async function raised(): Promise<ControlledGroup> {
  const controlled = controlledGroup({ needs: day });
  await controlled.turns(2);
  expect(controlled.sizes().min).toBe(10);
  return controlled;
}

describe('a MinSize that somebody else wrote', () => {
  it.each([
    { case: 'above our floor', min: 15 },
    { case: 'between base and floor', min: 5 },
    { case: 'below the old base', min: 1 },
  ])('is the new base when it lies $case, and the floor comes home to it', async ({ min }) => {
    const controlled = await raised();
    byHand(controlled, { min });
    const { entry } = await controlled.turn();
    expect(entry.groupFound?.base).toBe(min);
    expect(entry.decision?.reasons[0]).toContain('somebody changed it');

    await controlled.turns(48);
    expect(controlled.sizes().min).toBe(min);
    expect(controlled.armed()).toEqual([]);
    expect(controlled.group.firings).toEqual([]);
  });

  it('is never lowered: the floor only ever stands above it', async () => {
    const controlled = await raised();
    byHand(controlled, { min: 15 });
    const before = controlled.writes.length;
    await controlled.turns(48);
    expect(controlled.writes.slice(before)).toEqual(['web: disarm']);
  });

  it('moves home: the switch is armed anew for it before the floor is raised over it', async () => {
    const controlled = await raised();
    byHand(controlled, { min: 5 });
    const before = controlled.writes.length;
    await controlled.turn();
    expect(controlled.writes.slice(before)).toEqual(['web: arm 5', 'web: MinSize 10']);
    controlled.pass(60);
    expect(controlled.sizes().min).toBe(5);
  });

  it('is adopted also where nothing was raised', async () => {
    const controlled = controlledGroup({ needs: () => 3, group: { minSize: 4 } });
    await controlled.turn();
    byHand(controlled, { min: 6 });
    const { entry } = await controlled.turn();
    expect(entry.decision?.reasons[0]).toBe('MinSize was changed from 4 to 6: new base');
    expect(controlled.writes).toEqual([]);
  });

  it('is not undone by what was armed before, when the controller has gone blind meanwhile', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 10 ? 10 : undefined) });
    expect((await controlled.turns(9)).entry.decision?.rule).toBe('blind-home');
    expect(controlled.armed()).toHaveLength(1);
    byHand(controlled, { min: 15 });
    await controlled.turns(12);
    expect(controlled.sizes().min).toBe(15);
    expect(controlled.group.firings).toEqual([]);
  });

  it('is not undone by what was armed before, when the owner has pinned the group', async () => {
    const controlled = await raised();
    byHand(controlled, { min: 20, max: 20 });
    const { entry } = await controlled.turn();
    expect(entry.decision?.rule).toBe('admission');
    await controlled.turns(12);
    expect(controlled.sizes()).toMatchObject({ min: 20, max: 20 });
  });
});

describe('the other sizes', () => {
  it('a lower MaxSize brings the floor down with it, less the room that the group’s own policy needs', async () => {
    const controlled = await raised();
    byHand(controlled, { min: 2, max: 8 });
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 7, rule: 'bounds' });
    await controlled.turns(6);
    expect(controlled.sizes()).toMatchObject({ min: 7, max: 8 });
  });

  it('the desired capacity that the group’s own policies set is left to them', async () => {
    const controlled = await raised();
    byHand(controlled, { desired: 30 });
    await controlled.turns(6);
    expect(controlled.sizes()).toEqual({ min: 10, max: 40, desired: 30 });
  });

  it('what the controller wrote is read back at the next tick, and what was undone is noted', async () => {
    const controlled = controlledGroup();
    const { ledger, nowMs } = controlled.world;
    await controlled.turn();
    byHand(controlled, { min: 5 });
    await controlled.turns(2);
    const records = await ledger.range(controlled.group.id, { fromMs: nowMs, toMs: controlled.world.nowMs });
    expect(records.map(({ confirm }) => confirm)).toMatchObject([
      { floorSeen: 5, asIntended: false },
      { floorSeen: 10, asIntended: true },
      undefined,
    ]);
  });
});
