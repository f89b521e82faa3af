import { describe, expect, it } from '@jest/globals';
import { MemoryNotices, MemoryTelemetry } from '../../adapters/memory/outbox.ts';
import type { Effect } from '../../loop/act.ts';
import { adviceOf, tell, tellTrouble, troubleOf } from '../../loop/notices.ts';
import type { Thought } from '../../loop/record.ts';
import { newRuntimeState, type RuntimeState } from '../../loop/runtime-state.ts';
import type { TickInputs } from '../../loop/tick-inputs.ts';
import type { Rule } from '../../models/decide/decision.ts';
import { refuse } from '../../models/kernel/result.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import { group, inputs, nowMs, policy, snapshot } from './fixtures.ts';

const MINUTE_MS = 60_000;

const thought = (rule: Rule, target = 2): Thought => {
  const decision = { target: units(target), rule, reasons: ['the reason'] };
  return {
    load: refuse('not needed here'),
    peak: refuse('not needed here'),
    plan: {
      wanted: decision,
      band: undefined,
      remembers: false,
      alternatives: [],
      needNow: undefined,
      latest: undefined,
      freshUntilMs: undefined,
      blind: undefined,
    },
    home: { base: units(2), ourFloor: undefined, armed: undefined, noticed: undefined },
    answers: {},
    settlement: {
      decision,
      status: 'hold',
      action: { floor: null, desired: null, arm: null, disarm: null, claim: false },
    },
  };
};

const refusedByAws: Effect = {
  done: false,
  armed: undefined,
  disarmed: false,
  reasons: ["arming the dead-man's switch, so nothing was raised, refused (LimitExceeded): full"],
};

const voices = () => ({ notices: new MemoryNotices(), telemetry: new MemoryTelemetry() });

const deaf = () => ({
  notices: { send: () => Promise.reject(new Error('no topic')) },
  telemetry: new MemoryTelemetry(),
});

describe('what is worth telling', () => {
  it.each([
    { case: 'a blind group that goes home', rule: 'blind-home' },
    { case: 'a group that may not be acted on', rule: 'admission' },
  ] as const)('is $case, with its reasons', ({ rule }) => {
    expect(troubleOf(inputs(), thought(rule), undefined)).toMatchObject({ trouble: rule, text: 'the reason' });
  });

  it('is a change that AWS refused, such as a switch that could not be armed', () => {
    const word = troubleOf(inputs(), thought('newsvendor', 12), refusedByAws);
    expect(word).toMatchObject({ trouble: 'refused', text: expect.stringContaining('nothing was raised') });
  });

  it('is nothing while the loop decides and acts', () => {
    const done = { ...refusedByAws, done: true };
    expect(troubleOf(inputs(), thought('newsvendor', 12), done)).toBeUndefined();
    expect(troubleOf(inputs(), thought('blind-hold'), undefined)).toBeUndefined();
    // Hundreds of groups may be held at once: the fleet's alarm tells it, once.
    expect(troubleOf(inputs(), thought('fleet-breaker'), undefined)).toBeUndefined();
  });

  it.each(['observe', 'advise'] as const)('is no trouble in mode %s, which never acts', (mode) => {
    expect(troubleOf(inputs({ policy: policy({ mode }) }), thought('admission'), undefined)).toBeUndefined();
  });
});

describe('a trouble', () => {
  const word = { trouble: 'blind-home', subject: 'blind', text: 'no metric' } as const;
  const at = (minutes: number, told?: RuntimeState['told']) => ({
    group,
    asOfMs: instant(nowMs + minutes * MINUTE_MS),
    state: { ...newRuntimeState(), told },
  });

  it('is told once while it lasts', async () => {
    const ports = voices();
    let told: RuntimeState['told'];
    for (let minutes = 0; minutes <= 300; minutes += 5) told = await tellTrouble(at(minutes, told), word, ports);
    expect(ports.notices.sent).toEqual([{ group, asOfMs: nowMs, subject: 'blind', text: 'no metric' }]);
  });

  it('that flickers within an hour is the same one, and one that returns later is told again', async () => {
    const ports = voices();
    let told = await tellTrouble(at(0), word, ports);
    told = await tellTrouble(at(30, told), undefined, ports);
    told = await tellTrouble(at(55, told), word, ports);
    expect(ports.notices.sent).toHaveLength(1);
    told = await tellTrouble(at(120, told), undefined, ports);
    expect(told).toBeUndefined();
    await tellTrouble(at(125, told), word, ports);
    expect(ports.notices.sent).toHaveLength(2);
  });

  it('of another kind is told at once', async () => {
    const ports = voices();
    const told = await tellTrouble(at(0), word, ports);
    await tellTrouble(at(5, told), { ...word, trouble: 'admission' }, ports);
    expect(ports.notices.sent).toHaveLength(2);
  });

  it('that could not be told is counted, and told at the next tick', async () => {
    const mute = deaf();
    const told = await tellTrouble(at(0), word, mute);
    expect(mute.telemetry.failures).toEqual([{ group, code: 'NOTICE_NOT_SENT' }]);
    const ports = voices();
    await tellTrouble(at(5, told), word, ports);
    expect(ports.notices.sent).toHaveLength(1);
  });
});

describe('advice', () => {
  const advising = (advised: number | undefined, changes: Partial<TickInputs> = {}) =>
    inputs({
      policy: policy({ mode: 'advise' }),
      snapshot: snapshot({ minSize: units(2) }),
      state: { ...newRuntimeState(), advised: advised === undefined ? undefined : units(advised) },
      ...changes,
    });

  it.each([
    { case: 'a first raise', before: undefined, target: 3, advice: 3 },
    { case: 'a raise by a fifth', before: 10, target: 12, advice: 12 },
    { case: 'a raise by less than a fifth', before: 10, target: 11, advice: undefined },
    { case: 'a cut by a fifth', before: 10, target: 8, advice: 8 },
    { case: 'what was advised last', before: 10, target: 10, advice: undefined },
    { case: 'the way home, however short', before: 3, target: 2, advice: 2 },
    { case: 'staying home', before: undefined, target: 2, advice: undefined },
  ])('of $case is $advice', ({ before, target, advice }) => {
    expect(adviceOf(advising(before), thought('newsvendor', target))).toBe(advice);
  });

  it('is given by mode advise alone, and never while blind', () => {
    const seeing = thought('blind-hold', 12);
    const blind = { ...seeing, plan: { ...seeing.plan, wanted: undefined } };
    expect(adviceOf(inputs(), thought('newsvendor', 12))).toBeUndefined();
    expect(adviceOf(advising(undefined), blind)).toBeUndefined();
  });

  it('says what to set, what stands and why, and is remembered', async () => {
    const ports = voices();
    const memory = await tell(advising(undefined), { thought: thought('newsvendor', 12), effect: undefined }, ports);
    expect(ports.notices.sent).toEqual([
      { group, asOfMs: nowMs, subject: 'advises MinSize 12, now 2', text: 'the reason' },
    ]);
    expect(memory).toEqual({ told: undefined, advised: 12 });
  });

  it('that could not be sent is given at the next tick', async () => {
    const memory = await tell(advising(undefined), { thought: thought('newsvendor', 12), effect: undefined }, deaf());
    expect(memory.advised).toBeUndefined();
  });
});
