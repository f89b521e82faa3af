import { expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { learn } from '../../../loop/learn.ts';
import { loadOf, metricOf, minute, START_MS } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

const DAY_MINUTES = 24 * 60;
const STEPS_PER_DAY = 288;

/** Every day at one o'clock the need doubles for four hours; a little noise that repeats nowhere. */
const daily = (step: number): number => {
  const inDay = (((step * 5) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const noise = 1 + 0.01 * Math.sin(step * 12.9898);
  return loadOf(inDay >= 60 && inDay < 300 ? 19 : 9) * noise;
};

it('a rush that came every day of the history is met before it comes again, with the instances in service', async () => {
  const controlled = controlledGroup({ needs: () => undefined, group: { desired: 10 } });
  const steps = Array.from({ length: 7 * STEPS_PER_DAY }, (_, i) => i - 6 * STEPS_PER_DAY);
  controlled.world.publish(metricOf('web'), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, daily),
  });
  const job = { policyName: 'web', workload: 'web', groupName: 'web', asOfMs: START_MS, reason: 'first' };
  expect(await learn(job, controlled.ports, directFitter())).toMatchObject({ kind: 'fitted' });

  while (controlled.world.nowMs < minute(47)) await controlled.turn();
  expect(controlled.sizes().min).toBeLessThan(12);
  while (controlled.world.nowMs < minute(60)) await controlled.turn();
  expect(controlled.group.snapshot(minute(60)).inService).toBeGreaterThanOrEqual(19);
});
