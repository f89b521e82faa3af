import { describe, expect, it } from '@jest/globals';
import type { Fitter } from '../../../loop/fitter.ts';
import { learn } from '../../../loop/learn.ts';
import type { PolicyInput } from '../../../loop/policy.ts';
import { seasonalNaive } from '../../../models/forecast/seasonal-naive.ts';
import { fitWorkload } from '../../../models/learn/fit-workload.ts';
import { loadOf, metricOf, minute, START_MS } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

const STEPS_PER_DAY = 288;
const DAY_MINUTES = 1440;

/** Ten units at all times, twenty on Mondays at one o'clock for two hours; the group's time begins on a Monday at noon. */
const load = (step: number): number => {
  const minutes = step * 5;
  const inWeek = ((minutes % (7 * DAY_MINUTES)) + 7 * DAY_MINUTES) % (7 * DAY_MINUTES);
  return loadOf(inWeek >= 60 && inWeek < 180 ? 20 : 10) * (1 + 0.01 * Math.sin(step * 12.9898));
};

const sale: NonNullable<PolicyInput['events']>[number] = {
  name: 'sale',
  zone: 'Europe/Berlin',
  // Thirteen o'clock in UTC, three weeks before the group's time begins.
  starts: '2025-12-15T14:00',
  durationMinutes: 120,
  repeats: { every: 'week' },
};

/** The forecaster that would know the sale by heart if it were left in the history. */
const fitter: Fitter = {
  fit: async ({ window, options, standing, events }) =>
    fitWorkload(window, options, { forecasters: [seasonalNaive('week', 7 * 86_400_000)], standing, events }),
};

async function workload(events: PolicyInput['events']): Promise<ControlledGroup> {
  const policy = { history: { days: 21 }, ...(events && { events }) };
  const controlled = controlledGroup({ needs: () => undefined, group: { desired: 11 }, policy });
  const steps = Array.from({ length: 22 * STEPS_PER_DAY }, (_, i) => i - 21 * STEPS_PER_DAY);
  controlled.world.publish(metricOf('web'), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, load),
  });
  const job = { policyName: 'web', workload: 'web', groupName: 'web', asOfMs: START_MS, reason: 'first' };
  expect(await learn(job, controlled.ports, fitter)).toMatchObject({ kind: 'fitted' });
  return controlled;
}

/** The floor just before the sale would begin. */
async function floorAtOne(controlled: ControlledGroup): Promise<number> {
  while (controlled.world.nowMs < minute(57)) await controlled.turn();
  return controlled.sizes().min;
}

describe('an event of the policy', () => {
  it('that doubled the load each week is met before it comes again', async () => {
    const controlled = await workload([sale]);
    while (controlled.world.nowMs < minute(40)) await controlled.turn();
    expect(controlled.sizes().min).toBeLessThan(14);
    expect(await floorAtOne(controlled)).toBeGreaterThanOrEqual(19);
    expect((await controlled.turn()).entry.decision?.reasons.join()).toMatch(/expects "sale" × (1\.9|2)/);
  });

  it.each([
    { case: 'has expired', event: { ...sale, until: '2025-12-31' } },
    { case: 'is left out today', event: { ...sale, except: ['2026-01-05'] } },
  ])('that $case is not expected', async ({ event }) => {
    expect(await floorAtOne(await workload([event]))).toBeLessThan(14);
  });

  it('that is taken out of the policy after the fit is not expected, and the model is fitted anew', async () => {
    const controlled = await workload([sale]);
    const policy = await controlled.ports.policies.read('web');
    if (!policy.ok) throw new Error('no policy');
    controlled.world.policies.put({ ...policy.value, events: [] });
    const { outcome } = await controlled.turn();
    expect(outcome.status).not.toBe('failed');
    expect(controlled.world.refits.take()).toMatchObject([{ reason: 'the events have changed' }]);
    expect(await floorAtOne(controlled)).toBeLessThan(14);
  });
});
