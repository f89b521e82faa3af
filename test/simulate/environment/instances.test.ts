import { describe, expect, it } from '@jest/globals';
import { observe } from '../../../models/simulate/environment/observe.ts';
import type { BootTime } from '../../../models/simulate/environment/scenario.ts';
import { heads, oneGroup, only, play } from './course.ts';

const MINUTE = 60_000;
const grow = { 3: [{ kind: 'set-desired', desired: 10 }] } as const;

describe('booting', () => {
  it.each<{ case: string; boot: BootTime; readyAt: number[] }>([
    { case: 'a constant time', boot: { kind: 'constant', seconds: 90 }, readyAt: [5] },
    { case: 'recorded times, in turn', boot: { kind: 'recorded', seconds: [60, 150] }, readyAt: [4, 6, 4, 6, 4, 6] },
  ])('takes $case; a unit serves from the first step that begins when it is over', ({ boot, readyAt }) => {
    const { states, events } = play(oneGroup({ boot }), grow);
    const launches = only(events, 'launched');
    expect(launches.map(({ readyAtMs }) => Math.ceil(readyAtMs / MINUTE))).toEqual(readyAt);
    const perUnit = readyAt.length === 1 ? new Array<number>(6).fill(readyAt[0]!) : readyAt;
    heads(states).forEach(({ inService }, t) => {
      expect(inService).toBe(4 + perUnit.filter((ready) => t >= ready).length);
    });
  });

  it('is lognormal with the median and the spread that were asked for, the same for a seed', () => {
    const boot: BootTime = { kind: 'lognormal', medianSeconds: 200, sigma: 0.5 };
    const script = { 0: [{ kind: 'set-desired', desired: 2004 }] } as const;
    const times = (seed: number) =>
      only(play(oneGroup({ boot }), script, { seed, steps: 1 }).events, 'launched').map(({ readyAtMs }) => readyAtMs);
    const logs = times(5).map((ms) => Math.log(ms / 1000));
    const mean = logs.reduce((a, b) => a + b) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length);
    // Four standard errors of 2,000 draws: 0.5 / √2000 = 0.011 for the mean, 0.008 for the deviation.
    expect(Math.abs(mean - Math.log(200))).toBeLessThan(0.045);
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.035);
    expect(times(5)).toEqual(times(5));
    expect(times(6)).not.toEqual(times(5));
  });

  it('lets units that warm up serve, and shows them as pending', () => {
    const { states } = play(oneGroup({ warmUpSeconds: 120 }), grow);
    const seen = states.slice(4, 8).map((state) => observe(state).groups[0]!.view);
    expect(seen.map(({ ready, pending }) => [ready, pending])).toEqual([
      [4, 6],
      [4, 6],
      [4, 6],
      [10, 0],
    ]);
    expect(states.slice(5, 8).map(({ groups }) => groups[0]!.step.serving)).toEqual([4, 10, 10]);
  });
});

