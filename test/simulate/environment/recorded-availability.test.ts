import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { availableSteps } from '../../../models/simulate/environment/available-steps.ts';
import { initial, isOver, transition } from '../../../models/simulate/environment/environment.ts';
import type { EnvironmentEvent } from '../../../models/simulate/environment/events.ts';
import { grantedAt } from '../../../models/simulate/environment/launch.ts';
import { observe } from '../../../models/simulate/environment/observe.ts';
import {
  type AvailabilityChange,
  recordedAvailability,
} from '../../../models/simulate/environment/recorded-availability.ts';
import { actionOf, runGroups } from '../../../models/simulate/environment/run-groups.ts';
import type { Availability, GroupScenario, Scenario } from '../../../models/simulate/environment/scenario.ts';
import { optimum } from '../../../models/simulate/optimum.ts';
import { policies } from '../../../models/simulate/policies/registry.ts';
import { targetTracking } from '../../../models/simulate/policies/target-tracking.ts';
import { pastOf } from '../../../models/simulate/run.ts';
import { replayWith } from '../series.ts';
import { only } from './course.ts';

const change = (trace: string, seconds: number, value: number, asked = 1): AvailabilityChange => ({
  trace,
  seconds,
  value,
  asked,
});

/** The record of one trace; fails the test when it is refused. */
function availabilityOf(rows: readonly AvailabilityChange[], startMs = 0): Availability {
  const record = recordedAvailability(rows, startMs);
  if (!record.ok) throw new Error(`refused: ${JSON.stringify(record.refusal)}`);
  return record.value[0]!.availability;
}

describe('a record of spot capacity', () => {
  it('gives the change points of each trace, without its end marker', () => {
    const rows = [
      change('a', 0, 0),
      change('b', 0, 4, 4),
      change('a', 585, 1),
      change('b', 300, 1, 4),
      change('b', 900, -1, 4),
      change('a', 1170, -1),
    ];
    expect(recordedAvailability(rows, 60_000)).toEqual({
      ok: true,
      value: [
        { trace: 'a', availability: { atMs: [60_000, 645_000], granted: [0, 1] }, fromMs: 60_000, toMs: 1_230_000 },
        { trace: 'b', availability: { atMs: [60_000, 360_000], granted: [1, 0.25] }, fromMs: 60_000, toMs: 960_000 },
      ],
    });
  });

  it.each([
    { case: 'time stands still', rows: [change('a', 5, 1), change('a', 5, 0)], kind: 'time-not-ascending', row: 1 },
    { case: 'time is no number', rows: [change('a', Number.NaN, 1)], kind: 'time-not-ascending', row: 0 },
    { case: 'time never ends', rows: [change('a', Number.POSITIVE_INFINITY, 1)], kind: 'time-not-ascending', row: 0 },
    { case: 'more is had than asked for', rows: [change('a', 0, 2)], kind: 'value-out-of-range', row: 0 },
    { case: 'half a unit is had', rows: [change('a', 0, 0.5)], kind: 'value-out-of-range', row: 0 },
    { case: 'nothing is asked for', rows: [change('a', 0, 0, 0)], kind: 'value-out-of-range', row: 0 },
    { case: 'it ends before it begins', rows: [change('a', 0, -1)], kind: 'value-out-of-range', row: 0 },
    {
      case: 'it goes on after its end',
      rows: [change('a', 0, 1), change('a', 9, -1), change('a', 12, 0)],
      kind: 'row-after-end',
      row: 2,
    },
    { case: 'it has no end', rows: [change('a', 0, 1), change('a', 9, 0)], kind: 'no-end', row: 1 },
  ])('is refused when $case', ({ rows, kind, row }) => {
    expect(recordedAvailability(rows)).toEqual({ ok: false, refusal: { kind, row } });
  });
});

/** Minutes with and without capacity in turn; the stamps are no whole minutes. */
const gaps = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }).map((lengths) => {
  let seconds = 0;
  const rows = [change('a', 0, 1)];
  for (const [i, length] of lengths.entries()) {
    seconds += length;
    rows.push(change('a', seconds, i % 2));
  }
  return availabilityOf([...rows, change('a', seconds + 1, -1)]);
});

const rising = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 20, maxLength: 60 });

function groupOn(
  availability: Availability,
  need: readonly number[],
  rest: Partial<GroupScenario> = {},
): GroupScenario {
  const replay = { ...replayWith({ need, bootSteps: 3, scoreFrom: 5 }), stepSeconds: 60 };
  return { name: 'a', replay, pools: [{ type: 'p3.2xlarge', zone: 'a', market: 'spot', availability }], ...rest };
}

