import { describe, expect, it } from '@jest/globals';
import type { Home } from '../../loop/base.ts';
import type { Ruling } from '../../loop/guard.ts';
import { questions, settle } from '../../loop/settle.ts';
import type { Answers } from '../../loop/tick-inputs.ts';
import { units } from '../../models/kernel/units.ts';
import { inputs, nowMs, policy, snapshot, surroundings } from './fixtures.ts';

const home = (changes: Partial<Home> = {}): Home => ({
  base: units(2),
  ourFloor: undefined,
  armed: undefined,
  noticed: undefined,
  ...changes,
});

const ruling = (target: number, lever = 2, stance: Ruling['stance'] = 'move'): Ruling => ({
  decision: { target: units(target), rule: 'newsvendor', reasons: ['asked'] },
  lever: units(lever),
  stance,
});

const answers = (changes: Answers = {}): Answers => ({ surroundings: surroundings(), ...changes });

const armedUntil = (ms: number) => ({ name: 'prescale-home', startMs: ms, minSize: units(2), base: units(2) });

describe('questions', () => {
  it.each([
    { case: 'a group in mode observe', at: inputs({ policy: policy({ mode: 'observe' }) }), what: ruling(12) },
    { case: 'a group that is not ours', at: inputs(), what: ruling(2, 2, 'refuse') },
    { case: 'a floor that stays home', at: inputs(), what: ruling(2) },
  ])('asks the world nothing for $case', ({ at, what }) => {
    expect(questions(at, what, home())).toEqual({ surroundings: 'nothing', addedUnits: 0, largeChange: false });
  });

  it('asks for room only for what is ordered beyond the present capacity', () => {
    expect(questions(inputs(), ruling(12), home())).toEqual({ surroundings: 'all', addedUnits: 2, largeChange: false });
  });

  it('counts a raise of more than three tenths of the capacity as a large change', () => {
    expect(questions(inputs(), ruling(14), home())).toMatchObject({ addedUnits: 4, largeChange: true });
  });

  it('counts no change of one or two units, however small the group', () => {
    const few = inputs({ snapshot: snapshot({ desired: units(2) }) });
    expect(questions(few, ruling(4), home())).toMatchObject({ addedUnits: 2, largeChange: false });
    expect(questions(few, ruling(5), home())).toMatchObject({ addedUnits: 3, largeChange: true });
  });

  it('counts no way home that a person has ordered', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12), desired: units(12) }) });
    const cut = ruling(4, 12);
    expect(questions(raised, cut, home({ ourFloor: units(12) })).largeChange).toBe(true);
    const released = { ...cut, decision: { ...cut.decision, rule: 'release' as const } };
    expect(questions(raised, released, home({ ourFloor: units(12) })).largeChange).toBe(false);
  });

  it('asks for no policies where a floor is given back, which they cannot forbid', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12), desired: units(12) }) });
    const cut = questions(raised, ruling(11, 12), home({ ourFloor: units(12) }));
    expect(cut).toEqual({ surroundings: 'all-but-policies', addedUnits: 0, largeChange: false });
    const desired = { ...raised, policy: policy({ mode: 'desired' }) };
    expect(questions(desired, ruling(11, 12), home()).surroundings).toBe('all');
  });

  it('looks around once a raised floor needs its switch renewed', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12), desired: units(12) }) });
    const due = home({ ourFloor: units(12), armed: armedUntil(nowMs + 10 * 60_000) });
    expect(questions(raised, ruling(12, 12), due).surroundings).toBe('all');
    const fresh = home({ ourFloor: units(12), armed: armedUntil(nowMs + 20 * 60_000) });
    expect(questions(raised, ruling(12, 12), fresh).surroundings).toBe('nothing');
  });
});

describe('settle', () => {
  const raise = () => settle(inputs(), ruling(12), { home: home(), answers: answers() });

  it('arms, claims and raises', () => {
    expect(raise()).toMatchObject({
      status: 'act',
      action: { floor: 12, claim: true, arm: { name: 'prescale-home', minSize: 2 }, disarm: null },
    });
  });

  it('writes nothing in mode observe', () => {
    const watched = inputs({ policy: policy({ mode: 'observe' }) });
    expect(settle(watched, ruling(12), { home: home(), answers: {} })).toMatchObject({
      status: 'record',
      action: { floor: null, arm: null },
    });
  });

  it.each([
    {
      case: 'scheduled actions are suspended',
      at: inputs({ snapshot: snapshot({ suspendedProcesses: ['ScheduledActions'] }) }),
      world: answers(),
      rule: 'admission',
    },
    {
      case: 'nothing would scale in again',
      at: inputs(),
      world: answers({ surroundings: surroundings({ hasScaleInPolicy: false }) }),
      rule: 'admission',
    },
    {
      case: 'instances are being refreshed',
      at: inputs(),
      world: answers({ surroundings: surroundings({ refreshing: true }) }),
      rule: 'instance-refresh',
    },
    {
      case: 'the fleet breaker is open',
      at: inputs(),
      world: answers({ largeChangeGranted: false }),
      rule: 'fleet-breaker',
    },
  ])('leaves the floor where it is when $case', ({ at, world, rule }) => {
    const { decision, action } = settle(at, ruling(12), { home: home(), answers: world });
    expect(decision).toMatchObject({ target: 2, rule });
    expect(action.floor).toBeNull();
  });

  it('raises as far as the account still grants', () => {
    const { decision } = settle(inputs(), ruling(20), { home: home(), answers: answers({ grantedUnits: 3 }) });
    expect(decision).toMatchObject({ target: 13, rule: 'account-cap' });
  });

  it('restores the base and removes the switch when the floor goes home', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12) }) });
    const at = { home: home({ ourFloor: units(12), armed: armedUntil(nowMs + 20 * 60_000) }), answers: answers() };
    expect(settle(raised, ruling(2, 12), at).action).toMatchObject({ floor: 2, arm: null, disarm: 'prescale-home' });
  });

  it('renews the switch of a floor that stays raised, holds included', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12) }) });
    const at = { home: home({ ourFloor: units(12), armed: armedUntil(nowMs + 10 * 60_000) }), answers: answers() };
    const { status, action } = settle(raised, ruling(12, 12, 'keep'), at);
    expect(status).toBe('act');
    expect(action).toMatchObject({ floor: null, arm: { startMs: nowMs + 30 * 60_000 + 1000 } });
  });

  it('renews nothing once it lets go, so that the group goes home', () => {
    const raised = inputs({ snapshot: snapshot({ minSize: units(12) }) });
    const at = { home: home({ ourFloor: units(12), armed: armedUntil(nowMs + 60_000) }), answers: {} };
    expect(settle(raised, ruling(12, 12, 'let-go'), at)).toMatchObject({
      status: 'hold',
      action: { floor: null, arm: null },
    });
  });

  it('never touches the floor in mode desired, and refuses beside a policy that scales in', () => {
    const desired = inputs({ policy: policy({ mode: 'desired' }) });
    const alone = answers({ surroundings: surroundings({ hasScaleInPolicy: false }) });
    expect(settle(desired, ruling(12, 10), { home: home(), answers: alone }).action).toMatchObject({
      floor: null,
      desired: 12,
      arm: null,
    });
    expect(settle(desired, ruling(12, 10), { home: home(), answers: answers() }).decision.rule).toBe('admission');
  });
});
