import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load as asLoad, number } from '../../../cli/page/format.ts';
import { seededNormal } from '../../seeded.ts';
import { prescale } from '../run-prescale.ts';

const STEP_S = 600;
const DAY_STEPS = 144;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-forecast-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const loadAt = (i: number): number => 1000 + Math.round(800 * Math.sin((i * 2 * Math.PI) / DAY_STEPS));

/** A daily wave at ten-minute steps that a seasonal model knows exactly. */
const wave = (days: number, from = 0): string => {
  const rows = Array.from({ length: days * DAY_STEPS }, (_, i) => `${(from + i) * STEP_S},${loadAt(i)}`);
  const at = path.join(folder, `${days}-days.csv`);
  writeFileSync(at, `t_s,requests\n${rows.join('\n')}\n`);
  return at;
};

interface Printed {
  readonly model: string;
  readonly why: string;
  readonly path: readonly number[];
  readonly window: {
    readonly quantiles: Readonly<Record<string, number>>;
    readonly level: number;
    readonly loadAtLevel: number;
  };
  readonly scores: readonly {
    readonly model: string;
    readonly pinball: number | null;
    readonly pathError: number | null;
    readonly origins: number;
  }[];
}

const printed = async (args: readonly string[]): Promise<Printed> =>
  JSON.parse((await prescale(['forecast', ...args, '--json'])).out);

