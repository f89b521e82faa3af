import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeLedgerFile } from '../../../cli/ledger-file.ts';
import type { LedgerRecord } from '../../../loop/ports.ts';
import { nowMs } from '../../loop/fixtures.ts';
import { record, web } from '../ledger-records.ts';
import { prescale } from '../run-prescale.ts';
import { smallGroup, smallWorld } from '../small-world.ts';

const STEP_MS = 300_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-explain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An hour of ticks that ends at `nowMs`. */
const hour = (): readonly LedgerRecord[] =>
  Array.from({ length: 12 }, (_, i) =>
    record({ asOfMs: nowMs - (11 - i) * STEP_MS, wallMs: nowMs - (11 - i) * STEP_MS }),
  );

const exported = (records: readonly LedgerRecord[]): string => {
  const file = path.join(folder, 'ledger.jsonl');
  writeLedgerFile(file, records);
  return file;
};

const inAws = () => {
  const world = smallWorld({ web: smallGroup() });
  world.records.push(...hour());
  return world.controller;
};

describe('prescale explain', () => {
  it('tells the newest decision from AWS', async () => {
    const { code, out } = await prescale(['explain', '--group', 'web', '--at', 'latest'], inAws());
    expect(code).toBe(0);
    expect(out).toContain('the load peaks at or below 1600');
  });

  it('takes the tick at or before the time that is given', async () => {
    const at = new Date(nowMs - 5 * STEP_MS + 1000).toISOString();
    const { out } = await prescale(['explain', '--ledger', exported(hour()), '--at', at, '--json']);
    expect(JSON.parse(out).decision.asOfMs).toBe(nowMs - 5 * STEP_MS);
  });

  it.each([
    {
      case: 'a time before the first tick',
      args: ['--at', '1970-01-01T00:00:00Z'],
      said: 'the first is of 2025-12-31T23:07:00Z',
    },
    { case: 'a group that is not in it', args: ['--group', 'api'], said: 'no record of "api"' },
    { case: 'a time without a zone', args: ['--at', '2026-01-01T00:00'], said: 'with a zone' },
  ])('refuses $case', async ({ args, said }) => {
    const { code, out, notes } = await prescale(['explain', '--ledger', exported(hour()), ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
  });

  it('asks which group is meant when the file holds several', async () => {
    const file = exported([...hour(), record({ group: { ...web, name: 'api' } })]);
    const { code, notes } = await prescale(['explain', '--ledger', file]);
    expect(code).toBe(2);
    expect(notes).toContain('choose with --group api | web');
  });

  it('says so where AWS holds no tick of the last day', async () => {
    const { code, notes } = await prescale(['explain', '--group', 'web'], smallWorld({ web: smallGroup() }).controller);
    expect(code).toBe(2);
    expect(notes).toContain('no tick of "web" in the day before 2026-01-01T00:02:00Z');
  });
});

describe('prescale report', () => {
  it('writes one page about an exported day', async () => {
    const out = path.join(folder, 'day.html');
    const said = await prescale(['report', '--ledger', exported(hour()), '--out', out, '--json']);
    expect(said).toMatchObject({ code: 0, notes: '' });
    expect(JSON.parse(said.out)).toEqual({
      out,
      group: 'web',
      from: '2025-12-31T23:05:00Z',
      to: '2026-01-01T00:05:00Z',
      decisions: 12,
    });
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('writes one page about the last day in AWS', async () => {
    const out = path.join(folder, 'day.html');
    const { code } = await prescale(['report', '--group', 'web', '--out', out], inAws());
    expect(code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('web');
  });

  it.each([
    { case: 'an empty period', args: ['--from', '2026-01-02', '--to', '2026-01-01'], said: 'is not before' },
    { case: 'a period without ticks', args: ['--from', '2027-01-01'], said: 'it holds 2025-12-31T23:07:00Z to' },
    { case: 'a page that cannot be written', args: ['--out', 'nowhere/day.html'], said: 'nowhere/day.html' },
  ])('refuses $case and writes nothing', async ({ args, said }) => {
    const out = path.join(folder, 'day.html');
    const { code, notes } = await prescale(['report', '--ledger', exported(hour()), '--out', out, ...args]);
    expect(code).toBe(2);
    expect(notes).toContain(said);
    expect(existsSync(out)).toBe(false);
  });

  it('does not write over the ledger that it reads, nor nowhere', async () => {
    const ledger = exported(hour());
    const before = readFileSync(ledger, 'utf8');
    const over = await prescale([
      'report',
      '--ledger',
      ledger,
      '--out',
      path.join(path.dirname(ledger), '.', path.basename(ledger)),
    ]);
    expect(over).toMatchObject({ code: 2, notes: expect.stringContaining('is what it is made from') });
    expect(readFileSync(ledger, 'utf8')).toBe(before);
    const nowhere = await prescale(['report', '--ledger', ledger, '--out', ' ']);
    expect(nowhere).toMatchObject({ code: 2, notes: expect.stringContaining('the name of a file is needed') });
  });

  it('looks at the place of the page before it reads the ledger or asks AWS', async () => {
    const away = path.join(folder, 'no', 'day.html');
    for (const source of [
      ['--ledger', path.join(folder, 'missing.jsonl')],
      ['--group', 'web'],
    ]) {
      const said = await prescale(['report', ...source, '--out', away]);
      expect(said).toMatchObject({ code: 2, notes: expect.stringContaining(`--out ${away}: there is no folder`) });
    }
  });
});
