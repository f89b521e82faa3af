import { describe, expect, it } from '@jest/globals';
import { leadNote, leadUsed, wantedBoot, withBoot } from '../../loop/lead.ts';
import { windowStepsOf } from '../../loop/policy.ts';
import type { LaunchMemory, LearnedLead } from '../../loop/runtime-state.ts';
import { units } from '../../models/kernel/units.ts';
import { policy } from './fixtures.ts';

/** A group that has booted so often, each time so long. */
const booted = (seconds: number, times = 10, lead?: LearnedLead): LaunchMemory => ({
  bootSeconds: Array.from({ length: times }, () => seconds),
  readUntilMs: 0,
  lookedMs: 0,
  unread: false,
  inService: units(4),
  lead,
});

/** Steps of five minutes; 425 s of the lead are not boot, so that 175 s and 475 s of boot fill whole steps. */
const fiveMinutes = policy({ lead: { bootSeconds: 300 } });
const knowsReadiness = policy({ lead: { bootSeconds: 600, readinessSeconds: 60 } });

describe('the boot time that is wanted', () => {
  it.each([
    { case: 'a longer one that takes more steps', configured: fiveMinutes, measured: 700, wanted: 700 },
    { case: 'in whole tens of seconds, rounded up', configured: fiveMinutes, measured: 701, wanted: 710 },
    { case: 'three times the configured one at most', configured: fiveMinutes, measured: 5000, wanted: 900 },
    { case: 'a shorter one where readiness is named apart', configured: knowsReadiness, measured: 330, wanted: 330 },
    { case: 'half the configured one at least', configured: knowsReadiness, measured: 1, wanted: 300 },
  ])('is $case', ({ configured, measured, wanted }) => {
    expect(wantedBoot(configured, booted(measured), configured.lead.bootSeconds)).toBe(wanted);
  });

  it.each([
    { case: 'takes as many steps', configured: fiveMinutes, measured: 470 },
    { case: 'is shorter, and the policy names no readiness', configured: fiveMinutes, measured: 20 },
    {
      case: 'is not to be measured',
      configured: policy({ lead: { bootSeconds: 300, measure: false } }),
      measured: 700,
    },
  ])('is the one in force where the measured one $case', ({ configured, measured }) => {
    expect(wantedBoot(configured, booted(measured), configured.lead.bootSeconds)).toBeUndefined();
  });

  it('is the one in force until five boots are known', () => {
    expect(wantedBoot(fiveMinutes, booted(700, 4), 300)).toBeUndefined();
    expect(wantedBoot(fiveMinutes, booted(700, 5), 300)).toBe(700);
  });

  it('is shortened only with a tenth to spare, so that boots at the edge of a step flip no model', () => {
    // 475 s fill a step: 470 would take one step less than 700, and 517 would not.
    expect(wantedBoot(fiveMinutes, booted(470), 700)).toBeUndefined();
    expect(wantedBoot(fiveMinutes, booted(420), 700)).toBe(420);
  });
});

describe('the lead that was used', () => {
  const learned: LearnedLead = { configuredSeconds: 300, inForceSeconds: 700, sinceMs: 0 };

  it('is configured until another is in force, and tells what is known', () => {
    expect(leadUsed(fiveMinutes, undefined)).toEqual({ source: 'configured', configuredSeconds: 300, boots: 0 });
    expect(leadUsed(fiveMinutes, booted(280, 6))).toEqual({
      source: 'configured',
      configuredSeconds: 300,
      boots: 6,
      measuredSeconds: 280,
    });
  });

  it('is measured once that is in force', () => {
    const used = leadUsed(fiveMinutes, booted(700, 10, learned));
    expect(leadNote(withBoot(fiveMinutes, 700), used)).toEqual({
      seconds: 120 + 300 + 5 + 700,
      bootSeconds: 700,
      source: 'measured',
      configuredSeconds: 300,
      boots: 10,
      measuredSeconds: 700,
    });
  });

  it.each([
    { case: 'a person has named another boot time since', lead: { bootSeconds: 400 } },
    { case: 'a person has turned measuring off', lead: { bootSeconds: 300, measure: false } },
  ])('is configured again when $case', ({ lead }) => {
    expect(leadUsed(policy({ lead }), booted(700, 10, learned)).source).toBe('configured');
  });

  it('is all that a policy takes its steps from', () => {
    expect(windowStepsOf(withBoot(fiveMinutes, 700))).toBe(4);
    expect(withBoot(fiveMinutes, 300)).toBe(fiveMinutes);
  });
});
