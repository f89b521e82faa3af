import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import type { LedgerRecord, Ports } from '../../../loop/ports.ts';
import { entryOf } from '../../../loop/record.ts';
import { inputsText, readInputs } from '../../../loop/replay-inputs.ts';
import { concluded, draft } from '../../../loop/think.ts';
import type { Answers, TickInputs } from '../../../loop/tick-inputs.ts';
import type { ForecastArtefact } from '../../../models/forecast/artefact.ts';
import { instant } from '../../../models/kernel/series.ts';
import { DAY_MS, dailyLoad, type LearnedDays, learnedDays, STEP_MS } from './learned-days.ts';

/** What the archive holds of a recorded decision. */
async function archived(
  { inputs: address }: DecisionEntry,
  { archive }: Pick<Ports, 'archive'>,
): Promise<{ inputs: TickInputs; answers: Answers }> {
  const text = (await archive.get(address ?? '')) ?? '';
  const { modelAddress } = readInputs(text, undefined).inputs;
  const stored = modelAddress === undefined ? undefined : await archive.get(modelAddress);
  // A model comes back from JSON, as from S3.
  const model: ForecastArtefact | undefined = stored === undefined ? undefined : JSON.parse(stored);
  return readInputs(text, model);
}

/** The entry that the pure core makes of inputs and answers. */
function thought(recorded: DecisionEntry, { inputs, answers }: { inputs: TickInputs; answers: Answers }): string {
  const { group, policyName, asOfMs, versions } = recorded;
  const message = { version: 1, group, policyName, asOfMs: instant(asOfMs), fleetSize: 1 } as const;
  const context = { message, version: versions.prescale, inputs: recorded.inputs };
  return JSON.stringify(entryOf(inputs, concluded(inputs, draft(inputs), answers), context));
}

/** Two days with a dark hour, a frozen one, a hand on MinSize and three ticks that died. */
async function eventfulDays(): Promise<LearnedDays> {
  const days = await learnedDays((step) => (step >= 120 && step < 124 ? undefined : dailyLoad(step)));
  const { world, id } = days;
  const order = (verb: 'run' | 'freeze') =>
    world.switches.write({ kind: 'group', group: id }, { verb, untilMs: undefined, reason: 'said' });
  const events = new Map<number, () => unknown>([
    [30, () => world.group('web').update({ min: 3 }, world.nowMs)],
    [50, () => world.crashNext('setFloor', 'after')],
    [60, () => order('freeze')],
    [64, () => order('run')],
    [90, () => world.crashNext('commit')],
    [140, () => world.crashNext('intend', 'after')],
    [160, () => world.failNext('setFloor', { code: 'ScalingActivityInProgress' })],
  ]);
  for (let i = 0; i < (2 * DAY_MS) / STEP_MS; i++) {
    await events.get(i)?.();
    await days.step();
    world.faults.restart();
  }
  return days;
}

describe('every decision of two days in which models were fitted anew', () => {
  let days: LearnedDays;
  let records: readonly LedgerRecord[];

  beforeAll(async () => {
    days = await eventfulDays();
    records = await days.ledger();
  });

  it('is thought again from its archived inputs to the same text, bit for bit', async () => {
    for (const { decision } of records) {
      expect(thought(decision, await archived(decision, days.world))).toBe(JSON.stringify(decision));
    }
  });

  it('is one for each tick, of more than one model, by many rules', () => {
    expect(records.length).toBeGreaterThanOrEqual(190);
    const fits = records.flatMap(({ decision: { forecast } }) =>
      forecast.kind === 'forecast' ? [forecast.fittedAtMs] : [],
    );
    expect(new Set(fits).size).toBeGreaterThanOrEqual(2);
    const rules = new Set(records.map(({ decision }) => decision.decision?.rule));
    for (const rule of ['band', 'freeze', 'blind-hold'] as const) expect(rules).toContain(rule);
  });

  it('writes its inputs to the same text again', async () => {
    for (const { decision } of records) {
      const { inputs, answers } = await archived(decision, days.world);
      expect(inputsText(inputs, answers)).toBe(await days.world.archive.get(decision.inputs ?? ''));
    }
  });

  it('changes when the last bit of one sample does', async () => {
    const { decision } = records[80]!;
    const { inputs, answers } = await archived(decision, days.world);
    const values = Float64Array.from(inputs.samples.values);
    const last = values.length - 1;
    values[last] = values[last]! * (1 + Number.EPSILON);
    const changed = { inputs: { ...inputs, samples: { ...inputs.samples, values } }, answers };
    expect(thought(decision, changed)).not.toBe(JSON.stringify(decision));
  });

  it('leaves its inputs as they were', async () => {
    for (const { decision } of records.slice(0, 20)) {
      const found = await archived(decision, days.world);
      const before = inputsText(found.inputs, found.answers);
      thought(decision, found);
      expect(inputsText(found.inputs, found.answers)).toBe(before);
    }
  });
});
