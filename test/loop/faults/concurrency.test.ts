import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TickOutcome } from '../../../loop/tick.ts';
import { pacedPorts } from './paced-ports.ts';
import { SCENARIOS } from './scenarios.ts';
import { STEP_MS, type WatchedGroup, watchedGroup } from './watched-group.ts';

const SEED = 20_260_105;

interface Racer {
  readonly holder: string;
  readonly asOfMs: number;
}

/** Delivers to all racers at once; whose call comes next is up to the scheduler. */
async function race(group: WatchedGroup, racers: readonly Racer[], scheduler: fc.Scheduler): Promise<TickOutcome[]> {
  const all = racers.map(({ holder, asOfMs }) => {
    const turnstile = (call: string): Promise<unknown> => scheduler.schedule(Promise.resolve(), call);
    return group.deliver({ asOfMs, holder }, pacedPorts(group.ports, holder, turnstile));
  });
  return scheduler.waitFor(Promise.all(all));
}

/** Whatever was told to come again comes again, alone, until nothing has to. */
async function again(group: WatchedGroup, racers: readonly Racer[], first: readonly TickOutcome[]): Promise<void> {
  for (const [i, racer] of racers.entries()) if (first[i]?.retry) await group.deliver(racer);
}

/** The world without its account of tries: what a single delivery leaves. */
async function left(group: WatchedGroup): Promise<unknown> {
  return { standing: await group.standing(), ledger: await group.ledger() };
}

const sameTick = (group: WatchedGroup, count: number): readonly Racer[] =>
  Array.from({ length: count }, (_, i) => ({ holder: `racer-${i}`, asOfMs: group.world.nowMs }));

describe('deliveries of one group at once', () => {
  it.each(SCENARIOS)('of one tick act once, in any order of their calls: $case', async ({ ready }) => {
    const alone = await ready();
    await alone.deliver();
    const expected = await left(alone);
    const writes = alone.watch.attempts.length;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 3 }), async (scheduler, count) => {
        const group = await ready();
        const racers = sameTick(group, count);
        const outcomes = await race(group, racers, scheduler);
        await again(group, racers, outcomes);
        expect(await left(group)).toEqual(expected);
        expect(group.watch.attempts).toHaveLength(writes);
        expect(group.world.telemetry.ticks).toHaveLength(alone.world.telemetry.ticks.length);
        expect(group.watch.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 30 },
    );
  });

  it.each(SCENARIOS)('of an older and a newer tick leave the newer one’s state: $case', async ({ ready }) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, newerFirst) => {
        const group = await ready();
        const olderMs = group.world.nowMs;
        group.passTo(olderMs + STEP_MS);
        const older = { holder: 'older', asOfMs: olderMs };
        const newer = { holder: 'newer', asOfMs: olderMs + STEP_MS };
        const racers = newerFirst ? [newer, older] : [older, newer];
        await again(group, racers, await race(group, racers, scheduler));
        expect((await group.standing()).state?.lastAsOfMs).toBe(newer.asOfMs);
        await group.turns(2);
        expect((await group.standing()).state?.base).toBe(group.watch.ownMin());
        expect(group.watch.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 30 },
    );
  });

  it('give the lease to one of them at a time: the others are told to come again', async () => {
    const [scenario] = SCENARIOS;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const group = await scenario!.ready();
        const outcomes = await race(group, sameTick(group, 3), scheduler);
        expect(outcomes.filter(({ status }) => status === 'acted')).toHaveLength(1);
        for (const { status, retry } of outcomes) {
          expect([
            ['acted', false],
            ['leased', true],
            ['duplicate', false],
          ]).toContainEqual([status, retry]);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it.each(SCENARIOS)('do not take what an older one wrote meanwhile for the owner’s hand: $case', async ({ ready }) => {
    const group = await ready();
    const olderMs = group.world.nowMs;
    group.passTo(olderMs + STEP_MS);
    const asOfMs = group.world.nowMs;
    const { runtime } = group.ports;
    let older: Promise<TickOutcome> | undefined;
    // The newer tick has looked at the group, and before it is given the lease the older one runs from end to end.
    const begin: typeof runtime.begin = async (...given) => {
      older ??= group.deliver({ asOfMs: olderMs, holder: 'older' });
      await older;
      return runtime.begin(...given);
    };
    const newer = { asOfMs, holder: 'newer' };
    await again(group, [newer], [await group.deliver(newer, { ...group.ports, runtime: { ...runtime, begin } })]);
    expect((await group.standing()).state?.base).toBe(group.watch.ownMin());
    group.passTo(asOfMs + STEP_MS);
    await group.turns(2);
    expect((await group.standing()).state?.base).toBe(group.watch.ownMin());
    expect(group.watch.violations).toEqual([]);
  });

  it('leave an older tick undone when a newer one has begun, though that one died in the middle', async () => {
    const group = watchedGroup({ needs: () => 10 });
    const olderMs = group.world.nowMs;
    group.passTo(olderMs + STEP_MS);
    group.world.crashNext('commit');
    expect(await group.deliver()).toMatchObject({ status: 'failed' });
    group.world.faults.restart();
    expect(await group.deliver({ asOfMs: olderMs })).toMatchObject({ status: 'superseded', retry: false });
    expect(await group.turn()).toMatchObject({ status: 'acted' });
    expect(group.watch.violations).toEqual([]);
  });
});