describe('a lifecycle hook', () => {
  const hook = (atTimeout: 'CONTINUE' | 'ABANDON') => ({ lifecycle: { launch: { seconds: 300, atTimeout } } });
  const inServiceAt = (script: Parameters<typeof play>[1], atTimeout: 'CONTINUE' | 'ABANDON' = 'CONTINUE') =>
    only(play(oneGroup(hook(atTimeout)), script, { steps: 20 }).events, 'in-service').map(({ atMs }) => atMs / MINUTE);

  it('holds a launch until its timeout', () => {
    expect(inServiceAt(grow)).toEqual([3 + 2 + 5]);
  });

  it('lets it in as soon as it is completed', () => {
    const complete = { kind: 'complete-lifecycle', transition: 'launch', result: 'CONTINUE' } as const;
    expect(inServiceAt({ ...grow, 7: [complete] })).toEqual([7]);
  });

  it('shows who waits', () => {
    const { states } = play(oneGroup(hook('CONTINUE')), grow, { steps: 12 });
    expect(states.map((state) => observe(state).groups[0]!.waiting.launch)).toEqual(
      states.map(({ t }) => (t >= 5 && t < 10 ? 6 : 0)),
    );
  });

  it.each([
    {
      case: 'abandoned',
      script: { ...grow, 7: [{ kind: 'complete-lifecycle', transition: 'launch', result: 'ABANDON' }] } as const,
      at: 7,
    },
    { case: 'timed out', script: grow, at: 10 },
  ])('has a launch that was $case terminated and launched anew', ({ script, at }) => {
    const { events } = play(oneGroup(hook('ABANDON')), script, { steps: 12 });
    expect(only(events, 'terminated')).toMatchObject([{ units: 6, cause: 'abandoned', atMs: at * MINUTE }]);
    expect(only(events, 'launched').map(({ atMs, units }) => [atMs / MINUTE, units])).toEqual([
      [3, 6],
      [at, 6],
    ]);
  });

  it('keeps a terminating unit, out of service and billed, until the wait ends', () => {
    const lifecycle = { terminate: { seconds: 150, atTimeout: 'CONTINUE' } } as const;
    const { states, events } = play(
      oneGroup({ lifecycle }),
      { 2: [{ kind: 'set-desired', desired: 1 }] },
      { steps: 6 },
    );
    expect(only(events, 'terminated')).toMatchObject([{ units: 3, cause: 'scale-in', atMs: 2 * MINUTE + 150_000 }]);
    expect(states.slice(2).map(({ groups: [group] }) => [group!.step.serving, group!.step.existing])).toEqual([
      [4, 4],
      [1, 4],
      [1, 4],
      [1, 4],
      [1, 1],
    ]);
  });

  it('lets a terminating unit go at once when it is completed', () => {
    const lifecycle = { terminate: { seconds: 600, atTimeout: 'CONTINUE' } } as const;
    const { events } = play(oneGroup({ lifecycle }), {
      2: [{ kind: 'set-desired', desired: 1 }],
      4: [{ kind: 'complete-lifecycle', transition: 'terminate', result: 'CONTINUE' }],
    });
    expect(only(events, 'terminated')).toMatchObject([{ units: 3, atMs: 4 * MINUTE }]);
  });
});

describe('protection from scale-in', () => {
  const shrink = { 3: [{ kind: 'set-desired', desired: 1 }] } as const;

  it('keeps the units that have it; desired falls all the same', () => {
    const { states, events } = play(oneGroup(), { 2: [{ kind: 'protect', units: 3, on: true }], ...shrink });
    expect(states[4]!.groups[0]!.sizes.desired).toBe(1);
    expect(heads(states).at(-1)!.inService).toBe(3);
    expect(only(events, 'protected')).toMatchObject([{ units: 2, atMs: 3 * MINUTE }]);
  });

  it('lets them go once it is lifted', () => {
    const { events } = play(oneGroup({ protectNew: true }), {
      ...shrink,
      6: [{ kind: 'protect', units: 4, on: false }],
    });
    expect(only(events, 'terminated')).toMatchObject([{ units: 3, atMs: 7 * MINUTE }]);
  });

  it("holds against the group's own policy too", () => {
    const { states } = play(oneGroup({ protectNew: true }), { 3: [{ kind: 'scale-in', units: 2 }] });
    expect(heads(states).at(-1)!.inService).toBe(4);
  });
});

describe('an instance refresh', () => {
  it('replaces every unit and never has fewer than the healthy share in service', () => {
    const { states, events } = play(oneGroup(), { 2: [{ kind: 'start-refresh', minHealthyShare: 0.5 }] });
    expect(heads(states).every(({ inService }) => inService >= 2)).toBe(true);
    expect(only(events, 'terminated').map(({ units, cause, atMs }) => [units, cause, atMs / MINUTE])).toEqual([
      [2, 'refresh', 3],
      [2, 'refresh', 5],
    ]);
    expect(only(events, 'refresh-finished')).toMatchObject([{ atMs: 7 * MINUTE }]);
    expect(observe(states[4]!).groups[0]!.isRefreshing).toBe(true);
    expect(observe(states.at(-1)!).groups[0]!.isRefreshing).toBe(false);
  });

  it('goes one by one when all should be healthy', () => {
    const { events } = play(oneGroup(), { 2: [{ kind: 'start-refresh', minHealthyShare: 1 }] });
    expect(only(events, 'terminated').map(({ units }) => units)).toEqual([1, 1, 1, 1]);
  });

  it('leaves the rest as they are when it is cancelled', () => {
    const script = { 2: [{ kind: 'start-refresh', minHealthyShare: 1 }], 4: [{ kind: 'cancel-refresh' }] } as const;
    const { events } = play(oneGroup(), script);
    expect(only(events, 'terminated').length).toBe(1);
  });
});
