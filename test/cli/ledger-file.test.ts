import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLedgerFile, writeLedgerFile } from '../../cli/ledger-file.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { units } from '../../models/kernel/units.ts';
import { record } from './ledger-records.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-ledger-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (text: string): string => {
  const file = path.join(folder, 'ledger.jsonl');
  writeFileSync(file, text);
  return file;
};

const changed = (change: Record<string, unknown>): string => {
  const { decision, outcome } = record();
  return JSON.stringify({ decision: { ...decision, ...change }, outcome });
};

describe('an exported ledger', () => {
  it('comes back as it was written', () => {
    const file = path.join(folder, 'round-trip.jsonl');
    const unseeing = { load: null, decision: null, blind: 'the metric has no samples' };
    const records = [record(), record({ asOfMs: record().decision.asOfMs + 300_000, ...unseeing })];
    writeLedgerFile(file, records);
    expect(readLedgerFile(file)).toEqual(records);
  });

  it('comes back with what a decision had to live with', () => {
    const file = path.join(folder, 'circumstances.jsonl');
    const { groupFound } = record().decision;
    const records = [
      record({
        groupFound: groupFound && { ...groupFound, largestWeight: units(8) },
        lead: {
          seconds: 1125,
          bootSeconds: 700,
          source: 'measured',
          configuredSeconds: 300,
          boots: 9,
          measuredSeconds: 700,
        },
        headroom: {
          limits: [{ of: 'vcpu-quota', units: units(4), said: '120 of 128 vCPU are in use' }],
          unknown: ['the group names zones'],
        },
        rival: 'aws-predictive-scaling',
        shortage: { atMs: 5, kind: 'capacity', said: 'InsufficientInstanceCapacity' },
      }),
    ];
    writeLedgerFile(file, records);
    expect(readLedgerFile(file)).toEqual(records);
  });

  it('is read in the order of time, whatever the order of its lines', () => {
    const [early, late] = [record(), record({ asOfMs: record().decision.asOfMs + 1 })];
    const file = written(`${JSON.stringify(late)}\n\n${JSON.stringify(early)}\n`);
    expect(readLedgerFile(file).map(({ decision }) => decision.asOfMs)).toEqual([
      early.decision.asOfMs,
      late.decision.asOfMs,
    ]);
  });

  it.each([
    { case: 'text that is not JSON', line: 'hello', said: 'not JSON: "hello"' },
    { case: 'another document', line: '{"a":1}', said: 'decision:' },
    { case: 'a version that is not known', line: changed({ version: 2 }), said: 'decision.version' },
    { case: 'a capacity of less than nothing', line: changed({ needNow: -1 }), said: 'decision.needNow' },
    { case: 'a mode that does not exist', line: changed({ mode: 'turbo' }), said: 'decision.mode' },
    {
      case: 'quantiles that are cut short',
      line: changed({ forecast: { ...record().decision.forecast, quantiles: [1] } }),
      said: 'decision.forecast.quantiles',
    },
  ])('refuses $case with file, line and field', ({ line, said }) => {
    const file = written(`${JSON.stringify(record())}\n${line}\n`);
    expect(() => readLedgerFile(file)).toThrow(BadInputError);
    expect(() => readLedgerFile(file)).toThrow(`${file}:2: `);
    expect(() => readLedgerFile(file)).toThrow(said);
  });

  it('refuses a folder by its name', () => {
    expect(() => readLedgerFile(folder)).toThrow(BadInputError);
    expect(() => readLedgerFile(folder)).toThrow(`${folder}: this is a folder;`);
  });

  it('refuses an empty file', () => {
    const file = written('\n');
    expect(() => readLedgerFile(file)).toThrow(`${file}: no ledger record in it`);
  });
});
