import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prescale } from '../run-prescale.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-inspect-'));
  file = path.join(folder, 'load.csv');
  const start = Date.parse('2026-01-05T00:00Z');
  const rows = Array.from({ length: 28 * 24 }, (_, i) => {
    const wave = 100 + 60 * Math.sin((i * 2 * Math.PI) / 24) + 5 * Math.sin(i * 12.9898);
    return `${new Date(start + i * 3_600_000).toISOString()},${wave * (i < 15 * 24 ? 1 : 2)}`;
  });
  writeFileSync(file, `timestamp,requests\n${rows.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('prescale inspect', () => {
  it('says what the load is made of and what it can be learned from', async () => {
    const { code, out } = await prescale(['inspect', '--trace', file, '--lead', '2h', '--trials', '1']);
    expect(code).toBe(0);
    expect(out).toContain('672 steps of 3600 s');
    expect(out).toMatch(/the level changed to (1[789]\d|2[0-2]\d) % of what it was at 2026-01-(19|20|21)/);
    expect(out).toContain('the best of 1 of 12 shapes, 3 fits');
  });

  it('prints the same as JSON, with the calendar of a place', async () => {
    const place = ['--zone', 'Europe/Berlin', '--holidays', 'DE'];
    const { out } = await prescale(['inspect', '--trace', file, '--trials', '1', '--json', ...place]);
    expect(JSON.parse(out)).toMatchObject({ steps: 672, lead: 1, refused: null, learned: { budget: { fits: 3 } } });
  });

  it.each([
    { case: 'a search that there is not', args: ['--search', 'luck'], said: '"luck" is neither grid nor random' },
    { case: 'a budget beyond the grid', args: ['--trials', '13'], said: '--trials' },
    { case: 'an unknown zone', args: ['--zone', 'Mars'], said: '"Mars" is no IANA time zone' },
    { case: 'holidays without a zone', args: ['--holidays', 'DE'], said: '--holidays needs --zone' },
  ])('refuses $case', async ({ args, said }) => {
    const { code, notes } = await prescale(['inspect', '--trace', file, ...args]);
    expect(code).toBe(2);
    expect(notes).toContain(said);
  });
});
