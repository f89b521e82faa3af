import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvariantError } from '../../../models/kernel/errors.ts';
import type { GroupCall } from '../../../models/simulate/environment/actions.ts';
import { initial, transition } from '../../../models/simulate/environment/environment.ts';
import type { EnvironmentEvent } from '../../../models/simulate/environment/events.ts';
import { observe } from '../../../models/simulate/environment/observe.ts';
import { priceBetween, reward } from '../../../models/simulate/environment/price.ts';
import { runGroups } from '../../../models/simulate/environment/run-groups.ts';
import type { GroupScenario, Scenario } from '../../../models/simulate/environment/scenario.ts';
import { policyNamed } from '../../../models/simulate/policies/registry.ts';
import { replayWith } from '../series.ts';
import { frozen, heads, oneGroup, only, play, type Script, steady } from './course.ts';

const MINUTE = 60_000;
const need = Array.from({ length: 120 }, (_, i) => 5 + Math.round(4 * Math.sin(i / 6)) + (i % 17 === 0 ? 6 : 0));

const everything: Omit<GroupScenario, 'name' | 'replay'> = {
  boot: { kind: 'lognormal', medianSeconds: 90, sigma: 0.8 },
  warmUpSeconds: 60,
  lifecycle: { launch: { seconds: 20, atTimeout: 'CONTINUE' }, terminate: { seconds: 45, atTimeout: 'CONTINUE' } },
  schedules: [{ name: 'x', startMs: 70 * MINUTE, everyMs: 11 * MINUTE, min: 3 }],
  pools: ['a', 'b'].map((zone) => ({
    type: 'm7g.large',
    zone,
    market: zone === 'a' ? 'spot' : 'on-demand',
    availability: { atMs: [0, 80 * MINUTE, 90 * MINUTE], granted: [0.8, 0, 1] },
  })),
  spot: { perHour: 3, whenUnavailable: true },
  metrics: { lateShare: 0.2, missingShare: 0.1, partialShare: 0.2, duplicatedShare: 0.2 },
};

const full = (values: readonly number[] = need): Scenario => ({
  groups: [0, 1].map((g) => ({
    name: g === 0 ? 'a' : 'b',
    replay: { ...replayWith({ need: values, bootSteps: 2, lagSteps: 2, scoreFrom: 60 }), stepSeconds: 60 },
    ...everything,
  })),
  schedulesLate: true,
  account: { callsPerMinute: 3, contentionShare: 0.1, unitsQuota: 40 },
  clock: { skewMs: 100, jitterMs: 5000 },
  billing: { minimumSeconds: 60 },
});

const withAvailability = (atMs: readonly number[], granted: readonly number[]): Scenario =>
  oneGroup({ pools: [{ type: 'any', zone: 'a', market: 'spot', availability: { atMs, granted } }] });

const call = fc.oneof<fc.Arbitrary<GroupCall>[]>(
  fc.nat(20).map((desired) => ({ kind: 'set-desired', desired })),
  fc.nat(6).map((units) => ({ kind: 'scale-in', units })),
  fc.nat(5).map((units) => ({ kind: 'protect', units, on: units % 2 === 0 })),
  fc.constant({ kind: 'start-refresh', minHealthyShare: 0.7 }),
  fc.constantFrom('launch' as const, 'terminate' as const).map((transition) => ({
    kind: 'complete-lifecycle',
    transition,
    result: 'ABANDON',
  })),
);
const script = fc.dictionary(fc.integer({ min: 60, max: 119 }).map(String), fc.array(call, { maxLength: 2 }), {
  maxKeys: 60,
});