describe('prescale forecast', () => {
  it('goes on where the file ends, for as long as it is asked', async () => {
    const { code, out } = await prescale(['forecast', '--trace', wave(8), '--horizon', '2h', '--json']);
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      column: 'requests',
      stepSeconds: STEP_S,
      startsAt: 8 * DAY_STEPS * STEP_S,
      refused: null,
    });
    expect(answer.path).toHaveLength(12);
    // One step of this wave moves the load by 35 at most: a forecast that is a step off would show.
    const misses = answer.path.map((load: number, i: number) => Math.abs(load - loadAt(8 * DAY_STEPS + i)));
    expect(Math.max(...misses)).toBeLessThan(35);
  });

  it('fits the models that are named, and no others', async () => {
    const { scores } = await printed(['--trace', wave(8), '--models', 'theta,seasonal-naive-day']);
    expect(scores.map(({ model }) => model).sort()).toEqual(['seasonal-naive-day', 'theta']);
    const { code, notes } = await prescale(['forecast', '--trace', wave(8), '--models', 'thetta']);
    expect(code).toBe(2);
    expect(notes).toMatch(/--models: "thetta" is none of all, seasonal-naive-day/);
  });

  it('learns from other groups where they are handed in', async () => {
    const { scores } = await printed(['--trace', wave(3), '--donors', wave(8)]);
    expect(scores.map(({ model }) => model)).toContain('transfer-trees');
  });

  describe('with other groups', () => {
    /** Some hours of a noisy wave from a moment on; undated where there is none. */
    const group = (name: string, { from, hours }: { readonly from?: string; readonly hours: number }): string => {
      const normal = seededNormal(name.length);
      const startMs = from === undefined ? 0 : Date.parse(from);
      const rows = Array.from({ length: 2 * hours }, (_, i) => {
        const at = startMs + i * 1_800_000;
        const stamp = from === undefined ? at / 1000 : new Date(at).toISOString();
        return `${stamp},${1000 + Math.round(500 * Math.sin((at * 2 * Math.PI) / 86_400_000) + 30 * normal())}`;
      });
      const file = path.join(folder, `${name}.csv`);
      writeFileSync(file, `${from === undefined ? 't_s' : 'timestamp'},requests\n${rows.join('\n')}\n`);
      return file;
    };
    const day = (): string => group('day', { from: '2026-03-10T00:00:00Z', hours: 30 });
    const known = (name: string, hours = 240): string => group(name, { from: '2026-03-01T00:00:00Z', hours });

    it('does not see what they did after the trace had ended', async () => {
      const trace = day();
      const till = [known('a', 246), known('bb', 246)];
      const short = await prescale(['forecast', '--trace', trace, '--json', '--donors', ...till]);
      const beyond = [known('a', 400), known('bb', 400)];
      const long = await prescale(['forecast', '--trace', trace, '--json', '--donors', ...beyond]);
      expect(short.code).toBe(0);
      expect(long).toEqual(short);
      expect(JSON.parse(short.out).why).toContain('of 2 other groups');
    });

    it('says on the page of a day that its models were judged on days of others', async () => {
      const page = path.join(folder, 'young.html');
      const donors = [known('a'), known('bb')];
      await prescale(['forecast', '--trace', day(), '--plot', page, '--donors', ...donors]);
      expect(readFileSync(page, 'utf8')).toMatch(/from each of the origins on days of other groups, and/);
    });

    it('takes them whole where t_s names no date', async () => {
      const trace = group('undated', { hours: 30 });
      const donors = [group('c', { hours: 240 }), group('dd', { hours: 240 })];
      const { code } = await prescale(['forecast', '--trace', trace, '--donors', ...donors]);
      expect(code).toBe(0);
    });

    it.each([
      {
        case: 'one that began later',
        hours: 0,
        says: /late.csv: 0 days lie before the trace ends at 2026-03-11T06:00/,
      },
      { case: 'one that began a day before', hours: 24, says: /late.csv: 1 days lie before .*; 2 are needed/ },
    ])('refuses $case', async ({ hours, says }) => {
      const from = new Date(Date.parse('2026-03-11T06:00:00Z') - hours * 3_600_000).toISOString();
      const late = group('late', { from, hours: 240 });
      const { code, notes } = await prescale(['forecast', '--trace', day(), '--donors', late, known('a')]);
      expect([code, notes]).toEqual([2, expect.stringMatching(says)]);
    });

    it('refuses the trace itself, and a group that is named twice', async () => {
      const [trace, donor, twin] = [known('a'), known('bb'), path.join(folder, 'twin.csv')];
      linkSync(donor, twin);
      const itself = await prescale(['forecast', '--trace', trace, '--donors', donor, trace]);
      expect(itself).toMatchObject({ code: 2, notes: expect.stringContaining(`${trace}: is the trace itself`) });
      const twice = await prescale(['forecast', '--trace', trace, '--donors', donor, twin]);
      expect(twice).toMatchObject({ code: 2, notes: expect.stringContaining(`${twin}: is the same file as ${donor}`) });
    });

    it('refuses a choice of models where less than two days leave none', async () => {
      const donors = ['--donors', known('a'), known('bb')];
      const young = await prescale(['forecast', '--trace', day(), '--models', 'theta', ...donors]);
      expect([young.code, young.notes]).toEqual([2, expect.stringMatching(/--models: 30 hours .* are learned from/)]);
      const old = ['--trace', known('eee'), '--history', '36h', '--models', 'all'];
      const cut = await prescale(['forecast', ...old, ...donors]);
      expect([cut.code, cut.notes]).toEqual([2, expect.stringMatching(/--models: 36 hours .* are learned from/)]);
    });
  });

  it('gives quantiles of the peak that rise with their level', async () => {
    const { window } = await printed(['--trace', wave(8), '--window', '1h']);
    const loads = Object.values(window.quantiles);
    expect(loads).toEqual([...loads].sort((a, b) => a - b));
  });

  it('asks for the level of the price', async () => {
    const { window } = await printed(['--trace', wave(8), '--penalty', '4']);
    expect(window.level).toBe(0.8);
  });

  it('scores every candidate, best first', async () => {
    const { model, scores } = await printed(['--trace', wave(8)]);
    expect(scores.map((score) => score.model)).toContain(model);
    const known = scores.flatMap(({ pinball, pathError }) => (pinball === null ? [] : [pinball * pathError!]));
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(scores.length).toBeGreaterThan(2);
  });

  it('shows a person path, peak and candidates, with both losses of each', async () => {
    const at = wave(8);
    const { scores } = await printed(['--trace', at]);
    const { code, out } = await prescale(['forecast', '--trace', at]);
    expect(code).toBe(0);
    for (const said of ['step starts', 'stays below', 'the price asks for the 95.2 % level']) {
      expect(out).toContain(said);
    }
    for (const { model, pinball, pathError, origins } of scores.filter(({ pinball: loss }) => loss !== null)) {
      const cells = [pinball, pathError].map(asLoad).concat(number(origins));
      expect(
        out
          .split('\n')
          .find((line) => line.startsWith(`${model} `))
          ?.split(/ +/)
          .slice(1, 4),
      ).toEqual(cells);
    }
    expect(out).toContain(
      'Held-out days: mean pinball loss of the quantiles of the peak, and mean absolute error of the path of a day. ' +
        'Candidates are compared by the geometric mean of both.',
    );
  });

  it('says which candidate answers and why, to machines, to people and on the page', async () => {
    const page = path.join(folder, 'why.html');
    const args = ['--trace', wave(8), '--models', 'seasonal-naive-day'];
    const { why } = await printed(args);
    expect(why).toBe('no other candidate answered');
    const { out } = await prescale(['forecast', ...args, '--plot', page]);
    expect(out).toMatch(new RegExp(`candidate[^]*\\nseasonal-naive-day answers: ${why}\n$`));
    expect(readFileSync(page, 'utf8')).toContain(`seasonal-naive-day answers: ${why}.`);
  });

  it('gives the same answer twice', async () => {
    const at = wave(8);
    expect(await printed(['--trace', at])).toEqual(await printed(['--trace', at]));
  });

  it.each([
    { case: 'a window of no time', args: ['--window', '0'], said: '--window: "0"' },
    { case: 'a horizon that is none', args: ['--horizon', 'soon'], said: '--horizon: "soon"' },
    { case: 'a horizon beyond reason', args: ['--horizon', '100000d'], said: '--horizon' },
    { case: 'a history of nothing', args: ['--history', '-1d'], said: '--history: "-1d"' },
    { case: 'a penalty beyond reason', args: ['--penalty', '1e300'], said: '--penalty: "1e300"' },
    { case: 'a penalty of nothing', args: ['--penalty', '0'], said: '--penalty: "0"' },
    { case: 'a column that is not there', args: ['--column', 'bytes'], said: 'bytes' },
  ])('refuses $case with status 2', async ({ args, said }) => {
    const { code, out, notes } = await prescale(['forecast', '--trace', wave(8), ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
  });

  it('refuses a file of one day', async () => {
    const { code, notes } = await prescale(['forecast', '--trace', wave(1)]);
    expect(code).toBe(2);
    expect(notes).toContain('1-days.csv');
  });

  it('says in words why no model will answer, with status 1', async () => {
    const { code, out } = await prescale(['forecast', '--trace', wave(8), '--history', '1h', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ model: null, refused: expect.stringMatching(/[a-z]/) });
  });

  describe('of several columns', () => {
    /** Two weeks of a load, and of one that follows it two steps later. */
    const together = (): string => {
      const normal = seededNormal(5);
      const noise = Array.from({ length: 14 * DAY_STEPS + 2 }, normal);
      const rows = Array.from({ length: 14 * DAY_STEPS }, (_, i) => {
        const day = Math.sin((i * 2 * Math.PI) / DAY_STEPS);
        return [i * STEP_S, 1000 + 300 * day + 100 * noise[i + 2]!, 400 + 50 * day + 40 * noise[i]!].join(',');
      });
      const at = path.join(folder, 'together.csv');
      writeFileSync(at, `t_s,cpu,mem\n${rows.join('\n')}\n`);
      return at;
    };

    it('says which load follows which, and how much later', async () => {
      const { code, out } = await prescale(['forecast', '--trace', together(), '--columns', 'cpu,mem', '--json']);
      const { model, loads, startsAt, refused } = JSON.parse(out);
      expect({ code, model, startsAt, refused }).toEqual({
        code: 0,
        model: 'graph',
        startsAt: 14 * DAY_STEPS * STEP_S,
        refused: null,
      });
      expect(loads.map(({ column }: { column: string }) => column)).toEqual(['cpu', 'mem']);
      expect(loads[0].follows).toEqual([]);
      expect(loads[1].follows[0]).toMatchObject({ column: 'cpu', lagSteps: 2 });
      expect(loads[1].expected.map(({ after }: { after: number }) => after)).toEqual([1, 2, 3, 4, 5, 6]);
      const { out: text } = await prescale(['forecast', '--trace', together(), '--columns', 'cpu,mem']);
      expect(text).toMatch(/mem follows cpu 20 min later/);
    });

    it('asks a network that was trained on them, in their order', async () => {
      const weights = path.join(folder, 'joint.json');
      const trained = ['--windows', '200', '--epochs', '2', '--horizon', '20m', '--backend', 'cpu', '--out', weights];
      const { code } = await prescale(['train', '--trace', together(), '--columns', 'cpu,mem', ...trained]);
      expect(code).toBe(0);
      const asked = ['forecast', '--trace', together(), '--weights', weights, '--json', '--columns'];
      const { loads } = JSON.parse((await prescale([...asked, 'cpu,mem'])).out);
      for (const { expected, quantiles } of loads) {
        expect(expected.map(({ after }: { after: number }) => after)).toEqual([1, 2]);
        expect(quantiles['0.5']).toEqual(expected.map(({ load }: { load: number }) => load));
        expect(quantiles['0.1'][0]).toBeLessThanOrEqual(quantiles['0.9'][0]);
      }
      const { code: refused, notes } = await prescale([...asked, 'mem,cpu']);
      expect([refused, notes]).toEqual([2, expect.stringMatching(/mem,cpu: the network in .* reads cpu,mem/)]);
    });

    it.each([
      { flags: ['--columns', 'cpu'], says: /"cpu": two different names or more/ },
      { flags: ['--columns', 'cpu,cpu'], says: /"cpu,cpu": two different names or more/ },
      { flags: ['--columns', 'cpu,disk'], says: /got "disk"; expected one of the columns cpu, mem/ },
      { flags: ['--columns', 'cpu,mem', '--models', 'all'], says: /--models goes with one load/ },
      {
        flags: ['--columns', 'cpu,mem', '--weights', 'package.json'],
        says: /package.json: model.columns is undefined/,
      },
    ])('refuses $flags', async ({ flags, says }) => {
      const { code, notes } = await prescale(['forecast', '--trace', together(), ...flags]);
      expect([code, notes]).toEqual([2, expect.stringMatching(says)]);
    });
  });
});
