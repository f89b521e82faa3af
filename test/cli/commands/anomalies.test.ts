import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prescale } from '../run-prescale.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-anomalies-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
};

/** A wave of a day at 5 minutes with a little unrest, and one value far out of it. */
const valueAt = (i: number): number => 100 + 30 * Math.sin((i * 2 * Math.PI) / 288) + ((i * 7919) % 13) / 2;
const spiked = (): string => {
  const rows = Array.from({ length: 2000 }, (_, i) => `${i * 300},${i === 1500 ? 900 : valueAt(i).toFixed(3)}`);
  return written('spiked.csv', `t_s,load\n${rows.join('\n')}\n`);
};

interface Point {
  readonly timestamp: string;
  readonly score: number;
  readonly anomaly: boolean;
}

interface Printed {
  readonly threshold: number;
  readonly points: readonly Point[];
}

const printed = async (...args: readonly string[]): Promise<Printed> => {
  const { code, out, notes } = await prescale(['anomalies', ...args, '--json']);
  expect({ code, notes }).toEqual({ code: 0, notes: '' });
  return JSON.parse(out);
};

describe('prescale anomalies', () => {
  it('scores every row in the order of the file and calls the one that stands out an anomaly', async () => {
    const { threshold, points } = await printed('--series', spiked());
    expect(points).toHaveLength(2000);
    expect(points[1]!.timestamp).toBe('300');
    expect(points[1500]).toMatchObject({ anomaly: true });
    expect(points.filter(({ score, anomaly }) => anomaly !== score >= threshold)).toEqual([]);
    expect(Math.max(...points.map(({ score }) => score))).toBe(points[1500]!.score);
  });

  it('shows people when, what, what was expected, and why', async () => {
    const { code, out } = await prescale(['anomalies', '--series', spiked()]);
    expect(code).toBe(0);
    const line = out.split('\n').find((text) => text.startsWith('450000 '));
    expect(line).toMatch(/ 900 +1\d\d\.\d +1\d\d\.\d +0\.\d\d {2}\S+/);
  });

  it('takes any rhythm, equal stamps, an hour set back, empty cells and negative values', async () => {
    const stamps = ['2026-10-25T01:50:00Z', '2026-10-25T02:50:00Z', '2026-10-25T02:00:00Z', '2026-10-25T02:00:00Z'];
    const rows = ['2026-10-20T00:00:00Z,-4', ...stamps.map((stamp, i) => `${stamp},${i === 2 ? '' : i}`)];
    const { points } = await printed('--series', written('odd.csv', `timestamp,v\n${rows.join('\n')}\n\n`));
    expect(points.map(({ timestamp }) => timestamp)).toEqual(['2026-10-20T00:00:00Z', ...stamps]);
    expect(points[3]).toEqual({ timestamp: stamps[2], score: 0, anomaly: false });
  });

  it('reads the column that it is told', async () => {
    const at = written('two.csv', 't_s,a,b\n0,1,x\n60,2,x\n');
    expect((await printed('--series', at, '--column', 'a')).points).toHaveLength(2);
    expect(await prescale(['anomalies', '--series', at, '--column', 'b'])).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    { $case: 'a word for a value', text: 't_s,v\n0,1\n60,NaN\n', said: ['line 3', '"NaN"', 'a finite number'] },
    { $case: 'a number too large to hold', text: 't_s,v\n0,1e999\n', said: ['line 2', '"1e999"'] },
    { $case: 'no stamp', text: 'timestamp,v\nyesterday,1\n', said: ['line 2', '"yesterday"', 'ISO-8601'] },
    { $case: 'time that goes back', text: 't_s,v\n9000,1\n60,2\n', said: ['line 3', '"60"', 'backwards'] },
    { $case: 'a cell too many', text: 't_s,v\n0,1,2\n', said: ['line 2', '3 cells'] },
    { $case: 'no row', text: 't_s,v\n', said: ['rows are needed'] },
    { $case: 'another header', text: 'when,v\n0,1\n', said: ['line 1', '"when"'] },
  ])('refuses $case with status 2, naming the place', async ({ text, said }) => {
    const at = written('bad.csv', text);
    const { code, out, notes } = await prescale(['anomalies', '--series', at, '--json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const part of [at, ...said]) expect(notes).toContain(part);
  });
});
