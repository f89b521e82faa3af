import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { markupProblems } from '../page/markup-problems.ts';
import { prescale } from '../run-prescale.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'prescale-plot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const STEP_S = 1800;
const DAY_STEPS = 48;

/** Some days of a daily wave, and of one that is half as high. */
function trace(days: number): string {
  const rows = Array.from({ length: days * DAY_STEPS }, (_, i) => {
    const load = 1000 + Math.round(800 * Math.sin((i * 2 * Math.PI) / DAY_STEPS)) + ((i * 7919) % 31);
    return `${i * STEP_S},${load},${load / 2}`;
  });
  writeFileSync(at(`${days}.csv`), `t_s,cpu,mem\n${rows.join('\n')}\n`);
  return at(`${days}.csv`);
}

const file = trace(8);
const forecast = ['forecast', '--trace', file, '--models', 'seasonal-naive-day'];
const accuracy = ['accuracy', '--series', file, '--leads', '1h,7d'];

describe.each([
  { command: 'forecast', args: forecast, title: 'Forecast of cpu after 8.csv' },
  {
    command: 'forecast of several columns',
    args: ['forecast', '--trace', file, '--columns', 'cpu,mem'],
    title: 'Forecast of cpu, mem after 8.csv',
  },
  { command: 'accuracy', args: accuracy, title: 'Forecasts of 8.csv against what came' },
])('$command --plot', ({ args, title }) => {
  const out = at('page.html');

  it('writes a page over what was there, says so beside the answer, and leaves the answer as it is', async () => {
    writeFileSync(out, 'an older page');
    const plain = await prescale([...args, '--json']);
    const drawn = await prescale([...args, '--json', '--plot', out]);
    expect(drawn).toEqual({ ...plain, code: 0, notes: `${plain.notes}${out}: the page about it\n` });
    const page = readFileSync(out, 'utf8');
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(markupProblems(page)).toEqual([]);
  });

  it.each([
    { case: 'a folder', place: folder, says: 'is a folder; the name of a file is needed' },
    { case: 'a folder that is not there', place: at('no/page.html'), says: `there is no folder ${at('no')}` },
    { case: 'no name', place: ' ', says: 'the name of a file is needed' },
    { case: 'the file that it is made from', place: file, says: 'is what it is made from' },
  ])('refuses $case before it begins', async ({ place, says }) => {
    const before = readFileSync(file, 'utf8');
    const said = await prescale([...args, '--plot', place]);
    expect(said).toMatchObject({ code: 2, out: '', notes: expect.stringContaining(`--plot`) });
    expect(said.notes).toContain(says);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('where nothing is forecast', () => {
  it.each([
    {
      case: 'a load that no model will forecast',
      args: [...forecast, '--history', '1h'],
      code: 1,
      reason: 'there is no forecast to draw',
    },
    {
      case: 'columns that no model will forecast',
      args: ['forecast', '--trace', file, '--columns', 'cpu,mem', '--history', '1h'],
      code: 1,
      reason: 'there is no forecast to draw',
    },
    {
      case: 'leads that are all refused',
      args: ['accuracy', '--series', file, '--leads', '7d'],
      code: 0,
      reason: 'every lead was refused',
    },
  ])('no page is written for $case, and the command says so', async ({ args, code, reason }) => {
    const out = at('none.html');
    const said = await prescale([...args, '--json', '--plot', out]);
    expect(said).toMatchObject({ code, notes: expect.stringContaining(`${out}: not written, ${reason}`) });
    expect(JSON.parse(said.out).refused).toEqual(expect.any(String));
    expect(existsSync(out)).toBe(false);
  });
});

describe('accuracy --m4 --plot', () => {
  const hourly = (name: string, hours: number): string => {
    const rows = Array.from({ length: hours }, (_, t) => `A,${t},${10 + Math.round(5 * Math.sin(t / 3))}`);
    writeFileSync(at(name), `series,hour_index,value\n${rows.join('\n')}\n`);
    return at(name);
  };
  const files = [hourly('train.csv', 120), hourly('test.csv', 12)];

  it('ranks the models on a page', async () => {
    const out = at('contest.html');
    const { code, notes } = await prescale(['accuracy', '--m4', ...files, '--json', '--plot', out]);
    expect([code, notes]).toEqual([0, expect.stringContaining(`${out}: the page about it\n`)]);
    const page = readFileSync(out, 'utf8');
    expect(page).toContain('class="rank naive"');
    expect(page).toContain('Models on test.csv');
    expect(markupProblems(page)).toEqual([]);
  });

  it('does not write over what it reads', async () => {
    const said = await prescale(['accuracy', '--m4', ...files, '--plot', files[1]!]);
    expect(said).toMatchObject({ code: 2, out: '', notes: expect.stringContaining('is what it is made from') });
  });
});
