import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { randomSource } from '../../../models/kernel/rng.ts';
import { prescale, type Said } from '../run-prescale.ts';

const figures = { sMAPE: z.number().nullable(), MASE: z.number().nullable(), OWA: z.number().nullable() };
const ANSWER = z.strictObject({
  series: z.number(),
  ...figures,
  models: z.record(z.string(), z.strictObject({ ...figures, secondsPerSeries: z.number() })),
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'prescale-accuracy-'));

const write = (name: string, lines: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

/** A week that repeats, of a size of its own, with noise. */
function hours(seed: number, count: number): readonly number[] {
  const random = randomSource(seed);
  return Array.from({ length: count }, (_, t) => {
    const daily = 10 + 4 * Math.sin((2 * Math.PI * (t + seed)) / 24);
    const weekend = Math.floor(t / 24) % 7 > 4 ? 0.6 : 1;
    return 10 ** (seed % 3) * daily * weekend * (1 + 0.05 * (random() - 0.5));
  });
}

const HEADER = 'series,hour_index,value';
const STEPS = 24;

function files(name: string, lengths: readonly number[]): readonly [string, string] {
  const rows = (from: number, to: number, seed: number): readonly string[] =>
    hours(seed, to)
      .slice(from)
      .map((value, i) => `S${seed},${i},${value.toFixed(4)}`);
  const train = lengths.flatMap((length, i) => rows(0, length, i + 1));
  const test = lengths.flatMap((length, i) => rows(length, length + STEPS, i + 1));
  return [write(`${name}-train.csv`, [HEADER, ...train]), write(`${name}-test.csv`, [HEADER, ...test])];
}

const answer = (said: Said) => ANSWER.parse(JSON.parse(said.out));

describe('accuracy --m4', () => {
  const whole = files('whole', [600, 600, 500, 480]);
  let said: Said;
  beforeAll(async () => {
    said = await prescale(['accuracy', '--m4', ...whole, '--json']);
  });

  it('answers with JSON alone, in the form that is fixed, and says that histories were pooled', () => {
    expect(said.code).toBe(0);
    const { series, sMAPE, models } = answer(said);
    expect(series).toBe(4);
    expect(sMAPE).toBe(models['auto']!.sMAPE);
    expect(said.notes).toMatch(/^auto is .* held out\nglobal-trees, .*: histories of the file are pooled$/m);
  });

  it('gives Naive2 an OWA of 1 when it is the yardstick itself', () => {
    expect(answer(said).models['naive2']!.OWA).toBe(1);
  });

  it('errs far less than the seasonal naive where weekends differ and series are alike', () => {
    const { OWA, models } = answer(said);
    expect(OWA).toBeLessThan(0.654 * models['seasonal-naive']!.OWA!);
  });
});

describe('accuracy --m4 on histories that are too short', () => {
  it('lets a simpler model stand in and says for how many; Naive2’s errors come from a file', async () => {
    const scores = write('scores.csv', ['series,naive2_smape,naive2_mase,more', 'S1,1,2,9', 'S2,1,2,9', 'S3,1,2,9']);
    const given = [...files('short', [480, 480, 100]), '--naive2', scores];
    const said = await prescale(['accuracy', '--m4', ...given, '--json']);
    const { series, sMAPE, MASE, OWA } = answer(said);
    expect(series).toBe(3);
    expect(OWA).toBeCloseTo((sMAPE! / 1 + MASE! / 2) / 2, 10);
    expect(said.notes).toMatch(/^global-trees: a simpler model stands in for 1 series \(100 hours, 336 needed\)$/m);
  });

  it('answers even where only single values are known', async () => {
    const train = write('one.csv', [HEADER, 'A,0,5', 'B,0,7']);
    const test = write('one-test.csv', [HEADER, 'A,0,5', 'B,0,8']);
    const said = await prescale(['accuracy', '--m4', train, test, '--json']);
    expect(answer(said)).toMatchObject({ series: 2, MASE: null, OWA: null });
    expect(answer(said).sMAPE).toBeCloseTo(100 / 15, 10);
  });
});

describe('accuracy refuses with status 2, naming file, line, value and what was expected', () => {
  const good = ['A,0,5', 'A,1,6'];
  it.each([
    {
      case: 'a missing column',
      train: ['series,hour_index', 'A,0'],
      says: /train.csv: line 1: got "series,hour_index"; .*value is not/,
    },
    {
      case: 'a value that is no number',
      train: [HEADER, 'A,0,5', 'A,1,many'],
      says: /train.csv: line 3: got "many"; expected a finite value/,
    },
    {
      case: 'a negative value',
      train: [HEADER, 'A,0,-5'],
      says: /train.csv: line 2: got "-5"; expected a finite value of at least 0/,
    },
    {
      case: 'an hour that is left out',
      train: [HEADER, 'A,0,5', 'A,2,5'],
      says: /train.csv: line 3: got "2"; expected hour_index 1/,
    },
    { case: 'a row that is cut', train: [HEADER, 'A,0'], says: /train.csv: line 2: got "2 cells"; expected 3 cells/ },
    { case: 'a history of blanks', train: [HEADER, 'A,0,'], says: /train.csv: line 2: got "A" with empty cells only/ },
    {
      case: 'a series that has no history',
      test: [HEADER, 'A,0,5', 'B,0,1'],
      says: /test.csv: line 3: got series "B"; expected a series of .*train.csv/,
    },
    {
      case: 'hours that do not follow',
      test: [HEADER, 'A,7,5'],
      says: /test.csv: line 2: got hour_index 7 first; expected 0, or 2/,
    },
    { case: 'no row at all', test: [HEADER], says: /test.csv: holds a header only/ },
    {
      case: 'a score that is missing',
      scores: ['series,naive2_smape,naive2_mase', 'B,1,1'],
      says: /scores.csv: has no row of series "A"/,
    },
    {
      case: 'a score that is no number',
      scores: ['series,naive2_smape,naive2_mase', 'A,1,x'],
      says: /scores.csv: line 2: got "x"; expected a finite naive2_mase/,
    },
  ])('$case', async ({ train, test, scores, says }) => {
    const given = [write('train.csv', train ?? [HEADER, ...good]), write('test.csv', test ?? [HEADER, 'A,0,5'])];
    const more = scores === undefined ? [] : ['--naive2', write('scores.csv', scores)];
    const said = await prescale(['accuracy', '--m4', ...given, ...more, '--json']);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.notes).toMatch(says);
  });

  it('one file alone', async () => {
    const said = await prescale(['accuracy', '--m4', 'train.csv', '--json']);
    expect(said).toMatchObject({
      code: 2,
      out: '',
      notes: 'prescale: --m4: 1 files; two are needed, TRAIN and TEST\n',
    });
  });
});

