import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, minute, STEP } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

const HOME = 'prescale-home';

describe('before a floor is raised', () => {
  it('the group is owned and the way home is armed, in this order', async () => {
    const controlled = controlledGroup();
    await controlled.turn();
    expect(controlled.writes).toEqual(['web: claim', 'web: arm 2', 'web: MinSize 10']);
  });

  it('the armed action lies half an hour ahead on an odd second and restores MinSize alone', async () => {
    const controlled = controlledGroup();
    await controlled.deliver();
    const [armed, ...others] = controlled.armed();
    expect(others).toEqual([]);
    expect(armed).toMatchObject({ name: HOME, minSize: 2, recurring: false });
    expect((armed!.startMs / 1000) % 2).toBe(1);
    const leftMs = armed!.startMs - controlled.world.nowMs;
    expect(leftMs).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    expect(leftMs).toBeLessThan(31 * MINUTE_MS);
  });

  it.each([
    {
      case: 'AWS refuses to arm',
      reason: 'nothing was raised',
      prepare: (c: ReturnType<typeof controlledGroup>) => c.world.failNext('armHome', { code: 'ValidationError' }),
    },
    {
      case: 'every start time is taken',
      reason: 'nothing was raised',
      prepare: (c: ReturnType<typeof controlledGroup>) =>
        c.world.failNext('armHome', { code: 'AlreadyExists', times: 6 }),
    },
    {
      case: 'ScheduledActions is suspended',
      reason: 'could not fire',
      prepare: (c: ReturnType<typeof controlledGroup>) => c.group.suspend(['ScheduledActions'], c.world.nowMs),
    },
    {
      case: 'Launch is suspended',
      reason: 'nothing would start',
      prepare: (c: ReturnType<typeof controlledGroup>) => c.group.suspend(['Launch'], c.world.nowMs),
    },
  ])('nothing is raised when $case, and the reason is given', async ({ prepare, reason }) => {
    const controlled = controlledGroup();
    prepare(controlled);
    const { outcome, entry } = await controlled.turn();
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 4 });
    expect(controlled.armed()).toEqual([]);
    expect([outcome.reason, ...(entry.decision?.reasons ?? [])].join()).toContain(reason);
  });

  it('arming that was throttled is tried again with the message, and only then the floor rises', async () => {
    const controlled = controlledGroup();
    controlled.world.failNext('armHome', { code: 'Throttling' });
    expect(await controlled.deliver()).toMatchObject([{ status: 'failed', retry: true }]);
    expect(controlled.sizes().min).toBe(2);
    expect(await controlled.deliver()).toMatchObject([{ status: 'acted' }]);
    expect(controlled.writes.slice(-2)).toEqual(['web: arm 2', 'web: MinSize 10']);
  });

  it('a start time that another action has taken is left to it', async () => {
    const controlled = controlledGroup();
    const free = controlledGroup();
    await free.deliver();
    const taken = free.armed()[0]!.startMs;
    controlled.group.schedule({ name: 'own', startMs: taken, max: 50 }, controlled.world.nowMs);
    controlled.world.failNext('armHome', { code: 'AlreadyExists' });
    expect((await controlled.turn()).outcome.status).toBe('acted');
    expect(controlled.armed()[0]!.startMs).toBe(taken + 4000);
    expect(controlled.sizes().min).toBe(10);
  });
});

describe('when the controller stops after a raise', () => {
  it.each([{ case: '0' }, { case: '2' }, { case: '7' }])(
    'the armed action takes the floor home to a base of $case and touches nothing else',
    async ({ case: base }) => {
      const controlled = controlledGroup({ group: { minSize: Number(base), desired: 8 }, needs: () => 12 });
      await controlled.turn();
      expect(controlled.sizes()).toEqual({ min: 12, max: 40, desired: 12 });

      controlled.pass(24);
      expect(controlled.sizes().min).toBe(12);
      controlled.pass(2);
      expect(controlled.sizes()).toEqual({ min: Number(base), max: 40, desired: 12 });
      expect(controlled.group.firings).toMatchObject([{ name: HOME, outcome: 'fired' }]);
      expect(controlled.armed()).toEqual([]);
    },
  );

  it('the floor goes home also where scheduled actions fire two minutes late', async () => {
    const controlled = controlledGroup({}, { world: { scheduleDelaySeconds: 120 } });
    await controlled.turn();
    controlled.pass(26);
    expect(controlled.sizes().min).toBe(10);
    controlled.pass(2);
    expect(controlled.sizes().min).toBe(2);
  });

  it('a controller that comes back knows that it was the switch, keeps the base and arms anew', async () => {
    const controlled = controlledGroup();
    await controlled.turn();
    controlled.pass(60);
    expect(controlled.sizes().min).toBe(2);
    const { entry } = await controlled.turn();
    expect(entry.groupFound?.base).toBe(2);
    expect(entry.decision?.reasons[0]).toBe("the dead-man's switch took the floor home to 2");
    expect(controlled.writes.slice(-2)).toEqual(['web: arm 2', 'web: MinSize 10']);
  });

  it('a schedule of the owner that was due meanwhile is not undone', async () => {
    const controlled = controlledGroup();
    controlled.group.schedule({ name: 'evening', startMs: minute(20), min: 6 }, controlled.world.nowMs);
    await controlled.turn();
    controlled.pass(120);
    expect(controlled.group.firings.map(({ name }) => name)).toEqual(['evening', HOME]);
    expect(controlled.sizes().min).toBe(6);
  });
});

describe('while the floor stays raised', () => {
  it('the switch is renewed in time, and never fires', async () => {
    const controlled = controlledGroup();
    for (let i = 0; i < 36; i++) {
      await controlled.turn();
      expect(controlled.armed()[0]!.startMs - controlled.world.nowMs).toBeGreaterThanOrEqual(11 * MINUTE_MS);
    }
    expect(controlled.group.firings).toEqual([]);
    expect(controlled.writes.filter((write) => write.includes('arm'))).toHaveLength(12);
    expect(controlled.writes.filter((write) => write.includes('MinSize'))).toEqual(['web: MinSize 10']);
  });

  it.each([1, 2, 3, 4, 5, 6].map((turns) => ({ turns })))(
    'two turns that are missed after $turns healthy ones take nothing home, with half a minute to spare',
    async ({ turns }) => {
      for (const guards of [{}, { deadManMinutes: 20 }]) {
        const controlled = controlledGroup({ policy: { guards } });
        await controlled.turns(turns);
        controlled.pass(2 * STEP.minutes);
        controlled.world.advanceTo(controlled.world.nowMs + MINUTE_MS / 2);
        expect(controlled.group.firings).toEqual([]);
        expect(controlled.sizes().min).toBe(10);
      }
    },
  );

  it('a switch that somebody deleted is armed again before the floor rises further', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 5 ? 10 : 12) });
    await controlled.turn();
    controlled.group.unschedule(HOME);
    await controlled.turns(2);
    expect(controlled.sizes().min).toBe(12);
    expect(controlled.armed()).toHaveLength(1);
  });

  it('back at the base, the switch is removed as the last write', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 20 ? 10 : 1) });
    await controlled.turns(24);
    expect(controlled.writes.slice(-2)).toEqual(['web: MinSize 2', 'web: disarm']);
    expect(controlled.armed()).toEqual([]);
  });
});
