import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeLedgerFile } from '../../../cli/ledger-file.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import { windowStepsOf } from '../../../loop/policy.ts';
import { entryOf } from '../../../loop/record.ts';
import { inputsText } from '../../../loop/replay-inputs.ts';
import { concluded, draft } from '../../../loop/think.ts';
import type { ForecastArtefact } from '../../../models/forecast/artefact.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import { group, inputs, nowMs, policy, surroundings } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { smallGroup, smallWorld } from '../small-world.ts';

const STEP_MS = 300_000;
const DAY_STEPS = 288;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-replay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const newest = Math.floor(nowMs / STEP_MS) * STEP_MS - STEP_MS;
const loadAt = (ms: number): number => 3000 + 1500 * Math.sin(((ms / STEP_MS) * 2 * Math.PI) / DAY_STEPS) + 0.1;

const model: ForecastArtefact = {
  version: 1,
  model: 'wave',
  fittedAtMs: instant(newest - 12 * STEP_MS),
  stepMs: STEP_MS,
  path: Array.from({ length: DAY_STEPS }, (_, i) => loadAt(newest + (i - 12) * STEP_MS)),
  correction: { alpha: 0.3, phi: 0.9 },
  calibration: {
    windowSteps: windowStepsOf(policy()),
    power: 1,
    scores: Array.from({ length: 99 }, (_, i) => -0.1 + i / 300),
  },
  scores: [],
};
const modelText = JSON.stringify(model);

/** A tick with model, load and surroundings, as the controller would have recorded it. */
function recorded(): { readonly entry: DecisionEntry; readonly texts: readonly string[] } {
  const timestampsMs = Float64Array.from({ length: 48 }, (_, i) => newest - (47 - i) * STEP_MS);
  const seen = inputs({
    samples: { timestampsMs, values: timestampsMs.map(loadAt) },
    model,
    modelAddress: digest(modelText),
  });
  const answers = { surroundings: surroundings(), grantedUnits: 100, largeChangeGranted: true };
  const text = inputsText(seen, answers);
  const message = { version: 1, group, policyName: 'web', asOfMs: nowMs, fleetSize: 3 } as const;
  const thought = concluded(seen, draft(seen), answers);
  const entry = entryOf(seen, thought, { message, version: '0.1.0', inputs: digest(text) });
  return { entry, texts: [text, modelText] };
}

function exported(entry: DecisionEntry, texts: readonly string[]): readonly string[] {
  const ledger = path.join(folder, 'ledger.jsonl');
  const archive = path.join(folder, 'archive');
  mkdirSync(archive);
  writeLedgerFile(ledger, [{ decision: entry, outcome: undefined, confirm: undefined }]);
  for (const text of texts) writeFileSync(path.join(archive, digest(text)), text);
  return ['replay', '--ledger', ledger, '--archive', archive];
}

describe('prescale replay', () => {
  it('computes a recorded decision again, bit for bit', async () => {
    const { entry, texts } = recorded();
    expect(entry.forecast.kind).toBe('forecast');
    const { code, out } = await prescale([...exported(entry, texts), '--json']);
    expect(JSON.parse(out)).toMatchObject({ group: 'web', identical: true, differences: [] });
    expect(code).toBe(0);
  });

  it('says which field is not what the inputs give, with status 1', async () => {
    const { entry, texts } = recorded();
    const target = units((entry.decision?.target ?? 0) + 1);
    const { code, out } = await prescale(exported({ ...entry, decision: { ...entry.decision!, target } }, texts));
    expect(code).toBe(1);
    expect(out).toContain(`decision.target  ${target}        ${target - 1}`);
  });

  it('sees a difference in the last bit of a number', async () => {
    const { entry, texts } = recorded();
    if (entry.forecast.kind !== 'forecast') throw new Error('a forecast is needed');
    const nudged = entry.forecast.expectedPeak * (1 + Number.EPSILON);
    const { code, out } = await prescale([
      ...exported({ ...entry, forecast: { ...entry.forecast, expectedPeak: nudged } }, texts),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out).differences).toEqual([
      { field: 'forecast.expectedPeak', recorded: nudged, replayed: entry.forecast.expectedPeak },
    ]);
  });

  it('replays from the ledger and the archive in AWS', async () => {
    const { entry, texts } = recorded();
    const world = smallWorld({ web: smallGroup() });
    world.records.push({ decision: entry, outcome: undefined, confirm: undefined });
    for (const text of texts) world.archive.set(digest(text), text);
    const { code, out } = await prescale(['replay', '--group', 'web', '--at', 'latest'], world.controller);
    expect(out).toContain('identical, bit for bit');
    expect(code).toBe(0);
  });

  it('refuses archived inputs that were changed', async () => {
    const { entry, texts } = recorded();
    const args = exported(entry, texts);
    writeFileSync(path.join(folder, 'archive', entry.inputs ?? ''), '{}');
    const { code, notes } = await prescale(args);
    expect(code).toBe(2);
    expect(notes).toContain('it was changed');
  });

  it('refuses an archive that does not hold the inputs', async () => {
    const { entry } = recorded();
    const { code, notes } = await prescale(exported(entry, []));
    expect(code).toBe(2);
    expect(notes).toContain(`does not hold the inputs ${entry.inputs}`);
  });

  it('has nothing to replay for a tick that could not read its group', async () => {
    const { entry, texts } = recorded();
    const { code, notes } = await prescale(exported({ ...entry, inputs: null }, texts));
    expect(code).toBe(2);
    expect(notes).toContain('nothing to replay');
  });

  it('refuses a ledger without its archive', async () => {
    const { code, notes } = await prescale(['replay', '--ledger', 'x.jsonl']);
    expect(code).toBe(2);
    expect(notes).toContain('belong together');
  });
});
