import { describe, expect, it } from '@jest/globals';
import type { FaultPoint } from '../../../adapters/memory/faults.ts';
import { afterDeath, callsOf, SCENARIOS, type Scenario } from './scenarios.ts';
import { MINUTE_MS, STEP_MS, type Standing, type WatchedGroup } from './watched-group.ts';

/** Calls that no tick makes: they are of the functions beside it, and of people. */
const NOT_OF_A_TICK: readonly FaultPoint[] = [
  'tagged',
  'peek',
  'known',
  'forget',
  'disown',
  'at',
  'models.save',
  'manifests.load',
  'manifests.others',
  'manifests.save',
  'networks.of',
  'networks.keep',
  'archive.get',
  'switches.write',
  'queue.send',
];

const EVERY_POINT = {
  'loads.read': true,
  tagged: true,
  describe: true,
  surroundings: true,
  setFloor: true,
  setDesired: true,
  armHome: true,
  disarmHome: true,
  claim: true,
  disown: true,
  begin: true,
  commit: true,
  peek: true,
  known: true,
  forget: true,
  intend: true,
  conclude: true,
  at: true,
  range: true,
  'history.read': true,
  'history.merge': true,
  'models.load': true,
  'models.save': true,
  'manifests.load': true,
  'manifests.others': true,
  'manifests.save': true,
  'networks.of': true,
  'networks.keep': true,
  'archive.put': true,
  'archive.get': true,
  'policies.read': true,
  'switches.read': true,
  'switches.write': true,
  takeUnits: true,
  takeLargeChange: true,
  headroom: true,
  'launches.recent': true,
  'refits.request': true,
  'notices.send': true,
  'queue.send': true,
} satisfies Record<FaultPoint, true>;

interface Crash extends Scenario {
  readonly scenario: string;
  readonly point: FaultPoint;
  readonly when: 'before' | 'after';
  /** How many calls of the point pass before the one at which the process ends. */
  readonly passes: number;
}

async function crashesIn(scenario: Scenario): Promise<readonly Crash[]> {
  const calls = await callsOf(await scenario.ready());
  return calls.flatMap((point, i) => {
    const passes = calls.slice(0, i).filter((earlier) => earlier === point).length;
    return (['before', 'after'] as const).map((when) => ({
      ...scenario,
      scenario: scenario.case,
      case: `${when} ${point}${passes === 0 ? '' : ` (${passes + 1})`} of ${scenario.case}`,
      point,
      when,
      passes,
    }));
  });
}

const CRASHES = (await Promise.all(SCENARIOS.map(crashesIn))).flat();

/** The tick at which the process ends; it is not delivered again yet. */
async function crashed({ ready, point, when, passes }: Crash): Promise<WatchedGroup> {
  const group = await ready();
  group.world.faults.crash(point, when, passes);
  expect(await group.deliver()).toMatchObject({ status: 'failed', retry: true });
  group.world.faults.restart();
  return group;
}

/** What a tick leaves: the group, the state, and what the ledger says of it and of those around it. */
async function left(group: WatchedGroup): Promise<Standing & { ledger: unknown }> {
  return { ...(await group.standing()), ledger: (await group.ledger()).slice(-6) };
}

const uncrashed = new Map<string, unknown>();

/** The same with no crash, and four ticks later. Computed once for each scenario. */
async function expected({ scenario, ready }: Crash): Promise<unknown> {
  if (!uncrashed.has(scenario)) {
    const group = await ready();
    await group.turn();
    const atOnce = await left(group);
    await group.turns(4);
    uncrashed.set(scenario, { atOnce, later: await left(group) });
  }
  return uncrashed.get(scenario);
}

/** Ticks that were told to have ended in two ways. */
function contradictions({ world }: WatchedGroup): readonly string[] {
  const ends = new Map<number, Set<string>>();
  for (const { outcome } of world.telemetry.ticks) {
    ends.set(outcome.asOfMs, (ends.get(outcome.asOfMs) ?? new Set()).add(outcome.status));
  }
  return [...ends].filter(([, ways]) => ways.size > 1).map(([asOfMs, ways]) => `${asOfMs}: ${[...ways]}`);
}

describe('a process that ends in the middle of a tick', () => {
  it('is tried at every call that a tick makes', () => {
    const tried = new Set(CRASHES.map(({ point }) => point));
    const missing = Object.keys(EVERY_POINT).filter((point) => ![...tried, ...NOT_OF_A_TICK].some((p) => p === point));
    expect(missing).toEqual([]);
  });

  it('is looked for in the ledger by the next tick, and by no other', async () => {
    const [dead, following] = [await afterDeath(), await afterDeath()];
    expect(await callsOf(dead)).toContain('range');
    await following.turn();
    expect(await callsOf(following)).not.toContain('range');
  });

  it.each(CRASHES)('$case: delivered again, it leaves what it would have left, and so do the next', async (crash) => {
    const group = await crashed(crash);
    expect(await group.turn()).toMatchObject({ retry: false });
    const atOnce = await left(group);
    await group.turns(4);
    expect({ atOnce, later: await left(group) }).toEqual(await expected(crash));
    expect(contradictions(group)).toEqual([]);
    expect(group.watch.violations).toEqual([]);
  });

  it.each(CRASHES)('$case: delivered again minutes later, nothing unsafe is ever seen', async (crash) => {
    const group = await crashed(crash);
    const asOfMs = group.world.nowMs;
    group.passTo(asOfMs + 3 * MINUTE_MS);
    await group.deliver({ asOfMs });
    expect(await group.deliver({ asOfMs, holder: 'again' })).toMatchObject({ status: 'duplicate' });
    group.passTo(asOfMs + STEP_MS);
    await group.turns(4);
    expect(group.watch.violations).toEqual([]);
  });

  it.each(CRASHES)('$case: never delivered again, the next ticks come to the same sizes', async (crash) => {
    const group = await crashed(crash);
    group.passTo(group.world.nowMs + STEP_MS);
    await group.turns(12);
    const calm = await crash.ready();
    await calm.turns(13);
    expect(group.group.sizes).toEqual(calm.group.sizes);
    expect(group.watch.violations).toEqual([]);
  });
});
