import { beforeEach, describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { parseLedgerRecord } from '../../../cli/ledger-schema.ts';
import { replayEntry } from '../../../cli/replay-record.ts';
import { explain } from '../../../cli/report/explain-text.ts';
import { learn } from '../../../loop/learn.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import { instant } from '../../../models/kernel/series.ts';
import type { ForecastRecord } from '../../../models/learn/forecast-record.ts';
import { loadOf, metricOf, minute, policyFor, START_MS } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup, type Turned } from './controlled-group.ts';

const STEPS_PER_DAY = 288;
const MINUTES_TO_TELL = 150;

/** A wave of a day with noise that repeats nowhere. */
const usual = (step: number): number =>
  10 +
  3 * Math.sin((2 * Math.PI * step) / STEPS_PER_DAY) +
  0.8 * Math.sin(step * 12.9898) +
  0.5 * Math.sin(step * 78.233);

/** A group with six days of the wave behind it, learned; from its first tick on the load is what is given. */
async function learned(from: (step: number) => number): Promise<ControlledGroup> {
  const controlled = controlledGroup({ needs: () => undefined });
  const steps = Array.from({ length: 7 * STEPS_PER_DAY }, (_, i) => i - 6 * STEPS_PER_DAY);
  controlled.world.publish(metricOf('web'), {
    timestampsMs: Float64Array.from(steps, (step) => minute(step * 5)),
    values: Float64Array.from(steps, (step) => loadOf(step < 0 ? usual(step) : from(step))),
  });
  await fitted(controlled, 'no model yet');
  return controlled;
}

const fitted = (controlled: ControlledGroup, reason: string) => {
  const asOfMs = controlled.world.nowMs;
  return learn(
    { policyName: 'web', workload: 'web', groupName: 'web', asOfMs, reason },
    controlled.ports,
    directFitter(),
  );
};

/** Turns until the forecast is in doubt, or a time is over. */
async function untilDoubted(controlled: ControlledGroup): Promise<Turned> {
  let turned = await controlled.turn();
  while (turned.entry.doubt === undefined && controlled.world.nowMs < minute(MINUTES_TO_TELL)) {
    turned = await controlled.turn();
  }
  return turned;
}

describe('a load that has become another one', () => {
  let controlled: ControlledGroup;
  let turned: Turned;

  beforeEach(async () => {
    // A sawtooth of an hour: nothing in the history is like it.
    controlled = await learned((step) => usual(step) * (1 + (step % 12) / 6));
    turned = await untilDoubted(controlled);
  });

  it('puts the forecast in doubt, with the evidence, and the reactive rule decides', () => {
    expect(turned.entry.doubt).toMatchObject({ kind: 'drift', cusum: expect.any(Number), psi: expect.any(Number) });
    expect(turned.entry.decision?.reasons[0]).toMatch(/^the forecast's errors have drifted since its fit/);
    expect(turned.entry.decision?.reasons[1]).toMatch(/^the last \d+ step\(s\) needed/);
    expect(turned.entry.decision?.rule).not.toBe('band');
  });

  it('asks for a fit because of it, once, and the fit ends the doubt', async () => {
    const jobs = controlled.world.refits.take();
    expect(jobs).toMatchObject([{ reason: 'drift', workload: 'web' }]);
    await controlled.turn();
    expect(controlled.world.refits.take()).toEqual([]);
    expect(await fitted(controlled, 'drift')).toMatchObject({ kind: 'fitted' });
    expect(await fitted(controlled, 'drift')).toEqual({ kind: 'fresh' });
    expect((await controlled.turn()).entry.doubt).toBeUndefined();
  });

  it('can be thought again bit for bit', async () => {
    expect(await replayEntry(turned.entry, controlled.ports.archive)).toMatchObject({ identical: true });
  });

  it('is told by a ledger that was written as JSON, and explained', () => {
    const record = { decision: turned.entry, outcome: undefined, confirm: undefined };
    expect(parseLedgerRecord(JSON.parse(JSON.stringify(record)))).toEqual({ record });
    expect(explain(record)).toContain("It had no say: the forecast's errors have drifted");
  });
});

describe('a load that stays what it was', () => {
  it('leaves the forecast in charge', async () => {
    const { entry } = await untilDoubted(await learned(usual));
    expect(entry).not.toHaveProperty('doubt');
    expect(entry.decision?.rule).toBe('band');
  });
});

describe('a forecast with a record no better than a season repeated', () => {
  const poor: ForecastRecord = {
    seasons: [{ days: 1, forecast: 2e6, repeated: 1e6, steps: 500 }],
    slight: 1,
    judgedUntilMs: instant(START_MS),
  };

  /** The first turn with that record, and with that share of the plan in the arms' trial. */
  async function turnWith(bandShare: number): Promise<Turned> {
    const controlled = await learned(usual);
    const key = modelKeyOf(policyFor({ name: 'web', needs: () => undefined }));
    const { artefact, address } = (await controlled.ports.models.load(key))!;
    const trial = { ...artefact.trial!, bandShare };
    await controlled.ports.models.save(key, { artefact: { ...artefact, record: poor, trial }, address });
    const turned = await controlled.turn();
    expect(controlled.world.refits.take()).toEqual([]);
    return turned;
  }

  it('has no say, and the ledger says why', async () => {
    const { entry } = await turnWith(0.4);
    expect(entry.doubt).toMatchObject({ kind: 'no-better-than-naive', skill: 2 });
    expect(entry.decision?.reasons[0]).toBe(
      'the forecast is no better than naive (its errors are 2.00 of those of a season repeated): reactive only',
    );
  });

  it('keeps its say while its plan has been cheaper than reacting', async () => {
    const { entry } = await turnWith(0.9);
    expect(entry).not.toHaveProperty('doubt');
    expect(entry.decision?.reasons.join('; ')).toContain('by the plan');
  });
});
