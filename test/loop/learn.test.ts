import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import type { Fitter, Trainer, TrainingTask } from '../../loop/fitter.ts';
import { type LearnOutcome, learn } from '../../loop/learn.ts';
import { DAILY } from '../../loop/list-workloads.ts';
import type { NetworkStore } from '../../loop/ports.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { networkName } from '../../models/forecast/neural/network-forecaster.ts';
import { accept, refuse } from '../../models/kernel/result.ts';
import { endOf, instant } from '../../models/kernel/series.ts';
import { lstmModel } from '../forecast/neural/models.ts';
import { loadOf, metricOf, minute, policyFor } from './tick/controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './tick/controlled-group.ts';

const HOUR = 60;
const NETWORK = networkName(lstmModel);

/** A network that is never young: every fit may train another. */
const old: Trainer = async ({ window }) =>
  accept({ ...lstmModel, trainedUntilMs: instant(endOf(window) - 20 * 86_400_000) });

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
    versions: { prescale: 'test' },
    fit: (task) => {
      fits++;
      return directFitter().fit(task);
    },
  };

  const learnAt = (minutes: number, fitter: Fitter = counting, reason = 'test'): Promise<LearnOutcome> => {
    controlled.world.advanceTo(instant(minute(minutes)));
    const job = {
      policyName: 'web',
      workload: 'web',
      groupName: 'web',
      asOfMs: controlled.world.nowMs,
      reason,
    };
    return learn(job, controlled.ports, fitter);
  };
  const manifest = () =>
    controlled.ports.manifests.load(modelKeyOf(policyFor({ name: 'web', needs: () => undefined })));
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

  it('keeps beside the model what it was made of: the history by its digest, versions, scores, the champion and why', async () => {
    await learnAt(2);
    const model = await stored();
    const made = await manifest();
    expect(made).toMatchObject({
      workload: 'web',
      asked: 'test',
      work: 'fit',
      seed: null,
      versions: { prescale: 'test' },
      champion: { before: null, after: model?.model, why: expect.stringMatching(/better than/) },
      scores: model?.scores,
    });
    const history = JSON.parse((await controlled.ports.archive.get(made!.data.sha256)) ?? 'null');
    expect(history.values).toHaveLength(made!.data.steps);
    expect(JSON.parse((await controlled.ports.archive.get(made!.model)) ?? 'null')).toEqual(model);
  });

  it('says who was champion before, and that only the plan was renewed', async () => {
    await learnAt(2);
    const before = (await stored())?.model;
    await learnAt(7 * HOUR);
    expect(await manifest()).toMatchObject({ work: 'refresh', champion: { before, after: before } });
  });

  it('offers networks that people brought for the workload as candidates', async () => {
    controlled.world.networks.put('web', lstmModel);
    const outcome = await learnAt(2);
    expect(outcome).toMatchObject({ kind: 'fitted', scores: expect.arrayContaining([expect.stringMatching(/^lstm/)]) });
    expect((await manifest())?.networks).toEqual([
      { seed: lstmModel.seed, backend: lstmModel.backend, dataHash: lstmModel.dataHash },
    ]);
  });

  it('fits everything in a daily run that comes some minutes early', async () => {
    await learnAt(2);
    await learnAt(24 * HOUR - 10, counting, DAILY);
    expect(fits).toBe(2);
  });

  it('trains a network where the fitter can, keeps it for later fits, and none beside a young one', async () => {
    const tasks: TrainingTask[] = [];
    const train: Trainer = async (task) => {
      tasks.push(task);
      return accept({ ...lstmModel, trainedUntilMs: endOf(task.window) });
    };
    expect(await learnAt(2, { ...counting, train })).toMatchObject({ kind: 'fitted' });
    expect((await manifest())?.networks).toEqual([]);
    expect(await learnAt(25 * HOUR, { ...counting, train })).toMatchObject({ kind: 'fitted' });
    expect((await manifest())?.networks).toHaveLength(1);
    expect(tasks.map(({ horizonSteps }) => horizonSteps)).toEqual([expect.any(Number)]);
    expect(await controlled.ports.networks.of('web')).toHaveLength(1);
  });

  it('has the model kept before it trains, and says what came of the training', async () => {
    const train: Trainer = async () => {
      expect(await manifest()).toBeDefined();
      return accept(lstmModel);
    };
    expect(await learnAt(2, { ...counting, train })).toMatchObject({ kind: 'fitted', training: `kept ${NETWORK}` });
  });

  it('stands where the network cannot be kept', async () => {
    const networks: NetworkStore = {
      ...controlled.ports.networks,
      of: async () => [],
      keep: async () => {
        throw new Error('slow down');
      },
    };
    controlled = Object.assign(controlled, { ports: { ...controlled.ports, networks } });
    expect(await learnAt(2, { ...counting, train: old })).toMatchObject({
      kind: 'fitted',
      training: 'not kept: slow down',
    });
  });

  it('trains none over a network that serves', async () => {
    const train = jest.fn(old);
    await learnAt(2, { ...counting, train });
    const serving: Fitter = {
      fit: async (task) => {
        const answer = await counting.fit(task);
        return answer.ok ? accept({ ...answer.value, model: NETWORK }) : answer;
      },
    };
    expect(await learnAt(26 * HOUR, { ...serving, train })).toMatchObject({ kind: 'fitted', model: NETWORK });
    expect(train).toHaveBeenCalledTimes(1);
    expect(await learnAt(47 * HOUR, { ...counting, train }, DAILY)).toMatchObject({ kind: 'fitted' });
    expect(train).toHaveBeenCalledTimes(2);
  });

  it('goes on without a network where the training is refused', async () => {
    const train: Trainer = async () => refuse('no tensor library');
    expect(await learnAt(2, { ...counting, train })).toMatchObject({
      kind: 'fitted',
      training: 'refused: no tensor library',
    });
    expect((await manifest())?.networks).toEqual([]);
  });

  it('fits for the lead of a boot time that was measured, beside the model of the policy', async () => {
    controlled.world.advanceTo(instant(minute(2)));
    const job = {
      policyName: 'web',
      workload: 'web',
      groupName: 'web',
      asOfMs: controlled.world.nowMs,
      reason: 'slow',
    };
    expect(await learn({ ...job, bootSeconds: 900 }, controlled.ports, counting)).toMatchObject({ kind: 'fitted' });
    expect(await stored()).toBeUndefined();
    const slow = policyFor({ name: 'web', policy: { lead: { bootSeconds: 900 } } });
    expect((await controlled.ports.models.load(modelKeyOf(slow)))?.artefact.fittedAtMs).toBe(minute(0));
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
