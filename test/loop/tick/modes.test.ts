import { describe, expect, it } from '@jest/globals';
import { metricOf, minute } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

const untouched = { min: 2, max: 40, desired: 4 };

describe('modes observe and advise', () => {
  it.each([{ case: 'observe' }, { case: 'advise' }] as const)(
    '$case writes down what floor would do, and does nothing of it',
    async ({ case: mode }) => {
      const watched = controlledGroup({ policy: { mode } });
      const { outcome, entry } = await watched.turn();
      expect(outcome).toMatchObject({ status: 'recorded', retry: false });
      expect(entry).toMatchObject({ mode, needNow: 10, decision: { target: 10 }, action: { floor: null, arm: null } });
      expect(watched.writes).toEqual([]);
      expect(watched.sizes()).toEqual(untouched);
    },
  );

  it.each([
    { case: 'the load comes and goes', disturb: async () => {} },
    {
      case: 'the group is released',
      disturb: (watched: ControlledGroup) => watched.order('release', 'a person said so'),
    },
    {
      case: 'the metric cannot be read',
      disturb: async ({ world }: ControlledGroup) => world.metrics.breakMetric(metricOf('web'), 'denied'),
    },
    {
      case: 'a person changes MinSize',
      disturb: async ({ group, world }: ControlledGroup) => void group.update({ min: 3 }, world.nowMs),
    },
  ])('no mode that only looks ever writes, also when $case', async ({ disturb }) => {
    for (const mode of ['observe', 'advise'] as const) {
      const watched = controlledGroup({ policy: { mode }, needs: (at) => (at < 30 ? 10 : 3) });
      await watched.turns(3);
      await disturb(watched);
      await watched.turns(20);
      expect(watched.writes).toEqual([]);
      expect(watched.armed()).toEqual([]);
    }
  });

  it('a policy that names no mode only observes', async () => {
    const watched = controlledGroup({ policy: { mode: undefined } });
    expect((await watched.turn()).entry.mode).toBe('observe');
    expect(watched.writes).toEqual([]);
  });

  it('observe follows the lever that it would have moved, so that its record is what floor would have decided', async () => {
    const needs = (at: number): number => (at < 30 ? 10 : 4);
    const [watched, acting] = [controlledGroup({ policy: { mode: 'observe' }, needs }), controlledGroup({ needs })];
    for (let i = 0; i < 24; i++) {
      const [seen, done] = [await watched.turn(), await acting.turn()];
      expect(seen.entry.decision?.target).toBe(done.entry.decision?.target);
    }
  });
});

describe('mode floor', () => {
  it('raises MinSize and leaves MaxSize and the scaling policies alone', async () => {
    const controlled = controlledGroup();
    expect((await controlled.turn()).outcome.status).toBe('acted');
    expect(controlled.sizes()).toEqual({ min: 10, max: 40, desired: 10 });
    expect(controlled.writes.filter((write) => write.includes('desired'))).toEqual([]);
  });

  it('writes nothing where the floor stands right', async () => {
    const controlled = controlledGroup({ needs: () => 2 });
    await controlled.turns(12);
    expect(controlled.writes).toEqual([]);
    expect(controlled.sizes()).toEqual(untouched);
  });
});

describe('a tick that changes nothing', () => {
  it.each([
    { case: 'floor', policy: { mode: 'floor' }, group: { minSize: 10, desired: 10 } },
    { case: 'desired', policy: { mode: 'desired' }, group: { desired: 10, hasScaleInPolicy: false } },
  ] as const)('asks nothing of what surrounds the group, in mode $case', async ({ policy, group }) => {
    const controlled = controlledGroup({ policy, group });
    controlled.world.failNext('surroundings', { code: 'Throttling', times: 100 });
    expect((await controlled.turns(6)).outcome.status).toBe('held');
  });
});

describe('mode desired', () => {
  const beside = { policy: { mode: 'desired' }, group: { hasScaleInPolicy: false } } as const;

  it('sets DesiredCapacity up and down and never touches MinSize', async () => {
    const controlled = controlledGroup({ ...beside, needs: (at) => (at < 30 ? 10 : 4) });
    await controlled.turn();
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
    await controlled.turns(20);
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 4 });
    expect(controlled.writes.filter((write) => !/claim|desired/.test(write))).toEqual([]);
  });

  it('never leaves the bounds that the owner set', async () => {
    const high = controlledGroup({ ...beside, needs: () => 90 });
    expect((await high.turns(3)).entry.decision).toMatchObject({ target: 40, rule: 'bounds' });
    expect(high.sizes().desired).toBe(40);
    const low = controlledGroup({ ...beside, needs: () => 1 });
    await low.turns(20);
    expect(low.sizes().desired).toBe(2);
  });

  it('promises no way home when it has been blind for long: capacity stays, and the ledger says so', async () => {
    const controlled = controlledGroup(beside);
    await controlled.turn();
    controlled.world.metrics.breakMetric(metricOf('web'), 'gone');
    const { entry } = await controlled.turns(8);
    expect(entry.decision).toMatchObject({ target: 10, rule: 'blind-home' });
    expect(entry.decision?.reasons.join()).toContain(
      '; mode desired has no way home: DesiredCapacity stays 10 until its owner sets it',
    );
    expect(controlled.sizes().desired).toBe(10);
  });

  it('is refused beside a policy that scales in: two hands on one lever', async () => {
    const controlled = controlledGroup({ ...beside, group: { hasScaleInPolicy: true } });
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 4, rule: 'admission' });
    expect(entry.decision?.reasons.at(-1)).toContain('use mode floor');
    expect(controlled.writes).toEqual([]);
  });

  it('the time of a decision is the event’s, also where the clock on the wall runs a little behind', async () => {
    const controlled = controlledGroup(beside);
    const [outcome] = await controlled.deliver({ asOfMs: minute(3) });
    expect(outcome).toMatchObject({ status: 'acted', asOfMs: minute(3) });
    expect(await controlled.entryOf('web', minute(3))).toMatchObject({ asOfMs: minute(3), wallMs: minute(2) });
  });
});
