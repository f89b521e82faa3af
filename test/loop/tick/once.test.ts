import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../models/kernel/series.ts';
import { MINUTE_MS, metricOf, minute, START_MS } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

const RAISE = ['web: claim', 'web: arm 2', 'web: MinSize 10'];

describe('a tick that arrives late', () => {
  it('is carried out up to two cadences after its time', async () => {
    const controlled = controlledGroup();
    controlled.pass(10);
    expect(await controlled.deliver({ asOfMs: START_MS })).toMatchObject([{ status: 'acted' }]);
    expect(controlled.writes).toEqual(RAISE);
  });

  it('is written down and not acted on after that, with how late it was', async () => {
    const controlled = controlledGroup();
    controlled.pass(11);
    expect(await controlled.deliver({ asOfMs: START_MS })).toMatchObject([{ status: 'held', retry: false }]);
    const { decision, action } = await controlled.entryOf('web', START_MS);
    expect(decision).toMatchObject({ target: 2, rule: 'stale-tick' });
    expect(decision?.reasons.at(-1)).toBe('this tick is 660 s late, at most 600 s are acted on');
    expect(action).toMatchObject({ floor: null, arm: null });
    expect(controlled.writes).toEqual([]);
  });

  it('does not act either while the load cannot be seen and the floor is below the last need', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 10 ? 10 : undefined) });
    await controlled.turns(4);
    controlled.group.update({ min: 3 }, controlled.world.nowMs);
    const before = [...controlled.writes];
    const asOfMs = minute(30);
    controlled.world.advanceTo(minute(42));
    await controlled.deliver({ asOfMs });
    expect((await controlled.entryOf('web', asOfMs)).decision?.rule).toBe('stale-tick');
    expect(controlled.writes).toEqual(before);
  });

  it('does not act either while the group is released: a newer one will', async () => {
    const controlled = controlledGroup();
    await controlled.turn();
    await controlled.order('release', 'leave');
    const asOfMs = controlled.world.nowMs;
    controlled.pass(12);
    await controlled.deliver({ asOfMs });
    expect(controlled.writes).toEqual(RAISE);
    await controlled.turns(8);
    expect(controlled.sizes().min).toBe(2);
  });

  it('does not remove a switch either that is armed for an older base', async () => {
    const controlled = controlledGroup();
    await controlled.turn();
    controlled.group.update({ min: 15 }, controlled.world.nowMs);
    const asOfMs = controlled.world.nowMs;
    controlled.pass(12);
    await controlled.deliver({ asOfMs });
    expect(controlled.writes).toEqual(RAISE);
    await controlled.turn();
    expect(controlled.writes).toEqual([...RAISE, 'web: disarm']);
  });

  it('does not keep a newer one from acting', async () => {
    const controlled = controlledGroup();
    controlled.pass(30);
    await controlled.deliver({ asOfMs: START_MS });
    expect((await controlled.turn()).outcome.status).toBe('acted');
  });
});

describe('a tick that arrives after a newer one', () => {
  const overtaken = async () => {
    const controlled = controlledGroup();
    controlled.pass(5);
    await controlled.deliver();
    const older = await controlled.deliver({ asOfMs: START_MS });
    return { controlled, older };
  };

  it('does nothing', async () => {
    const { controlled, older } = await overtaken();
    expect(older).toMatchObject([{ status: 'superseded', retry: false }]);
    expect(controlled.writes).toEqual(RAISE);
  });

  it('is written down with its reason', async () => {
    const { controlled } = await overtaken();
    const [record] = await controlled.ports.ledger.range(controlled.group.id, {
      fromMs: START_MS,
      toMs: instant(START_MS + 1),
    });
    expect(record?.decision).toMatchObject({ decision: null, action: { floor: null, arm: null }, inputs: null });
    expect(record?.outcome).toMatchObject({
      status: 'refused',
      reasons: ['a newer tick of this group has begun: this one is recorded and moves nothing'],
    });
  });

  it('leaves what an earlier delivery of it intended as it stands', async () => {
    const controlled = controlledGroup();
    await controlled.deliver();
    const before = await controlled.entryOf('web', START_MS);
    controlled.pass(5);
    await controlled.deliver();
    expect(await controlled.deliver({ asOfMs: START_MS })).toMatchObject([{ status: 'superseded' }]);
    expect(await controlled.entryOf('web', START_MS)).toEqual(before);
  });
});

