import { describe, expect, it } from '@jest/globals';
import { InvariantError } from '../../../models/kernel/errors.ts';
import type { GroupCall } from '../../../models/simulate/environment/actions.ts';
import { initial, transition } from '../../../models/simulate/environment/environment.ts';
import { observe } from '../../../models/simulate/environment/observe.ts';
import type { GroupScenario } from '../../../models/simulate/environment/scenario.ts';
import { oneGroup, only, play, type Script, steady } from './course.ts';

const MINUTE = 60_000;
const desire = (desired: number, honorCooldown = false): GroupCall => ({ kind: 'set-desired', desired, honorCooldown });
const later = (name: string, minute: number, min = 6): GroupCall => ({
  kind: 'schedule',
  action: { name, startMs: minute * MINUTE, min },
});
const refresh: GroupCall = { kind: 'start-refresh', minHealthyShare: 0.9 };
const complete = (transition: 'launch' | 'terminate'): GroupCall => ({
  kind: 'complete-lifecycle',
  transition,
  result: 'CONTINUE',
});

describe('a call is refused as AWS refuses it', () => {
  it.each<{ case: string; group?: Partial<GroupScenario>; script: Script; codes: string[] }>([
    { case: 'desired above max', group: { max: 6 }, script: { 1: [desire(7)] }, codes: ['ValidationError'] },
    { case: 'desired below min', group: { min: 2 }, script: { 1: [desire(1)] }, codes: ['ValidationError'] },
    {
      case: 'min above max',
      group: { max: 6 },
      script: { 1: [{ kind: 'update', change: { min: 7 } }] },
      codes: ['ValidationError'],
    },
    {
      case: 'a change within the cooldown, when it is honoured',
      group: { cooldownSeconds: 180 },
      script: { 1: [desire(5)], 2: [desire(6), desire(7, true)], 4: [desire(8, true)], 5: [desire(8, true)] },
      codes: ['ScalingActivityInProgress', 'ScalingActivityInProgress'],
    },
    { case: 'a schedule in the past', script: { 5: [later('x', 5)] }, codes: ['ValidationError'] },
    { case: 'two schedules at one time', script: { 1: [later('x', 9), later('y', 9)] }, codes: ['AlreadyExists'] },
    {
      case: 'the 126th schedule',
      script: { 1: Array.from({ length: 126 }, (_, i) => later(`${i}`, 10 + i)) },
      codes: ['LimitExceeded'],
    },
    { case: 'a second refresh', script: { 1: [refresh, refresh] }, codes: ['InstanceRefreshInProgress'] },
    {
      case: 'the end of no refresh',
      script: { 1: [{ kind: 'cancel-refresh' }] },
      codes: ['ActiveInstanceRefreshNotFound'],
    },
    {
      case: 'the end of a wait that is none',
      script: { 1: [complete('launch'), complete('terminate')] },
      codes: ['ValidationError', 'ValidationError'],
    },
  ])('$case', ({ group, script, codes }) => {
    const { events } = play(oneGroup(group), script);
    expect(only(events, 'refused').map(({ refusal }) => refusal.code)).toEqual(codes);
  });

  it('for a group that does not exist', () => {
    const { events, state } = transition(initial(oneGroup(), 1), [{ kind: 'set-desired', desired: 9, group: 'b' }]);
    expect(only(events, 'refused')).toMatchObject([{ group: 'b', refusal: { code: 'ValidationError' } }]);
    expect(state.groups[0]!.sizes.desired).toBe(4);
  });

  it('beyond so many calls in a minute, of all groups together', () => {
    const replay = { ...steady(40), stepSeconds: 30 };
    const script = { 0: [desire(5), desire(6)], 1: [desire(7), desire(8)], 2: [desire(9)] };
    const { states, events } = play(oneGroup({ replay }, { account: { callsPerMinute: 3 } }), script);
    expect(only(events, 'refused')).toMatchObject([{ atMs: 30_000, refusal: { code: 'Throttling' } }]);
    expect(states.slice(1, 4).map(({ groups }) => groups[0]!.sizes.desired)).toEqual([6, 7, 9]);
  });

  it('now and then because another update is pending', () => {
    const script = Object.fromEntries(Array.from({ length: 60 }, (_, t) => [t, [desire(4)]]));
    const refusals = only(play(oneGroup({}, { account: { contentionShare: 0.5 } }), script).events, 'refused');
    expect(new Set(refusals.map(({ refusal }) => refusal.code))).toEqual(new Set(['ResourceContention']));
    // Four standard deviations of 60 tosses are 4·√15 = 15.5.
    expect(Math.abs(refusals.length - 30)).toBeLessThan(15.5);
  });
});

