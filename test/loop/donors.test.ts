import { beforeEach, describe, expect, it } from '@jest/globals';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import { type LearnOutcome, type LearnPorts, learn } from '../../loop/learn.ts';
import type { ModelManifest } from '../../loop/manifest.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { type Account, controlledAccount, loadOf, metricOf, minute, policyFor } from './tick/controlled-account.ts';

const DAY_STEPS = 288;
const HISTORY = { history: { days: 8 } };

/** Days of load that each workload has behind it at the start. */
const DAYS = { first: 8, second: 7.5, short: 5, young: 2.5, newborn: 1.25 } as const;

type Name = keyof typeof DAYS;

const NAMES = Object.keys(DAYS) as Name[];

/** Each a daily wave of its own phase, which rises by the hour as they all do. */
function publish(world: Account['world'], name: Name): void {
  const steps = Array.from({ length: DAYS[name] * DAY_STEPS + DAY_STEPS }, (_, i) => i - DAYS[name] * DAY_STEPS);
  const wave = (step: number) => Math.sin((2 * Math.PI * step) / DAY_STEPS + NAMES.indexOf(name));
  world.publish(metricOf(name), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, (step) => loadOf(10) * (1 + 0.5 * wave(step))),
  });
}

describe('donors', () => {
  let account: Account;

  const policyOf = (name: Name) => policyFor({ name, needs: () => undefined, policy: HISTORY });

  const learnAt = (name: Name, minutes = 2, ports: LearnPorts = account.ports): Promise<LearnOutcome> => {
    account.world.advanceTo(Math.max(account.world.nowMs, minute(minutes)));
    const { workload } = policyOf(name);
    const job = { policyName: name, workload, groupName: name, asOfMs: minute(minutes), reason: 'test' };
    return learn(job, ports, directFitter());
  };

  const madeOf = async (name: Name): Promise<ModelManifest> => {
    const manifest = await account.ports.manifests.load(modelKeyOf(policyOf(name)));
    if (manifest === undefined) throw new Error(`${name} has not been fitted`);
    return manifest;
  };

  const candidates = async (name: Name): Promise<readonly string[]> =>
    (await madeOf(name)).scores.map(({ model }) => model);

  beforeEach(() => {
    account = controlledAccount(NAMES.map((name) => ({ name, needs: () => undefined, policy: HISTORY })));
    for (const name of NAMES) publish(account.world, name);
  });

  it('teach a workload that is younger than a week, the longest history first, and none that has not seen a week', async () => {
    for (const name of ['second', 'short', 'first'] as const) await learnAt(name);
    expect(await learnAt('young')).toMatchObject({ kind: 'fitted' });
    expect(await candidates('young')).toContain('transfer-trees');
    const histories = await Promise.all([madeOf('first'), madeOf('second')]);
    expect((await madeOf('young')).donors).toEqual(histories.map(({ data }) => data.sha256));
  });

  it('let a workload be fitted on its second day, by their errors in place of its own', async () => {
    expect(await learnAt('newborn')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('too-short') });
    for (const name of ['first', 'second'] as const) await learnAt(name);
    expect(await learnAt('newborn')).toMatchObject({ kind: 'fitted' });
    expect((await madeOf('newborn')).donors).toHaveLength(2);
    const model = (await account.ports.models.load(modelKeyOf(policyOf('newborn'))))?.artefact;
    expect(model?.chosen?.why).toMatch(/of 2 other groups/);
    expect(model?.calibration.scores.length).toBeGreaterThan(500);
    expect([model?.direct, model?.trial]).toEqual([undefined, undefined]);
    // There is no plan that could be renewed, and the manifest stays that of the fit.
    expect(await learnAt('newborn', 8 * 60)).toEqual({ kind: 'fresh' });
  });

  it('are not asked by a workload that knows itself', async () => {
    await learnAt('first');
    expect(await learnAt('second')).toMatchObject({ kind: 'fitted' });
    expect([await candidates('second'), (await madeOf('second')).donors]).toEqual([
      expect.not.arrayContaining(['transfer-trees']),
      [],
    ]);
  });

  it('never tell of anything after the moment of the fit', async () => {
    await learnAt('first', 60);
    expect(await learnAt('young', 2)).toMatchObject({ kind: 'fitted' });
    expect((await madeOf('young')).donors).toEqual([]);
  });

  it('are left out where the archive holds them no longer', async () => {
    await learnAt('first');
    const { ports } = account;
    const { sha256 } = (await madeOf('first')).data;
    const archive = {
      ...ports.archive,
      get: async (address: string) => (address === sha256 ? undefined : ports.archive.get(address)),
    };
    expect(await learnAt('young', 2, { ...ports, archive })).toMatchObject({ kind: 'fitted' });
    expect((await madeOf('young')).donors).toEqual([]);
  });
});
