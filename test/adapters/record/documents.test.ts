import { describe, expect, it } from '@jest/globals';
import { documentValue } from '../../../adapters/record/document.ts';
import { runtimeStateOf } from '../../../adapters/record/runtime-document.ts';
import { inForce, stricterOf } from '../../../adapters/record/stricter-switch.ts';
import { switchOf, switchText } from '../../../adapters/record/switch-document.ts';
import type { Switch } from '../../../loop/ports.ts';
import { newRuntimeState, type RuntimeState } from '../../../loop/runtime-state.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';

describe('documentValue', () => {
  it('refuses a document that no item holds, and names it', () => {
    const large = { text: 'ü'.repeat(200_000) };
    expect(() => documentValue(large, 'decision of web')).toThrow(/decision of web: 400011 bytes/);
    expect(documentValue({ a: 1 }, 'x')).toEqual({ S: '{"a":1}' });
  });
});

describe('runtimeStateOf', () => {
  it('reads a state whose undefined fields JSON has dropped', () => {
    expect(runtimeStateOf(JSON.stringify(newRuntimeState()), 'state')).toEqual(newRuntimeState());
  });

  it('reads back how launches went, and what was told', () => {
    const state: RuntimeState = {
      ...newRuntimeState(),
      rivalTold: 'aws-predictive-scaling',
      launches: {
        bootSeconds: [310, 290],
        readUntilMs: 5,
        lookedMs: 5,
        unread: true,
        inService: units(4),
        shortage: { atMs: 4, kind: 'quota', said: 'VcpuLimitExceeded' },
        lead: { configuredSeconds: 300, inForceSeconds: 700, sinceMs: 1, askedSeconds: 400, askedMs: 3 },
      },
    };
    expect(runtimeStateOf(JSON.stringify(state), 'state')).toEqual(state);
  });

  it('forgets launches that it cannot read rather than the whole state: they are read again', () => {
    const text = JSON.stringify({ ...newRuntimeState(), base: 2, launches: { bootSeconds: 'many' } });
    expect(runtimeStateOf(text, 'state')).toEqual({ ...newRuntimeState(), base: 2 });
  });

  it.each([
    { case: 'no JSON', text: '' },
    { case: 'another version', text: JSON.stringify({ ...newRuntimeState(), version: 2 }) },
    { case: 'a base that is no capacity', text: JSON.stringify({ ...newRuntimeState(), base: -1 }) },
    { case: 'a switch without a start', text: JSON.stringify({ ...newRuntimeState(), armed: { name: 'home' } }) },
  ])('throws on $case rather than forget where home is', ({ text }) => {
    expect(() => runtimeStateOf(text, 'state of web')).toThrow(/state of web/);
  });
});

describe('switchOf', () => {
  it('reads what the stack writes, and what it writes itself', () => {
    expect(switchOf('{"verb":"run","reason":"set by the stack"}', 'x')).toEqual({
      verb: 'run',
      untilMs: undefined,
      reason: 'set by the stack',
    });
    const freeze: Switch = { verb: 'freeze', untilMs: instant(5), reason: 'why' };
    expect(switchOf(switchText(freeze), 'x')).toEqual(freeze);
  });

  it.each([
    { case: 'no JSON', text: 'freeze' },
    { case: 'an unknown verb', text: '{"verb":"stop"}' },
    { case: 'an unknown key', text: '{"verb":"run","until":"tomorrow"}' },
  ])('throws on $case: an unknown order is not none', ({ text }) => {
    expect(() => switchOf(text, '/prescale/switch')).toThrow(/\/prescale\/switch: not a switch/);
  });
});

describe('switches in force', () => {
  const order = (verb: Switch['verb'], untilMs?: number): Switch => ({
    verb,
    reason: 'why',
    untilMs: untilMs === undefined ? undefined : instant(untilMs),
  });

  it.each([
    { case: 'before its end', wallMs: 99, verb: 'freeze' },
    { case: 'at its end', wallMs: 100, verb: 'run' },
  ])('a freeze $case says $verb', ({ wallMs, verb }) => {
    expect(inForce(order('freeze', 100), wallMs).verb).toBe(verb);
  });

  it('of two that say the same, the group’s own reason stands', () => {
    const own = { ...order('freeze'), reason: 'mine' };
    expect(stricterOf(order('freeze'), own)).toBe(own);
  });
});