describe('what a group allows', () => {
  it('a floor above desired lifts it', () => {
    const { states } = play(oneGroup(), { 1: [{ kind: 'update', change: { min: 6 } }] });
    expect(states[2]!.groups[0]!).toMatchObject({ sizes: { min: 6, desired: 6 }, launches: 2 });
  });

  it("its own policy's release goes down to min and no further", () => {
    const { states } = play(oneGroup({ min: 3 }), { 1: [{ kind: 'scale-in', units: 4 }] });
    expect(states.at(-1)!.groups[0]!.sizes.desired).toBe(3);
  });

  it('nothing is launched while Launch is suspended, all of it after', () => {
    const { events } = play(oneGroup(), {
      1: [{ kind: 'suspend', processes: ['Launch'] }, desire(6)],
      9: [{ kind: 'suspend', processes: [] }],
    });
    expect(only(events, 'launched')).toMatchObject([{ units: 2, atMs: 9 * MINUTE }]);
  });

  it('nothing is terminated while Terminate is suspended', () => {
    const script: Script = {
      1: [{ kind: 'suspend', processes: ['Terminate'] }, desire(1), { kind: 'scale-in', units: 2 }],
    };
    expect(only(play(oneGroup(), script).events, 'terminated')).toEqual([]);
  });

  it.each<{ case: string; call: GroupCall }>([
    { case: 'half a unit', call: desire(1.5) },
    { case: 'no number', call: { kind: 'update', change: { max: Number.NaN } } },
    { case: 'a release of no number', call: { kind: 'scale-in', units: Number.NaN } },
    { case: 'a release of less than nothing', call: { kind: 'scale-in', units: -1 } },
    { case: 'a healthy share above one', call: { kind: 'start-refresh', minHealthyShare: 90 } },
    {
      case: 'a schedule that repeats at once',
      call: { kind: 'schedule', action: { name: 'x', startMs: 9e6, min: 1, everyMs: 0 } },
    },
  ])('$case is a defect of the caller', ({ call }) => {
    expect(() => play(oneGroup(), { 1: [call] })).toThrow(InvariantError);
  });

  it('so is a release of a group that is not there', () => {
    expect(() => transition(initial(oneGroup(), 1), [{ kind: 'scale-in', units: 1, group: 'b' }])).toThrow(
      InvariantError,
    );
  });
});

describe('a scheduled action', () => {
  it('fires at its time, within a step too, and what it launches boots from then on', () => {
    const action = { name: 'x', startMs: 5.5 * MINUTE, desired: 7 };
    const { events } = play(oneGroup(), { 1: [{ kind: 'schedule', action }] });
    expect(only(events, 'scheduled')).toMatchObject([{ atMs: 5.5 * MINUTE, outcome: 'fired' }]);
    expect(only(events, 'launched')).toMatchObject([{ units: 3, atMs: 5.5 * MINUTE, readyAtMs: 7.5 * MINUTE }]);
  });

  it('repeats, and stops when it is deleted', () => {
    const schedules = [{ name: 'x', startMs: 2 * MINUTE, everyMs: 10 * MINUTE, min: 1 }];
    const { events } = play(oneGroup({ schedules }), { 30: [{ kind: 'unschedule', name: 'x' }] });
    expect(only(events, 'scheduled').map(({ atMs }) => atMs / MINUTE)).toEqual([2, 12, 22]);
  });

  it('says why it did nothing', () => {
    const schedules = [
      { name: 'x', startMs: 2 * MINUTE, min: 9 },
      { name: 'y', startMs: 4 * MINUTE, min: 1 },
    ];
    const script: Script = { 3: [{ kind: 'suspend', processes: ['ScheduledActions'] }] };
    const { events } = play(oneGroup({ schedules, max: 6 }), script);
    expect(only(events, 'scheduled').map(({ outcome }) => outcome)).toEqual(['ValidationError', 'suspended']);
  });

  it('comes up to two minutes late, by the seed, and never early', () => {
    const schedules = [{ name: 'x', startMs: 2 * MINUTE, everyMs: 5 * MINUTE, min: 1 }];
    const delays = (seed: number) =>
      only(
        play(oneGroup({ schedules, replay: steady(2000) }, { schedulesLate: true }), {}, { seed }).events,
        'scheduled',
      ).map(({ atMs }, i) => atMs - (2 + 5 * i) * MINUTE);
    const late = delays(1);
    expect(late.every((ms) => ms >= 0 && ms <= 120_000)).toBe(true);
    // 399 draws: the extremes lie within 3 % of the bounds but for one chance in 10⁵.
    expect([Math.min(...late) < 3600, Math.max(...late) > 116_400]).toEqual([true, true]);
    expect(delays(2)).not.toEqual(late);
  });
});

describe("the controller's clock", () => {
  it('is off by its skew and jitters to both sides', () => {
    const { states } = play(
      oneGroup({ replay: steady(200) }, { startMs: 1e12, clock: { skewMs: 5000, jitterMs: 90_000 } }),
    );
    const off = states.map((state) => observe(state).nowMs - 1e12 - state.t * MINUTE - 5000);
    expect(off.every((ms) => Math.abs(ms) <= 90_000)).toBe(true);
    const readings = states.map((state) => observe(state).nowMs);
    expect(readings.some((ms, i) => i > 0 && ms < readings[i - 1]!)).toBe(true);
  });
});