const LEAD = z.strictObject({
  accuracy: z.number().nullable(),
  MASE: z.number().nullable(),
  n: z.number(),
  skill: z.number().nullable(),
  coverage: z.strictObject(Object.fromEntries(['0.5', '0.8', '0.95', '0.99'].map((l) => [l, z.number().nullable()]))),
});
const BOUND = z.strictObject({
  upper: z.record(z.string(), z.number().nullable()),
  pinball: z.number().nullable(),
  naivePinball: z.number().nullable(),
  CRPS: z.number().nullable(),
});
const RECORD = z.strictObject({
  leads: z.record(z.string(), LEAD),
  bounds: z.record(z.string(), BOUND),
  model: z.string().nullable(),
  refused: z.string().nullable(),
});

describe('accuracy --series', () => {
  const load = hours(1, 24 * 14);
  const file = write('load.csv', ['t_s,other,load', ...load.map((value, t) => `${t * 3600},1,${value.toFixed(3)}`)]);
  const asked = ['accuracy', '--series', file, '--column', 'load'];

  it('answers with JSON alone, in the form that is fixed, and refuses the lead for which the record is too short', async () => {
    const said = await prescale([...asked, '--leads', '1h,7d', '--json']);
    const { leads, bounds, model, refused } = RECORD.parse(JSON.parse(said.out));
    expect(said).toMatchObject({ code: 0, notes: '' });
    expect(leads['1h']).toMatchObject({ n: 168 });
    expect(leads['1h']!.skill).toBeLessThan(0.9);
    expect(leads['7d']).toMatchObject({ accuracy: null, skill: null, n: 1 });
    expect(bounds['1h']!.pinball).toBeLessThan(bounds['1h']!.naivePinball!);
    expect(bounds['7d']).toMatchObject({ pinball: null, CRPS: null });
    expect(refused).toBe('7d: the record spans 336 h, 672 h needed');
    expect(model).not.toBeNull();
  });

  it.each([
    { case: 'a lead that is no duration', args: ['--leads', '1x'], says: /--leads: "1x" is not a duration/ },
    { case: 'a lead named twice', args: ['--leads', '1h,1h'], says: /--leads: "1h" is named twice/ },
    { case: 'a flag of --m4', args: ['--workers', '2'], says: /--workers: "2" is for --m4, which is not given/ },
    { case: 'both kinds of input', args: ['--m4', 'a', 'b'], says: /both of --m4 and --series given; one is needed/ },
  ])('refuses $case with status 2', async ({ args, says }) => {
    const said = await prescale([...asked, ...args]);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.notes).toMatch(says);
  });

  it('learns from the load alone where that is asked for', async () => {
    const modelOf = async (args: readonly string[]): Promise<unknown> =>
      RECORD.parse(JSON.parse((await prescale([...asked, '--leads', '1h', '--json', ...args])).out)).leads['1h'];
    const [helped, alone] = [await modelOf([]), await modelOf(['--no-pretrained'])];
    expect(alone).not.toEqual(helped);
  });

  it('refuses --no-pretrained for --m4, whose models know the histories of the file alone', async () => {
    expect(await prescale(['accuracy', '--m4', 'a', 'b', '--no-pretrained'])).toMatchObject({
      code: 2,
      notes: 'prescale: --no-pretrained is for --series, which is not given\n',
    });
  });

  it('asks for input where none is given', async () => {
    expect(await prescale(['accuracy'])).toMatchObject({
      code: 2,
      notes: 'prescale: neither of --m4 and --series given; one is needed\n',
    });
  });
});