describe('a tick of a time that has not come', () => {
  const DAY_MS = 24 * 60 * MINUTE_MS;

  it.each([
    { case: 'a year', aheadMs: 365 * DAY_MS },
    { case: 'a second more than a minute', aheadMs: MINUTE_MS + 1000 },
    { case: 'further than any calendar goes', aheadMs: 9e15 - START_MS },
  ])('is dropped when it is $case ahead, and no later tick is kept from its turn', async ({ aheadMs }) => {
    const controlled = controlledGroup();
    const [dropped] = await controlled.deliver({ asOfMs: START_MS + aheadMs });
    expect(dropped).toMatchObject({ status: 'ahead', retry: false });
    expect(dropped?.reason).toBe(
      `its time is ${aheadMs / 1000} s ahead of the clock, at most 60 s are accepted: it is dropped`,
    );
    expect(controlled.world.telemetry.failures).toMatchObject([{ code: 'AHEAD_OF_CLOCK' }]);
    expect(await controlled.ports.runtime.peek(controlled.group.id)).toBeUndefined();
    expect(controlled.writes).toEqual([]);
    expect((await controlled.turn()).outcome.status).toBe('acted');
    expect((await controlled.turn()).outcome.status).not.toBe('superseded');
  });

  it('is carried out when clocks differ by no more than a minute', async () => {
    const controlled = controlledGroup();
    expect(await controlled.deliver({ asOfMs: START_MS + MINUTE_MS })).toMatchObject([{ status: 'acted' }]);
  });
});

describe('a tick that arrives twice', () => {
  it.each([
    { case: 'by the same hand', holder: 'web@again' },
    { case: 'by another', holder: 'somebody else' },
  ])('is carried out once, $case', async ({ holder }) => {
    const controlled = controlledGroup();
    await controlled.deliver({ holder: 'web@again' });
    expect(await controlled.deliver({ holder })).toMatchObject([{ status: 'duplicate', retry: false }]);
    expect(controlled.writes).toEqual(RAISE);
    expect(controlled.world.telemetry.ticks).toHaveLength(1);
  });

  it('is carried out once also where both run side by side', async () => {
    const controlled = controlledGroup();
    const both = await Promise.all([controlled.deliver({ holder: 'a' }), controlled.deliver({ holder: 'b' })]);
    expect(both.flat().map(({ status }) => status)).toEqual(['acted', 'leased']);
    expect(controlled.writes).toEqual(RAISE);
  });

  it('does not undo what a person did after the first time', async () => {
    const controlled = controlledGroup();
    await controlled.deliver();
    controlled.group.update({ min: 20 }, controlled.world.nowMs);
    await controlled.deliver({ holder: 'again' });
    expect(controlled.sizes().min).toBe(20);
    expect(controlled.writes).toEqual(RAISE);
  });

  it('does not take a second step down', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 ? 10 : 4) });
    while (controlled.world.nowMs < minute(47)) await controlled.turn();
    await controlled.deliver();
    await controlled.deliver({ holder: 'again' });
    expect(controlled.sizes().min).toBe(8);
  });
});

describe('a group whose lease another tick holds', () => {
  const lent = async () => {
    const controlled = controlledGroup();
    const { nowMs } = controlled.world;
    const untilMs = instant(nowMs + MINUTE_MS);
    await controlled.ports.runtime.begin(controlled.group.id, {
      holder: 'another',
      asOfMs: nowMs,
      wallMs: nowMs,
      untilMs,
    });
    return controlled;
  };

  it('is left alone, and the message comes again', async () => {
    const controlled = await lent();
    const [outcome] = await controlled.deliver();
    expect(outcome).toMatchObject({ status: 'leased', retry: true, reason: 'leased by another' });
    expect(controlled.writes).toEqual([]);
  });

  it('is taken up once the lease has ended, whatever became of its holder', async () => {
    const controlled = await lent();
    controlled.pass(1);
    expect(await controlled.deliver({ asOfMs: START_MS })).toMatchObject([{ status: 'acted' }]);
  });
});

describe('a tick with too little time left', () => {
  it('hands the message back before the first write, and the next delivery does it', async () => {
    let leftMs = 4999;
    const controlled = controlledGroup({}, { remainingMs: () => leftMs });
    expect(await controlled.deliver()).toMatchObject([{ status: 'failed', retry: true }]);
    expect(controlled.world.telemetry.failures).toMatchObject([{ code: 'TIME_SHORT' }]);
    expect(controlled.writes).toEqual([]);
    leftMs = 5000;
    expect(await controlled.deliver()).toMatchObject([{ status: 'acted' }]);
    expect(controlled.writes).toEqual(RAISE);
  });

  it('that has nothing to write ends as usual', async () => {
    const controlled = controlledGroup({ needs: () => 2 }, { remainingMs: () => 0 });
    expect(await controlled.deliver()).toMatchObject([{ status: 'held' }]);
  });
});

describe('a message that was put aside and comes back hours later', () => {
  it('finds a newer tick and does nothing, also when nothing was seen at all in between', async () => {
    const controlled = controlledGroup();
    controlled.world.failNext('begin', { code: 'InternalFailure' });
    expect(await controlled.deliver()).toMatchObject([{ status: 'failed', retry: true }]);
    controlled.world.metrics.breakMetric(metricOf('web'), 'gone');
    controlled.pass(240);
    expect(await controlled.deliver({ asOfMs: START_MS })).toMatchObject([{ status: 'held' }]);
    expect(controlled.writes).toEqual([]);
  });
});
