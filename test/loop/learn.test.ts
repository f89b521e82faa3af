import { beforeEach, describe, expect, it } from '@jest/globals';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import type { Fitter } from '../../loop/fitter.ts';
import { type LearnOutcome, learn } from '../../loop/learn.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { instant } from '../../models/kernel/series.ts';
import { loadOf, metricOf, minute, policyFor } from './tick/controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './tick/controlled-group.ts';

const HOUR = 60;
const STEPS_PER_DAY = 288;

/** Four days of a daily wave before the start, and two after it. */
function workload(): ControlledGroup {
  const controlled = controlledGroup({ needs: () => undefined });
  const steps = Array.from({ length: 6 * STEPS_PER_DAY }, (_, i) => i - 4 * STEPS_PER_DAY);
  controlled.world.publish(metricOf('web'), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, (step) => loadOf(10) * (1 + 0.5 * Math.sin((2 * Math.PI * step) / STEPS_PER_DAY))),
  });
  return controlled;
}

describe('learning', () => {
  let controlled: ControlledGroup;
  let fits: number;
  const counting: Fitter = {
    fit: (task) => {
      fits++;
      return directFitter().fit(task);
    },
  };

  const learnAt = (minutes: number): Promise<LearnOutcome> => {
    controlled.world.advanceTo(instant(minute(minutes)));
    const job = {
      policyName: 'web',
      workload: 'web',
      groupName: 'web',
      asOfMs: controlled.world.nowMs,
      reason: 'test',
    };
    return learn(job, controlled.ports, counting);
  };
  const stored = async () =>
    (await controlled.ports.models.load(modelKeyOf(policyFor({ name: 'web', needs: () => undefined }))))?.artefact;

  beforeEach(() => {
    controlled = workload();
    fits = 0;
  });

  it('fits everything the first time, with a plan and a trial beside the champion', async () => {
    expect(await learnAt(2)).toMatchObject({ kind: 'fitted' });
    const model = await stored();
    expect(model?.direct?.fittedAtMs).toBe(model?.fittedAtMs);
    expect(model?.trial?.bandShare).toBeGreaterThan(0.5);
    expect(fits).toBe(1);
  });

  it('does nothing for a request that comes twice', async () => {
    await learnAt(2);
    expect(await learnAt(2)).toEqual({ kind: 'fresh' });
    expect(await learnAt(2 * HOUR)).toEqual({ kind: 'fresh' });
    expect(fits).toBe(1);
  });

  it('renews the plan alone after some hours, and judges it by what came since', async () => {
    await learnAt(2);
    const before = await stored();
    expect(await learnAt(7 * HOUR)).toMatchObject({ kind: 'fitted' });
    const after = await stored();
    expect(fits).toBe(1);
    expect(after?.fittedAtMs).toBe(before?.fittedAtMs);
    expect(after?.path).toEqual(before?.path);
    expect(after?.direct?.fittedAtMs).toBe(minute(7 * HOUR - 5));
    expect(after?.trial?.bandPrice).toBeGreaterThan(0);
  });

  it('chooses among the forecasters anew after a day', async () => {
    await learnAt(2);
    await learnAt(25 * HOUR);
    expect(fits).toBe(2);
    expect((await stored())?.fittedAtMs).toBe(minute(25 * HOUR - 5));
  });
});
