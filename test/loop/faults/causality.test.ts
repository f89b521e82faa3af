import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { historyKeyOf } from '../../../loop/history.ts';
import { learn } from '../../../loop/learn.ts';
import type { PolicyInput } from '../../../loop/policy.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import { instant } from '../../../models/kernel/series.ts';
import { policy } from '../fixtures.ts';
import { dailyLoad, type LearnedDays, type LoadOf, learnedDays, MIDNIGHT_MS, STEP_MS } from './learned-days.ts';

/** The first step that differs: noon of the second day, hours after the fit of that day. */
const PARTING = 96 + 48;

/** Loads that are the daily one before the parting, and something else from then on. */
const FUTURES: readonly { readonly case: string; readonly after: LoadOf }[] = [
  { case: 'doubles', after: (step) => 2 * dailyLoad(step)! },
  { case: 'stops', after: () => 0 },
  { case: 'goes dark', after: () => undefined },
  { case: 'is upside down', after: (step) => 15_000 - dailyLoad(step)! },
  { case: 'leaps once', after: (step) => (step === PARTING ? 100 : 1) * dailyLoad(step)! },
];

const parting =
  (at: number, after: LoadOf): LoadOf =>
  (step) =>
    step < at ? dailyLoad(step) : after(step);

/** Ledger entries as text, one for each tick so far. */
async function told(days: LearnedDays): Promise<readonly string[]> {
  return (await days.ledger()).map((record) => JSON.stringify(record));
}

async function lived(load: LoadOf, steps: number, changes: Partial<PolicyInput> = {}): Promise<readonly string[]> {
  const days = await learnedDays(load, changes);
  for (let i = 0; i < steps; i++) await days.step();
  return told(days);
}

const METRIC = { namespace: 'Test', name: 'Requests', statistic: 'Sum', periodSeconds: 900 } as const;

/** Where the history of the group is kept. */
const KEY = historyKeyOf(policy({ load: { source: 'total', metric: METRIC, missing: 'unknown' } }));

describe('two worlds that are alike until they part', () => {
  const STEPS = PARTING + 60;
  const known = lived(dailyLoad, STEPS);
  const others = new Map<LoadOf, Promise<readonly string[]>>();

  /** What the other world's ledger says; lived through once for each future. */
  function other(after: LoadOf): Promise<readonly string[]> {
    const told = others.get(after) ?? lived(parting(PARTING, after), STEPS);
    others.set(after, told);
    return told;
  }

  it.each(FUTURES)('have the same ledger until then, bit for bit, when the load of one $case', async ({ after }) => {
    const [one, changed] = [await known, await other(after)];
    // The tick that is two minutes past the parting has seen nothing of it yet: its step has only begun.
    expect(changed.slice(0, PARTING + 1)).toEqual(one.slice(0, PARTING + 1));
    expect(changed.length).toBe(one.length);
  });

  it.each(FUTURES)('differ from the first tick that can see it, when the load of one $case', async ({ after }) => {
    const [one, changed] = [await known, await other(after)];
    expect(changed[PARTING + 1]).not.toBe(one[PARTING + 1]);
  });

  it('are alike as much longer as the policy says that a period may still change', async () => {
    const slow = {
      load: { source: 'total', metric: METRIC, missing: 'unknown', publicationDelaySeconds: 1800 },
    } as const;
    const steps = PARTING + 5;
    const one = await lived(dailyLoad, steps, slow);
    const other = await lived(
      parting(PARTING, () => 1),
      steps,
      slow,
    );
    expect(other.slice(0, PARTING + 3)).toEqual(one.slice(0, PARTING + 3));
    expect(other[PARTING + 3]).not.toBe(one[PARTING + 3]);
  });

  it('have the same ledger also where the parting lies within the fit of the second day', async () => {
    const at = 96;
    const [one, other] = [
      await known,
      await lived(
        parting(at, () => 1),
        at + 2,
      ),
    ];
    expect(other.slice(0, at + 1)).toEqual(one.slice(0, at + 1));
  });
});

describe('a tick that is carried out late', () => {
  const REPLAYED = 100;

  /** The days until a tick that is only carried out a quarter of an hour after its time, in a world that went on so. */
  async function late(after: LoadOf, meanwhile: (days: LearnedDays) => Promise<void> = async () => undefined) {
    const days = await learnedDays(parting(REPLAYED, after));
    for (let i = 0; i < REPLAYED; i++) await days.step();
    const asOfMs = days.world.nowMs;
    days.world.advanceTo(asOfMs + STEP_MS);
    await meanwhile(days);
    await days.deliver(asOfMs);
    return (await told(days)).at(-1);
  }

  it('sees what it would have seen in time, whatever has been published meanwhile', async () => {
    const expected = await late(dailyLoad);
    expect(expected).toContain('"status":');
    for (const { after } of FUTURES) expect(await late(after)).toBe(expected);
  });

  it('does not see either what another group of its workload has kept meanwhile', async () => {
    const ahead = {
      timestampsMs: Float64Array.of(MIDNIGHT_MS + REPLAYED * STEP_MS),
      values: Float64Array.of(99_999),
    };
    expect(await late(dailyLoad, ({ ports }) => ports.history.merge(KEY, ahead))).toBe(await late(dailyLoad));
  });

  it('does not believe a model that was fitted on later load', async () => {
    const entry = await late(dailyLoad, async ({ ports, policy: own }) => {
      const key = modelKeyOf(own);
      const stored = await ports.models.load(key);
      if (stored === undefined) throw new Error('no model was fitted');
      const fittedAtMs = instant(MIDNIGHT_MS + (REPLAYED + 1) * STEP_MS);
      await ports.models.save(key, { ...stored, artefact: { ...stored.artefact, fittedAtMs } });
    });
    expect(entry).toContain('lies before the end of the history that the model was fitted to');
  });
});

describe('a fit that is carried out a day late', () => {
  /** The model that is fitted for the first midnight, in a world that has gone on for a day. */
  async function fitted(after: LoadOf, hoursLate: number): Promise<string> {
    const { world, ports, policy: own } = await learnedDays(parting(0, after));
    const asOfMs = world.nowMs;
    world.advanceTo(asOfMs + hoursLate * 3_600_000);
    const job = { policyName: 'web', workload: 'web', groupName: 'web', asOfMs, reason: 'late' };
    expect(await learn(job, ports, directFitter())).toMatchObject({ kind: 'fitted' });
    return JSON.stringify((await ports.models.load(modelKeyOf(own)))?.artefact);
  }

  it('is the fit that it would have been in time, whatever the load has done since', async () => {
    const inTime = await fitted(dailyLoad, 0);
    for (const { after } of FUTURES) expect(await fitted(after, 24)).toBe(inTime);
  });
});
