import { describe, expect, it } from '@jest/globals';
import { loadOf, metricOf, minute, samplesOf } from './controlled-account.ts';
import { controlledGroup, foretold } from './controlled-group.ts';

/** Six units, and twelve from one o'clock on. */
const rise = (at: number): number => (at < 60 ? 6 : 12);

/** The tick, in minutes after noon, that first raised the floor to `size`. */
async function raisedAt(controlled: ReturnType<typeof controlledGroup>, size: number): Promise<number> {
  for (let at = 2; at < 120; at += 5) {
    await controlled.turn();
    if (controlled.sizes().min >= size) return at;
  }
  return Number.POSITIVE_INFINITY;
}

describe('a rise that was forecast', () => {
  it.each([
    { case: '5 minutes', bootSeconds: 300, leadMinutes: 15, tick: 52 },
    { case: '15 minutes', bootSeconds: 900, leadMinutes: 25, tick: 42 },
    { case: '30 minutes', bootSeconds: 1800, leadMinutes: 40, tick: 27 },
  ])('is met one lead time early when instances take $case to boot', async ({ bootSeconds, leadMinutes, tick }) => {
    const policy = { lead: { bootSeconds } };
    const controlled = controlledGroup({ policy, needs: rise, group: { bootSeconds, desired: 6 } });
    await foretold(controlled, rise, { policy });
    expect(await raisedAt(controlled, 12)).toBe(tick);
    expect(60 - tick).toBeLessThanOrEqual(leadMinutes);

    controlled.world.advanceTo(minute(60));
    expect(controlled.group.snapshot(minute(60))).toMatchObject({ inService: 12, pending: 0 });
  });

  it.each([
    { case: 'as dear as one idle', shortagePenalty: 1, target: 10 },
    { case: 'four times as dear', shortagePenalty: 4, target: 13 },
    { case: 'twenty times as dear', shortagePenalty: 20, target: 15 },
  ])('is met as far as its price asks: a missing unit $case', async ({ shortagePenalty, target }) => {
    const policy = { price: { shortagePenalty } };
    const controlled = controlledGroup({ policy, needs: () => 8, group: { desired: 8 } });
    await foretold(controlled, () => 10, { policy, share: 0.5 });
    expect((await controlled.turn()).entry.decision).toMatchObject({ target, rule: 'newsvendor' });
  });

  it('is met only once it has come where there is no model, and the ledger says that there is none', async () => {
    const controlled = controlledGroup({ needs: rise, group: { desired: 6 } });
    const { entry } = await controlled.turn();
    expect(entry.forecast).toEqual({ kind: 'refused', reason: 'no model has been fitted yet' });
    expect(await raisedAt(controlled, 12)).toBeGreaterThan(60);
  });

  it('that does not come is not trusted below what the load needs now', async () => {
    const controlled = controlledGroup({ needs: () => 12, group: { desired: 12 } });
    await foretold(controlled, () => 4);
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 12, rule: 'reactive-floor' });
  });

  it('is given back after it has passed', async () => {
    const needs = (at: number): number => (at >= 60 && at < 90 ? 12 : 6);
    const controlled = controlledGroup({ needs, group: { desired: 6 } });
    await foretold(controlled, needs);
    expect(await raisedAt(controlled, 12)).toBe(52);
    await controlled.turns(16);
    expect(controlled.sizes().min).toBe(6);
  });
});

describe('what a tick may see', () => {
  it('is never a period that is not past its publication delay, even where the metric shows it already', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 0 ? 10 : 30) });
    controlled.world.advanceTo(minute(6));
    await controlled.deliver();
    expect((await controlled.entryOf('web', minute(6))).load).toMatchObject({
      freshUntilMs: minute(0),
      latest: loadOf(10),
    });
    controlled.world.advanceTo(minute(7));
    await controlled.deliver();
    expect((await controlled.entryOf('web', minute(7))).load).toMatchObject({
      freshUntilMs: minute(5),
      latest: loadOf(30),
    });
  });

  it('is, after the fact, also a period that was published late: the last quarter of an hour is read again', async () => {
    const controlled = controlledGroup({ needs: (at) => (at === 30 ? undefined : 10) });
    controlled.world.advanceTo(minute(42));
    expect((await controlled.turn()).entry.load).toMatchObject({ filled: 1 });
    controlled.world.publish(
      metricOf('web'),
      samplesOf((at) => (at === 30 ? loadOf(10) : undefined)),
    );
    expect((await controlled.turn()).entry.load).toMatchObject({ filled: 0, blank: 0 });
  });
});
