import { describe, expect, it } from '@jest/globals';
import type { Mode } from '../../../loop/policy.ts';
import { metricOf } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

/** The owner writes another mode into the policy document. */
async function turnTo(mode: Mode, { ports, world }: ControlledGroup): Promise<void> {
  const policy = await ports.policies.read('web');
  if (!policy.ok) throw new Error(policy.refusal.reason);
  world.policies.put({ ...policy.value, mode });
}

/** A floor raised from two to ten, and the mode then turned. */
async function turned(mode: Mode): Promise<ControlledGroup> {
  const controlled = controlledGroup();
  await controlled.turns(2);
  await turnTo(mode, controlled);
  controlled.writes.splice(0);
  return controlled;
}

describe.each([{ case: 'observe' }, { case: 'advise' }] as const)(
  'a raised floor under mode $case',
  ({ case: mode }) => {
    it('goes home in steps, and the ledger says why', async () => {
      const controlled = await turned(mode);
      const { outcome, entry } = await controlled.turn();
      expect(outcome.status).toBe('acted');
      expect(entry).toMatchObject({ mode, decision: { target: 8, rule: 'release' }, action: { floor: 8 } });
      expect(entry.decision?.reasons).toEqual([`mode ${mode} holds no floor: it goes home`]);
      await controlled.turns(6);
      expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
      expect(controlled.armed()).toEqual([]);
      expect(controlled.group.firings).toEqual([]);
    });

    it('is let go of once it is home: from then on the group is only looked at', async () => {
      const controlled = await turned(mode);
      await controlled.turns(7);
      controlled.writes.splice(0);
      const { outcome, entry } = await controlled.turns(6);
      expect(outcome.status).toBe('recorded');
      expect(entry).toMatchObject({ decision: { target: 10 }, needNow: 10 });
      expect(controlled.writes).toEqual([]);
    });

    it('goes home also when the load cannot be seen', async () => {
      const controlled = await turned(mode);
      controlled.world.metrics.breakMetric(metricOf('web'), 'denied');
      await controlled.turns(7);
      expect(controlled.sizes().min).toBe(2);
      expect(controlled.armed()).toEqual([]);
    });

    it('stands, its switch renewed, while the group is frozen', async () => {
      const controlled = await turned(mode);
      await controlled.order('freeze', 'a person said so', 60);
      await controlled.turns(10);
      expect(controlled.sizes().min).toBe(10);
      expect(controlled.writes).toContain('web: arm 2');
      expect(controlled.group.firings).toEqual([]);
    });

    it('loses its switch alone where the owner has set MinSize meanwhile', async () => {
      const controlled = await turned(mode);
      controlled.group.update({ min: 6 }, controlled.world.nowMs);
      await controlled.turns(12);
      expect(controlled.writes).toEqual(['web: disarm']);
      expect(controlled.sizes().min).toBe(6);
    });

    it('tells a person once where AWS refuses to lower it', async () => {
      const controlled = await turned(mode);
      controlled.world.failNext('setFloor', { code: 'ValidationError', times: 2 });
      await controlled.turns(2);
      expect(controlled.world.notices.sent.map(({ subject }) => subject)).toEqual(['AWS refused a change']);
      await controlled.turns(8);
      expect(controlled.sizes().min).toBe(2);
    });

    it('is raised anew, armed first, once the mode holds floors again', async () => {
      const controlled = await turned(mode);
      await controlled.turns(3);
      await turnTo('floor', controlled);
      await controlled.turn();
      expect(controlled.sizes().min).toBe(10);
      expect(controlled.armed()).toMatchObject([{ minSize: 2 }]);
    });
  },
);

describe('a raised floor under mode desired', () => {
  it('goes home in one step, while the capacity itself is held', async () => {
    const controlled = await turned('desired');
    controlled.group.hasScaleInPolicy = false;
    await controlled.turn();
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
    expect(controlled.writes).toEqual(['web: MinSize 2', 'web: disarm']);
    await controlled.turns(8);
    expect(controlled.group.firings).toEqual([]);
    expect(controlled.sizes().desired).toBe(10);
  });

  it('leaves no switch behind that would undo what the owner sets then', async () => {
    const controlled = await turned('desired');
    controlled.group.update({ min: 8 }, controlled.world.nowMs);
    await controlled.turns(10);
    expect(controlled.sizes().min).toBe(8);
    expect(controlled.armed()).toEqual([]);
    expect(controlled.group.firings).toEqual([]);
  });
});

describe('a raised floor under a policy that is refused', () => {
  it('is kept by nobody: its switch takes it home', async () => {
    const controlled = controlledGroup();
    await controlled.turns(2);
    controlled.world.policies.putText('web', '{');
    await controlled.turns(8);
    expect(controlled.sizes().min).toBe(2);
    expect(controlled.group.firings).toMatchObject([{ outcome: 'fired' }]);
  });

  it('loses its switch once the owner has set MinSize, which nothing undoes', async () => {
    const controlled = controlledGroup();
    await controlled.turns(2);
    controlled.world.policies.putText('web', '{');
    controlled.group.update({ min: 15 }, controlled.world.nowMs);
    const { outcome, entry } = await controlled.turn();
    expect(outcome.status).toBe('refused');
    expect(entry.action.disarm).toBe('prescale-home');
    await controlled.turns(8);
    expect(controlled.sizes().min).toBe(15);
    expect(controlled.armed()).toEqual([]);
    expect(controlled.group.firings).toEqual([]);
  });
});
