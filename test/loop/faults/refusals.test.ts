import { describe, expect, it } from '@jest/globals';
import type { ActPoint, FaultPoint } from '../../../adapters/memory/faults.ts';
import { callsOf, SCENARIOS, type Scenario } from './scenarios.ts';
import type { Attempt } from './watch.ts';
import { type Standing, watchedGroup } from './watched-group.ts';

/** Codes that say "again later": the call fails and nobody knows more. */
const RETRIED = ['Throttling', 'RequestLimitExceeded', 'InternalFailure', 'ServiceUnavailable', 'ECONNRESET'] as const;

/** Codes that say "understood, and no". */
const REFUSED = ['ResourceContention', 'ScalingActivityInProgress', 'ValidationError', 'LimitExceeded', 'AccessDenied'];

const ACT_POINTS: readonly ActPoint[] = ['claim', 'armHome', 'setFloor', 'setDesired', 'disarmHome'];

/** Failures that the tick bears by itself: it holds, or tells the person at the next tick. */
const BORNE: readonly FaultPoint[] = ['loads.read', 'switches.read', 'notices.send', 'headroom', 'launches.recent'];

const scenarioNamed = (name: string): Scenario => {
  const found = SCENARIOS.find((scenario) => scenario.case === name);
  if (found === undefined) throw new Error(`there is no scenario "${name}"`);
  return found;
};

/** Where each write is made. */
const WRITES: readonly { readonly point: ActPoint; readonly scenario: Scenario }[] = [
  { point: 'claim', scenario: scenarioNamed('the first raise') },
  { point: 'armHome', scenario: scenarioNamed('the first raise') },
  { point: 'setFloor', scenario: scenarioNamed('the first raise') },
  { point: 'armHome', scenario: scenarioNamed('renewal of the switch') },
  { point: 'setFloor', scenario: scenarioNamed('the first step down') },
  { point: 'setFloor', scenario: scenarioNamed('the last step home') },
  { point: 'disarmHome', scenario: scenarioNamed('the last step home') },
  { point: 'setDesired', scenario: scenarioNamed('a desired capacity that rises') },
  { point: 'setDesired', scenario: scenarioNamed('a desired capacity that falls') },
];

const calls = await Promise.all(
  SCENARIOS.map(async (scenario) => ({ scenario, points: new Set(await callsOf(await scenario.ready())) })),
);

const FAILING = calls.flatMap(({ scenario, points }) =>
  [...points]
    .filter((point) => !BORNE.includes(point))
    .map((point, i) => ({ case: `${point} in ${scenario.case}`, scenario, point, code: RETRIED[i % RETRIED.length]! })),
);

const LOST = FAILING.flatMap((failing) => [
  { ...failing, case: `${failing.case}: ${failing.code}, not done`, when: 'before' as const },
  { ...failing, case: `${failing.case}: ${failing.code}, done and the answer lost`, when: 'lost' as const },
]);

const undisturbed = new Map<string, Promise<{ readonly standing: Standing; readonly ledger: unknown }>>();

/** What so many ticks leave when nothing fails. Computed once for each scenario. */
function calm({ case: name, ready }: Scenario, ticks: number) {
  const key = `${ticks} ${name}`;
  const known = undisturbed.get(key);
  if (known !== undefined) return known;
  const fresh = ready().then(async (group) => {
    await group.turns(ticks);
    return { standing: await group.standing(), ledger: await group.ledger() };
  });
  undisturbed.set(key, fresh);
  return fresh;
}

/** Where an outage of half an hour leaves no trace: in a freeze nobody raises again what the switch took home. */
const OUTAGES = FAILING.filter(({ scenario }) =>
  ['the first raise', 'renewal of the switch', 'the first step down', 'a desired capacity that rises'].includes(
    scenario.case,
  ),
);

describe('a call that fails', () => {
  it.each(LOST)('$case: is tried again by the next delivery, and all is as if nothing had been', async (failure) => {
    const group = await failure.scenario.ready();
    group.world.failNext(failure.point, { code: failure.code, when: failure.when });
    expect(await group.deliver()).toMatchObject({ status: 'failed', retry: true });
    expect(await group.turn()).toMatchObject({ retry: false });
    await group.turns(2);
    expect({ standing: await group.standing(), ledger: await group.ledger() }).toEqual(await calm(failure.scenario, 3));
    expect(group.watch.violations).toEqual([]);
  });

  it.each(OUTAGES)('$case: nothing unsafe is seen for half an hour, and then the group is taken up', async (outage) => {
    const group = await outage.scenario.ready();
    group.world.failNext(outage.point, { code: outage.code, times: 1000 });
    await group.turns(6);
    group.world.faults.clear();
    await group.turns(9);
    expect((await group.standing()).sizes).toEqual(await calm(outage.scenario, 15).then(sizesOf));
    expect(group.watch.violations).toEqual([]);
  });
});

const sizesOf = ({ standing }: { readonly standing: Standing }): unknown => standing.sizes;

const ATTEMPT_AT: Readonly<Record<ActPoint, Attempt['what']>> = {
  claim: 'claim',
  armHome: 'arm',
  setFloor: 'floor',
  setDesired: 'desired',
  disarmHome: 'disarm',
  disown: 'disown',
};

const NO = WRITES.flatMap(({ point, scenario }) =>
  REFUSED.map((code) => ({ case: `${point} by ${code} in ${scenario.case}`, point, scenario, code })),
);

