import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { learn } from '../../../loop/learn.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import { THRESHOLD } from '../../../models/anomaly/detector.ts';
import { loadOf, metricOf, minute, policyFor, START_MS } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

const STEPS_PER_DAY = 288;

/** A group with a week of a daily wave behind it, learned; at `odd` the load needs thirty. */
async function learned(odd?: number): Promise<ControlledGroup> {
  const controlled = controlledGroup({ needs: () => undefined });
  const steps = Array.from({ length: 7 * STEPS_PER_DAY }, (_, i) => i - 6 * STEPS_PER_DAY);
  const load = (step: number): number =>
    step === odd ? 30 : 10 + 3 * Math.sin((2 * Math.PI * step) / STEPS_PER_DAY) + 0.4 * Math.sin(step * 12.9898);
  controlled.world.publish(metricOf('web'), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, (step) => loadOf(load(step))),
  });
  const job = { policyName: 'web', workload: 'web', groupName: 'web', asOfMs: START_MS, reason: 'first' };
  expect(await learn(job, controlled.ports, directFitter())).toMatchObject({ kind: 'fitted' });
  return controlled;
}

/** The step that is the newest one at the fourth tick. */
const ODD = 2;

describe('a load unlike its history', () => {
  it('is told in the entry with what gave it away, and the group reacts to it all the same', async () => {
    const controlled = await learned(ODD);
    const before = await controlled.turns(3);
    const { entry } = await controlled.turn();
    expect(before.entry.load?.unusual?.score).toBeLessThan(THRESHOLD);
    expect(entry.load?.latest).toBeCloseTo(loadOf(30), 6);
    expect(entry.load?.unusual?.score).toBeGreaterThan(THRESHOLD);
    expect(entry.load?.unusual?.because).toMatch(/^[a-z-]+$/);
    expect(entry.needNow).toBe(30);
    expect(entry.decision?.target).toBeGreaterThanOrEqual(30);
  });

  it('changes no decision by being told', async () => {
    const controlled = await learned(ODD);
    const key = modelKeyOf(policyFor({ name: 'web', needs: () => undefined }));
    const { artefact } = (await controlled.ports.models.load(key))!;
    const { memory, ...forgetful } = artefact;
    expect(memory).toBeDefined();
    const address = await controlled.ports.archive.put(JSON.stringify(forgetful));
    await controlled.ports.models.save(key, { artefact: forgetful, address });
    const told = await (await learned(ODD)).turns(4);
    const untold = await controlled.turns(4);
    expect(untold.entry.load).not.toHaveProperty('unusual');
    expect(untold.entry.decision).toEqual(told.entry.decision);
    expect(untold.entry.action).toEqual(told.entry.action);
  });
});