/** Everything that happens under target tracking, and at which steps more was wanted than there was. */
function underTargetTracking(scenario: Scenario) {
  const decide = targetTracking(0.5).start(pastOf(scenario.groups[0]!.replay));
  const events: EnvironmentEvent[] = [];
  const wantedAtMs = new Set<number>();
  let state = initial(scenario, 1);
  while (!isOver(state)) {
    const { view, sizes } = observe(state).groups[0]!;
    const action = actionOf(decide(view), view, sizes.desired);
    const desired = action?.kind === 'set-desired' ? action.desired : sizes.desired;
    if (desired > view.ready + view.pending) wantedAtMs.add(state.t * 60_000);
    const next = transition(state, action === null ? [] : [{ ...action, group: 'a' }]);
    events.push(...next.events);
    state = next.state;
  }
  return { events, wantedAtMs };
}

describe('the environment on recorded availability', () => {
  it('refuses target tracking for insufficient capacity exactly where the record says so', () => {
    let refusals = 0;
    fc.assert(
      fc.property(gaps, rising, (availability, need) => {
        const { events, wantedAtMs } = underTargetTracking({ groups: [groupOn(availability, need)] });
        const refusedAtMs = new Set(only(events, 'insufficient-capacity').map(({ atMs }) => atMs));
        const launchedAtMs = new Set(only(events, 'launched').map(({ atMs }) => atMs));
        const endMs = need.length * 60_000;
        const isRecorded = (atMs: number): boolean => grantedAt(availability, atMs) === 1;
        // What is left wanting at the end of a step is tried again there, at the instant at which the next one begins.
        expect([...refusedAtMs].filter(isRecorded)).toEqual([]);
        expect([...launchedAtMs].every(isRecorded)).toBe(true);
        for (const atMs of wantedAtMs) expect((isRecorded(atMs) ? launchedAtMs : refusedAtMs).has(atMs)).toBe(true);
        for (const atMs of refusedAtMs) expect(atMs === endMs || wantedAtMs.has(atMs)).toBe(true);
        refusals += refusedAtMs.size;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(refusals).toBeGreaterThan(200);
  });

  it('is never cheaper for any policy than for the optimum on the same record', () => {
    const shape = fc.record({
      isLost: fc.boolean(),
      min: fc.nat(4),
      room: fc.nat(8),
      bootSteps: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(gaps, rising, shape, fc.constantFrom(...policies), (availability, need, given, policy) => {
        const { isLost, min, room, bootSteps } = given;
        const group = groupOn(availability, need, { min, max: min + room, spot: { whenUnavailable: isLost } });
        const replay = { ...group.replay, bootSteps };
        const held = Math.max(min, Math.min(min + room, need[5]!));
        const best = optimum(replay, {
          initial: held,
          least: min,
          most: min + room,
          availability: availableSteps(availability, { replay, isLost }),
        });
        const { price } = runGroups({ groups: [{ ...group, replay }] }, policy, 1);
        expect(price).toBeGreaterThanOrEqual(best.J);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the steps at which a record lets units come and go', () => {
  const replay = { ...replayWith({ need: new Array<number>(10).fill(1), bootSteps: 2 }), stepSeconds: 60 };
  const gap = { atMs: [150_000, 270_000], granted: [false, true] };

  it('are those one boot after a grant', () => {
    const { launchable, lost } = availableSteps(gap, { replay });
    // Nothing is granted from 150 s to 270 s: the launches of steps 4 (from 180 s to 240 s) fail, ready at 6.
    expect([...launchable]).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1]);
    expect([...lost]).toEqual(new Array<number>(10).fill(0));
  });

  it('take what stands, and what boots, two minutes after a fall', () => {
    const { launchable, lost } = availableSteps(gap, { replay, isLost: true });
    // Taken at 270 s: what was launched by 120 s is gone when step 5 begins, at 300 s.
    expect([...launchable]).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1]);
    expect([...lost]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('keep apart launches that boot over a fall', () => {
    const { launchable } = availableSteps(gap, { replay: { ...replay, bootSteps: 4 }, isLost: true });
    expect([...launchable]).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 0, 1]);
  });

  it('count no loss where a short boot puts new units beside those that are taken', () => {
    const soon = { atMs: [70_000, 110_000], granted: [false, true] };
    const of = (bootSteps: number) => availableSteps(soon, { replay: { ...replay, bootSteps }, isLost: true }).lost;
    // Taken at 190 s; a unit launched at 120 s is ready at 180 s with a boot of one step, at 240 s with one of two.
    expect([of(1)[4], of(2)[4]]).toEqual([0, 1]);
  });
});