describe('a write that AWS refuses', () => {
  it.each(NO)('$case: is written down with its code, and nobody repeats the message', async (refusal) => {
    const group = await refusal.scenario.ready();
    const asOfMs = group.world.nowMs;
    group.world.failNext(refusal.point, { code: refusal.code });
    expect(await group.deliver()).toMatchObject({ status: 'refused', retry: false });
    const record = (await group.ledger()).find(({ decision }) => decision.asOfMs === asOfMs);
    expect(record?.outcome?.reasons.at(-1)).toContain(`refused (${refusal.code})`);
    expect(group.world.notices.sent).toHaveLength(1);
    expect(group.world.notices.sent[0]?.text).toContain(refusal.code);
  });

  it.each(NO)('$case: the next ticks come to where they would have come', async (refusal) => {
    const group = await refusal.scenario.ready();
    group.world.failNext(refusal.point, { code: refusal.code });
    await group.turns(14);
    const { sizes, scheduled } = await group.standing();
    const expected = (await calm(refusal.scenario, 14)).standing;
    expect({ sizes, armed: scheduled.length }).toEqual({ sizes: expected.sizes, armed: expected.scheduled.length });
    expect(group.watch.violations).toEqual([]);
  });

  it.each(NO)('$case: ends the writes of that tick', async (refusal) => {
    const group = await refusal.scenario.ready();
    const from = group.watch.attempts.length;
    group.world.failNext(refusal.point, { code: refusal.code });
    await group.deliver();
    const after = group.watch.attempts.slice(from).map(({ what }) => what);
    expect(after.at(-1)).toBe(ATTEMPT_AT[refusal.point]);
  });

  it('tells the person once, however often it is refused within the hour, and again after a quiet one', async () => {
    const group = watchedGroup({ needs: () => 10 });
    group.world.failNext('setFloor', { code: 'AccessDenied', times: 6 });
    await group.turns(6);
    expect(group.world.notices.sent).toHaveLength(1);
    await group.turns(14);
    group.group.update({ min: 3 }, group.world.nowMs);
    group.watch.look();
    group.world.failNext('setFloor', { code: 'AccessDenied' });
    await group.turn();
    expect(group.world.notices.sent).toHaveLength(2);
  });

  it('covers every write that a tick makes', () => {
    const made = new Set(calls.flatMap(({ points }) => ACT_POINTS.filter((point) => points.has(point))));
    expect(new Set(WRITES.map(({ point }) => point))).toEqual(made);
  });
});

describe('a start time that another action of the group has', () => {
  it.each([1, 2, 5])('is shifted %d times until it is free, and the floor is raised', async (times) => {
    const group = watchedGroup({ needs: () => 10 });
    group.world.failNext('armHome', { code: 'AlreadyExists', times });
    expect(await group.deliver()).toMatchObject({ status: 'acted' });
    expect(group.group.sizes.min).toBe(10);
    const [home] = group.group.surroundings().scheduledActions;
    expect((await group.standing()).state?.armed).toMatchObject({ name: home?.name, startMs: home?.startMs });
    expect(group.watch.violations).toEqual([]);
  });

  it('that is never free keeps the floor where it is', async () => {
    const group = watchedGroup({ needs: () => 10 });
    group.world.failNext('armHome', { code: 'AlreadyExists', times: 6 });
    expect(await group.turn()).toMatchObject({ status: 'refused' });
    expect(group.group.sizes.min).toBe(2);
    expect(await group.turn()).toMatchObject({ status: 'acted' });
    expect(group.watch.violations).toEqual([]);
  });
});

describe('what a tick bears', () => {
  it.each([
    { case: 'a metric source', point: 'loads.read', rule: 'blind-hold' },
    { case: 'a switch', point: 'switches.read', rule: 'freeze' },
  ] as const)('$case that cannot be read: the message is done, the floor is held and kept alive', async (borne) => {
    const group = watchedGroup({ needs: () => 10 });
    await group.turns(2);
    group.world.failNext(borne.point, { code: 'Throttling', times: 100 });
    for (let i = 0; i < 5; i++) expect(await group.turn()).toMatchObject({ retry: false });
    const rules = (await group.ledger()).map(({ decision }) => decision.decision?.rule);
    expect(rules).toContain(borne.rule);
    expect(group.group.sizes.min).toBe(10);
    group.world.faults.clear();
    await group.turn();
    expect((await group.ledger()).at(-1)?.decision.decision?.rule).toBe('reactive');
    expect(group.watch.violations).toEqual([]);
  });

  it('a headroom that cannot be read: the raise is made all the same, as AWS would refuse it by itself', async () => {
    const group = await scenarioNamed('the first raise').ready();
    group.world.failNext('headroom', { code: 'Throttling', times: 100 });
    expect(await group.turn()).toMatchObject({ status: 'acted', retry: false });
    expect(group.group.sizes.min).toBe(10);
    expect(group.watch.violations).toEqual([]);
  });

  it('launches that cannot be read: the tick ends as usual, and they are read later', async () => {
    const group = await scenarioNamed('the first raise').ready();
    await group.turn();
    group.world.failNext('launches.recent', { code: 'Throttling' });
    expect(await group.turn()).toMatchObject({ retry: false });
    await group.turns(4);
    expect((await group.standing()).state?.launches?.bootSeconds).toHaveLength(6);
  });

  it('a message to a person that cannot be sent: the tick ends as usual, and the next one sends it', async () => {
    const group = await scenarioNamed('a raise that may not be made, of which a person is told').ready();
    group.world.failNext('notices.send', { code: 'Throttling' });
    expect(await group.turn()).toMatchObject({ retry: false });
    expect(group.world.notices.sent).toEqual([]);
    await group.turn();
    expect(group.world.notices.sent).toHaveLength(1);
  });
});