describe('an environment', () => {
  it('takes the same course for the same seed and another for another', () => {
    const course = (seed: number) => runGroups(full(), policyNamed('target-tracking-50')!, seed);
    const [one, again, other] = [course(1), course(1), course(2)];
    expect([again.trails, again.price, again.events]).toEqual([one.trails, one.price, one.events]);
    expect(other.trails).not.toEqual(one.trails);
  });

  it('leaves the states that it is given as they are', () => {
    fc.assert(
      fc.property(script, fc.integer(), (asked: Script, seed) => {
        let state = frozen(initial(full(), seed));
        for (let t = 60; t < 120; t++) {
          const actions = (asked[t] ?? []).map((action) => ({ ...action, group: 'a' }));
          const [first, second] = [transition(state, actions), transition(state, actions)];
          expect(second).toEqual(first);
          state = frozen(first.state);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('counts every unit: launched = ended + still there, and none serves before its boot and its wait are over', () => {
    fc.assert(
      fc.property(script, fc.integer(), (asked: Script, seed) => {
        const { states, byStep, events } = play(full(), asked, { seed });
        const unitsOf = (kind: 'launched' | 'terminated' | 'in-service', steps: number) =>
          only(byStep.slice(0, steps).flat(), kind).reduce((n, { units, group }) => n + (group === 'a' ? units : 0), 0);
        heads(states).forEach(({ inService, pending, leaving }, i) => {
          const existing = need[60]! + unitsOf('launched', i) - unitsOf('terminated', i);
          expect(inService + pending + leaving).toBe(existing);
          expect(inService).toBeLessThanOrEqual(need[60]! + unitsOf('in-service', i));
        });
        for (const { atMs, launchedAtMs } of only(events, 'in-service')) {
          expect(atMs - launchedAtMs).toBeGreaterThan(20_000);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('bills by the second what its instances lived, each for a minute at least', () => {
    fc.assert(
      fc.property(script, fc.integer(), (asked: Script, seed) => {
        const { states, events } = play(full(), asked, { seed });
        const expected = livedSeconds(events, { from: 60 * MINUTE, to: 120 * MINUTE, first: need[60]! });
        expect(states.at(-1)!.groups[0]!.billed * 60).toBeCloseTo(expected, 6);
      }),
      { numRuns: 25 },
    );
  });

  it('bills a unit that is cancelled at once for a whole minute', () => {
    const replay = { ...steady(10), stepSeconds: 10 };
    const asked: Script = { 2: [{ kind: 'set-desired', desired: 5 }], 3: [{ kind: 'set-desired', desired: 4 }] };
    const { states } = play(oneGroup({ replay }, { billing: { minimumSeconds: 60 } }), asked);
    expect(states.at(-1)!.groups[0]!.billed * 10).toBeCloseTo(4 * 100 + 60, 9);
  });

  it('bills a unit that is cancelled at the end of a step once for that step', () => {
    const group = { boot: { kind: 'constant', seconds: 600 }, protectNew: true } as const;
    const asked: Script = {
      2: [
        { kind: 'set-desired', desired: 5 },
        { kind: 'scale-in', units: 1 },
      ],
    };
    const { states, events } = play(oneGroup(group, { billing: { minimumSeconds: 0 } }), asked);
    expect(only(events, 'terminated')).toMatchObject([{ cause: 'cancelled', atMs: 3 * MINUTE }]);
    expect(states.at(-1)!.groups[0]!.billed).toBeCloseTo(4 * 60 + 1, 9);
  });

  it('rewards with the price, which adds up over a course', () => {
    const { states } = play(oneGroup({ replay: steady(20, 6, { penalty: 5 }), initialReady: 4 }), {
      3: [{ kind: 'set-desired', desired: 6 }],
    });
    const rewards = states.slice(1).map((after, i) => reward(states[i]!, after));
    // Two short until the launch of step 3 serves at step 5; booting units are billed.
    expect(rewards.slice(0, 6)).toEqual([-14, -14, -14, -16, -16, -6]);
    expect(rewards.reduce((a, b) => a + b)).toBe(-priceBetween(states[0]!, states.at(-1)!));
  });

  it('ends after the last scored step', () => {
    const { states } = play(oneGroup());
    expect(() => transition(states.at(-1)!, [])).toThrow(InvariantError);
  });

  it.each<{ case: string; scenario: Scenario }>([
    { case: 'no group', scenario: { groups: [] } },
    { case: 'one name twice', scenario: { groups: [1, 2].map(() => ({ name: 'a', replay: steady(9) })) } },
    {
      case: 'groups of different length',
      scenario: { groups: [9, 10].map((steps) => ({ name: `${steps}`, replay: steady(steps) })) },
    },
    { case: 'min above max', scenario: oneGroup({ min: 5, max: 4 }) },
    { case: 'half a unit', scenario: oneGroup({ initialReady: 1.5 }) },
    { case: 'no pool', scenario: oneGroup({ pools: [] }) },
    { case: 'availability below nothing', scenario: withAvailability([0, 1], [1, -1]) },
    { case: 'availability that goes back in time', scenario: withAvailability([5, 1], [1, 0]) },
    { case: 'availability with a value too many', scenario: withAvailability([5], [1, 0]) },
    { case: 'a share above one', scenario: oneGroup({ metrics: { lateShare: 1.5 } }) },
    { case: 'a boot of no length of time', scenario: oneGroup({ boot: { kind: 'recorded', seconds: [Number.NaN] } }) },
    { case: 'no recorded boot', scenario: oneGroup({ boot: { kind: 'recorded', seconds: [] } }) },
    {
      case: 'a schedule that repeats at once',
      scenario: oneGroup({ schedules: [{ name: 'x', startMs: 1, everyMs: 0 }] }),
    },
    { case: 'a negative quota', scenario: oneGroup({}, { account: { callsPerMinute: -1 } }) },
  ])('refuses a scenario with $case', ({ scenario }) => {
    expect(() => initial(scenario, 1)).toThrow(InvariantError);
  });
});

/** Seconds billed for the units of group `a`, from its events alone: the oldest of a pool are not told apart by them. */
function livedSeconds(
  events: readonly EnvironmentEvent[],
  { from, to, first }: { readonly from: number; readonly to: number; readonly first: number },
): number {
  let lived = first * (to - from);
  for (const event of events) {
    if (event.group !== 'a') continue;
    if (event.kind === 'launched') lived += event.units * (to - event.atMs);
    if (event.kind === 'terminated') {
      lived -= event.units * (to - event.atMs);
      lived += event.units * Math.max(0, MINUTE - (event.atMs - event.launchedAtMs));
    }
  }
  return lived / 1000;
}

describe('what is observed', () => {
  const tail = 90;
  it.each([
    { future: 'trebled', change: (v: number) => 3 * v },
    { future: 'emptied', change: () => 0 },
    { future: 'reversed', change: (_: number, i: number) => need[need.length - 1 - i]! },
  ])('does not depend on a future that is $future', ({ change }) => {
    const other = need.map((v, i) => (i < tail ? v : change(v, i - tail)));
    const seen = [need, other].map((values) => {
      const { states } = play(full(values), {}, { seed: 4 });
      return states.slice(0, tail + 2 - 60).map((state) =>
        observe(state).groups.map(({ view: { history, ...view }, samples, ...rest }) => ({
          ...rest,
          view,
          observed: history.observed(0),
          most: history.mostNeeded(0),
          delivered: samples(0),
        })),
      );
    });
    const differs = seen[0]!.findIndex((step, i) => JSON.stringify(step) !== JSON.stringify(seen[1]![i]));
    expect(differs).toBe(-1);
  });
});
