import { describe, expect, it } from '@jest/globals';
import { discover } from '../../../loop/discover.ts';
import { controlledAccount, metricOf } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

/** The floor is at ten over a base of two. */
async function raised(): Promise<ControlledGroup> {
  const controlled = controlledGroup({ needs: (at) => (at < 20 ? 10 : 16) });
  await controlled.turns(3);
  expect(controlled.sizes().min).toBe(10);
  return controlled;
}

const sizeWrites = ({ writes }: ControlledGroup): readonly string[] =>
  writes.filter((write) => write.includes('MinSize'));

describe('freeze', () => {
  it('holds the floor and renews its switch for as long as it lasts', async () => {
    const controlled = await raised();
    await controlled.order('freeze', 'database migration', 240);
    const { outcome, entry } = await controlled.turns(47);
    expect(outcome.status).toMatch(/held|acted/);
    expect(entry.decision).toEqual({ target: 10, rule: 'freeze', reasons: ['frozen: database migration'] });
    expect(sizeWrites(controlled)).toEqual(['web: MinSize 10']);
    expect(controlled.group.firings).toEqual([]);
    expect(controlled.sizes().min).toBe(10);
  });

  it('ends by itself when its time has passed', async () => {
    const controlled = await raised();
    await controlled.order('freeze', 'a short one', 10);
    await controlled.turns(2);
    expect(controlled.sizes().min).toBe(10);
    expect((await controlled.turn()).entry.decision?.rule).not.toBe('freeze');
    await controlled.turns(2);
    expect(controlled.sizes().min).toBe(16);
  });

  it('of the account holds every group of it', async () => {
    const needs = () => 10;
    const account = controlledAccount([
      { name: 'web', needs },
      { name: 'api', needs },
    ]);
    await account.ports.switches.write(
      { kind: 'account' },
      { verb: 'freeze', untilMs: undefined, reason: 'change freeze' },
    );
    const outcomes = await account.deliver();
    expect(outcomes.map(({ status }) => status)).toEqual(['held', 'held']);
    expect(account.writes).toEqual([]);
  });

  it('renews the switch of a floor also while the load cannot be seen', async () => {
    const controlled = await raised();
    await controlled.order('freeze', 'the metric moves house');
    controlled.world.metrics.breakMetric(metricOf('web'), 'gone');
    await controlled.turns(24);
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.group.firings).toEqual([]);
  });
});

describe('release', () => {
  it('gives the floor back step by step, removes the switch last and leaves desired capacity', async () => {
    const controlled = await raised();
    await controlled.order('release', 'back to target tracking');
    await controlled.turns(8);
    expect(sizeWrites(controlled).slice(1)).toEqual([8, 6, 5, 4, 3, 2].map((min) => `web: MinSize ${min}`));
    expect(controlled.writes.slice(-2)).toEqual(['web: MinSize 2', 'web: disarm']);
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
    expect(controlled.group.surroundings().scheduledActions).toEqual([]);
  });

  it('keeps the switch alive on the way down', async () => {
    const controlled = controlledGroup({ needs: () => 35 });
    await controlled.turns(3);
    await controlled.order('release', 'slowly');
    await controlled.turns(14);
    expect(controlled.group.firings).toEqual([]);
    expect(controlled.sizes().min).toBe(2);
  });

  it('stays: whatever the load needs, nothing is written any more until somebody says run', async () => {
    const controlled = await raised();
    await controlled.order('release', 'back to target tracking');
    await controlled.turns(8);
    const before = controlled.writes.length;
    const { outcome, entry } = await controlled.turns(12);
    expect(outcome.status).toBe('held');
    expect(entry.decision).toEqual({ target: 2, rule: 'release', reasons: ['released: back to target tracking'] });
    expect(controlled.writes).toHaveLength(before);

    await controlled.order('run', 'resumed');
    await controlled.turn();
    expect(controlled.writes.slice(-2)).toEqual(['web: arm 2', 'web: MinSize 16']);
  });

  it('of the account is stricter than a freeze of the group', async () => {
    const controlled = await raised();
    await controlled.order('freeze', 'hold');
    await controlled.ports.switches.write(
      { kind: 'account' },
      { verb: 'release', untilMs: undefined, reason: 'all go home' },
    );
    await controlled.turns(8);
    expect(controlled.sizes().min).toBe(2);
  });

  it('goes on while the load cannot be seen', async () => {
    const controlled = await raised();
    controlled.world.metrics.breakMetric(metricOf('web'), 'gone');
    await controlled.order('release', 'leave');
    await controlled.turns(8);
    expect(sizeWrites(controlled)).toHaveLength(7);
    expect(controlled.armed()).toEqual([]);
  });

  it('of a group in mode desired lowers nothing, and the ledger says that it has no way home', async () => {
    const controlled = controlledGroup({ policy: { mode: 'desired' }, group: { hasScaleInPolicy: false } });
    await controlled.turn();
    await controlled.order('release', 'leave');
    const { entry } = await controlled.turns(12);
    expect(entry.decision?.reasons).toEqual([
      'released: leave; mode desired has no way home: DesiredCapacity stays 10 until its owner sets it',
    ]);
    expect(controlled.sizes().desired).toBe(10);
    expect(controlled.writes).toEqual(['web: claim', 'web: desired 10']);
  });
});

describe('a switch that cannot be read', () => {
  it('changes nothing, and the group is moved again once it can be read', async () => {
    const controlled = controlledGroup();
    controlled.world.failNext('switches.read', { code: 'InternalFailure' });
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ rule: 'freeze', reasons: [expect.stringContaining('cannot be read')] });
    expect(controlled.writes).toEqual([]);
    await controlled.turn();
    expect(sizeWrites(controlled)).toEqual(['web: MinSize 10']);
  });

  it('keeps a raised floor alive for as long as that lasts', async () => {
    const controlled = await raised();
    controlled.world.failNext('switches.read', { code: 'InternalFailure', times: 40 });
    await controlled.turns(24);
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.group.firings).toEqual([]);
  });
});

describe('a group that was untagged while its floor stood raised', () => {
  it('gets no more ticks, and its armed switch gives the base back', async () => {
    const controlled = await raised();
    controlled.group.untag('prescale:policy');
    const queue = controlled.world.ticks;
    expect(await discover(controlled.world.nowMs, { groups: controlled.ports.groups, queue })).toEqual({ groups: 0 });
    expect(queue.take()).toEqual([]);
    controlled.pass(31);
    expect(controlled.sizes()).toMatchObject({ min: 2, desired: 10 });
    expect(controlled.armed()).toEqual([]);
    expect(controlled.group.tags).toHaveProperty('prescale:owner');
  });
});
