import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prescale } from '../run-prescale.ts';

/** Three days of a daily wave at ten-minute steps. */
const wave = (height: number): string => {
  const rows = Array.from(
    { length: 432 },
    (_, i) => `${i * 600},${100 + Math.round(height * Math.sin((i * Math.PI) / 72))}`,
  );
  return `t_s,requests\n${rows.join('\n')}\n`;
};

let folder: string;
const at = (...names: readonly string[]): string => path.join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-folder-'));
  mkdirSync(at('low'));
  mkdirSync(at('none'));
  mkdirSync(at('spoilt'));
  writeFileSync(at('high.csv'), wave(90));
  writeFileSync(at('low', 'flat.csv'), wave(20));
  writeFileSync(at('low', 'short.csv'), 't_s,requests\n0,1\n600,2\n');
  writeFileSync(at('notes.txt'), 'nothing to replay');
  writeFileSync(at('none', 'notes.txt'), 'nothing to replay');
  writeFileSync(at('spoilt', 'a.csv'), 't_s,requests\n0,-1\n600,2\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const RIVALS = ['--policies', 'target-tracking-50,tuned-reactive'];

interface Folder {
  readonly traces: readonly { readonly trace: string; readonly policies: Record<string, { readonly ratio: number }> }[];
  readonly skipped: readonly { readonly trace: string; readonly reason: string }[];
  readonly geometricMeans: Readonly<Record<string, { readonly ratio: number }>>;
}

describe('prescale backtest on a folder', () => {
  it('scores each trace in it, in order of name, as it would alone', async () => {
    const { code, out } = await prescale(['backtest', '--trace', folder, ...RIVALS, '--json']);
    const run: Folder = JSON.parse(out);
    expect(code).toBe(0);
    expect(run.traces.map(({ trace }) => trace)).toEqual([at('high.csv'), at('low', 'flat.csv')]);
    const alone = await prescale(['backtest', '--trace', at('low', 'flat.csv'), ...RIVALS, '--json']);
    expect(run.traces[1]).toEqual(JSON.parse(alone.out));
  });

  it('names what it skipped, with the reason', async () => {
    const { out } = await prescale(['backtest', '--trace', folder, ...RIVALS, '--json']);
    const { skipped }: Folder = JSON.parse(out);
    expect(skipped.find(({ trace }) => trace === at('low', 'short.csv'))?.reason).toMatch(/^the values span 0.01 days/);
    expect(skipped.find(({ trace }) => trace === at('spoilt', 'a.csv'))?.reason).toContain('line 2: got "-1"');
    expect(skipped).toHaveLength(2);
  });

  it('gives the geometric mean of each policy over the traces', async () => {
    const { out } = await prescale(['backtest', '--trace', folder, ...RIVALS, '--json']);
    const { traces, geometricMeans }: Folder = JSON.parse(out);
    const [a, b] = traces.map(({ policies }) => policies['tuned-reactive']!.ratio);
    expect(geometricMeans['tuned-reactive']!.ratio).toBeCloseTo(Math.sqrt(a! * b!), 12);
    expect(Object.keys(geometricMeans)).toEqual(['target-tracking-50', 'tuned-reactive']);
  });

  it('shows a person every table, the means and what was skipped', async () => {
    const { out } = await prescale(['backtest', '--trace', folder, ...RIVALS]);
    expect(out).toContain('geometric means over 2 trace(s)');
    expect(out).toContain(`skipped ${at('low', 'short.csv')}: the values span 0.01 days`);
  });

  it.each([
    { case: 'without any trace', inside: 'none', said: 'holds no .csv' },
    { case: 'without any that is a scaling problem', inside: 'spoilt', said: 'line 2: got "-1"' },
  ])('refuses a folder $case with status 2', async ({ inside, said }) => {
    const { code, out, notes } = await prescale(['backtest', '--trace', at(inside), ...RIVALS, '--json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
  });
});

describe('prescale backtest --workers', () => {
  it.each(['2', '5'])('prints with %s threads what it prints with one, decisions included', async (workers) => {
    const run = (n: string) =>
      prescale(['backtest', '--trace', folder, ...RIVALS, '--decisions', '--json', '--workers', n]);
    const [alone, beside] = [await run('1'), await run(workers)];
    expect(alone.code).toBe(0);
    expect(beside.out).toBe(alone.out);
  });

  it.each(['0', '1.5', 'many', '9999'])('refuses %s threads', async (workers) => {
    const { code, notes } = await prescale(['backtest', '--trace', folder, ...RIVALS, '--workers', workers]);
    expect(code).toBe(2);
    expect(notes).toContain(`--workers: "${workers}" is not a whole number from 1 to 1024`);
  });
});
