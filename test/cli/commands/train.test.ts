import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededNormal } from '../../seeded.ts';
import { prescale } from '../run-prescale.ts';

const STEP_S = 1800;
const DAY_STEPS = 48;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-train-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function trace(name: string, days: number, load: (i: number) => number): string {
  const rows = Array.from({ length: days * DAY_STEPS }, (_, i) => `${i * STEP_S},${load(i)}`);
  const at = path.join(folder, name);
  writeFileSync(at, `t_s,requests\n${rows.join('\n')}\n`);
  return at;
}

function noisyWave(days: number): string {
  const normal = seededNormal(3);
  const load = (i: number) => Math.max(0, 100 + 50 * Math.sin((2 * Math.PI * i) / DAY_STEPS) + 8 * normal());
  return trace(`wave-${days}.csv`, days, load);
}

const SMALL = ['--backend', 'cpu', '--size', '4', '--steps', '12', '--horizon', '2h', '--epochs', '2'];

const train = (file: string, out: string, ...more: string[]) =>
  prescale(['train', '--trace', file, '--out', path.join(folder, out), ...SMALL, ...more]);

describe('prescale train', () => {
  it('writes weights, the same ones each time, and says how they did on the newest tenth', async () => {
    const file = noisyWave(9);
    const [one, two] = [await train(file, 'a.json', '--json'), await train(file, 'b.json', '--json')];
    expect([one.code, two.code]).toEqual([0, 0]);
    const [a, b] = ['a.json', 'b.json'].map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(a).toEqual(b);
    const said = JSON.parse(one.out);
    expect(said).toMatchObject({
      refused: null,
      backend: 'cpu',
      leads: [1, 2, 3, 4],
      shape: { kind: 'lstm', hidden: 4, outputs: 12 },
      dataHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(said.test.pinball).toBeGreaterThan(0);
  });

  it('tells people what a network is worth beside its base', async () => {
    const { out } = await train(noisyWave(9), 'c.json', '--network', 'transformer');
    expect(out).toMatch(/transformer on cpu: \d+ windows, \d epochs/);
    expect(out).toMatch(/pinball loss +[\d.]+ +[\d.]+/);
  });

  it('trains one network on several columns, and scores each', async () => {
    const normal = seededNormal(4);
    const wave = (i: number) => 100 + 50 * Math.sin((2 * Math.PI * i) / DAY_STEPS) + 8 * normal();
    const rows = Array.from({ length: 9 * DAY_STEPS }, (_, i) => `${i * STEP_S},${wave(i)},${2 * wave(i)}`);
    const file = path.join(folder, 'two.csv');
    writeFileSync(file, `t_s,cpu,mem\n${rows.join('\n')}\n`);
    const { code, out } = await train(file, 'two.json', '--columns', 'cpu,mem', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).test.map(({ name }: { name: string }) => name)).toEqual(['cpu', 'mem']);
    expect(JSON.parse(readFileSync(path.join(folder, 'two.json'), 'utf8'))).toMatchObject({
      columns: ['cpu', 'mem'],
      shape: { inputs: 6, outputs: 2 * 4 * 3 },
    });
    const text = await train(file, 'two.json', '--columns', 'cpu,mem');
    expect(text.out).toMatch(/mem +[\d.]+ +[\d.]+/);
  });

  it('gives forecast a candidate that has no say about what it was trained on, and one about what came later', async () => {
    await train(noisyWave(9), 'd.json');
    const weights = ['--weights', path.join(folder, 'd.json'), '--json'];
    const early = await prescale([
      'forecast',
      '--trace',
      noisyWave(9),
      '--horizon',
      '2h',
      '--window',
      '1h',
      ...weights,
    ]);
    const late = await prescale([
      'forecast',
      '--trace',
      noisyWave(15),
      '--horizon',
      '2h',
      '--window',
      '1h',
      ...weights,
    ]);
    const lstm = ({ out }: { out: string }) =>
      JSON.parse(out).scores.find(({ model }: { model: string }) => model.startsWith('lstm-'));
    expect(lstm(early)).toMatchObject({ pinball: null, refused: expect.stringContaining('what comes after') });
    expect(lstm(late)).toMatchObject({ pinball: expect.any(Number), refused: null });
  });

  it('ends with 1 and the reason where nothing can be learned', async () => {
    const flat = trace('flat.csv', 9, () => 5);
    const { code, out } = await train(flat, 'e.json', '--json');
    expect({ code, refused: JSON.parse(out).refused }).toEqual({ code: 1, refused: 'the load never changes' });
  });

  it.each([
    { case: 'links that lead round', out: 'round.json', words: 'symbolic links lead round in a circle' },
    { case: 'a name that is too long', out: `${'n'.repeat(300)}.json`, words: 'the name is too long' },
  ])('refuses $case for the weights as bad usage', async ({ out, words }) => {
    const round = path.join(folder, 'round.json');
    if (lstatSync(round, { throwIfNoEntry: false }) === undefined) symlinkSync(round, round);
    const said = await train(noisyWave(9), out);
    expect(said).toMatchObject({ code: 2, notes: expect.stringContaining(words) });
  });

  it.each([
    {
      case: 'a network of no kind',
      flags: ['--network', 'rnn'],
      words: '--network: "rnn" is none of lstm, transformer',
    },
    { case: 'levels without a median', flags: ['--levels', '0.1,0.9'], words: '--levels: "0.1,0.9"' },
    { case: 'a horizon beyond a day', flags: ['--horizon', '2d'], words: '--horizon: "2d" is not a duration' },
    { case: 'one column named twice', flags: ['--columns', 'a,a'], words: '--columns "a,a": two different names' },
    {
      case: 'a column beside several',
      flags: ['--column', 'a', '--columns', 'a,b'],
      words: '--column goes with one load; --columns names 2',
    },
    { case: 'a backend that nobody knows', flags: ['--backend', 'gpu'], words: '--backend: "gpu" is none of' },
  ])('refuses $case as bad usage', async ({ flags, words }) => {
    const { code, notes } = await train(noisyWave(9), 'f.json', ...flags);
    expect(code).toBe(2);
    expect(notes).toContain(words);
  });

  it('refuses a place that is none before it trains, and keeps the trace', async () => {
    const file = noisyWave(9);
    const nowhere = await train(file, 'missing/weights.json');
    expect(nowhere).toMatchObject({ code: 2, notes: expect.stringContaining('there is no folder') });
    expect(nowhere.notes).not.toContain('training on');
    const over = await train(file, path.basename(file));
    expect(over).toMatchObject({ code: 2, notes: expect.stringContaining('is what it is made from') });
  });

  it('refuses weights that are none', async () => {
    const file = path.join(folder, 'none.json');
    writeFileSync(file, '{"version":1}');
    const { code, notes } = await prescale(['forecast', '--trace', noisyWave(9), '--weights', file]);
    expect(code).toBe(2);
    expect(notes).toContain('model.stepMs is undefined');
  });
});
