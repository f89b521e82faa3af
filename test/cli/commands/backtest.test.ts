import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prescale } from '../run-prescale.ts';

const SERVEGEN = 'data/llm/llm_servegen_m-large_10min.csv.gz';

interface Reference {
  readonly J: number;
  readonly ratio: number;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-backtest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const at = path.join(folder, 'trace.csv');
  writeFileSync(at, text);
  return at;
};

/** Four days of a daily wave at ten-minute steps, in two columns. */
const wave = (): string => {
  const rows = Array.from({ length: 576 }, (_, i) => {
    const load = 100 + Math.round(80 * Math.sin((i * Math.PI) / 72));
    return `${i * 600},${load},${2 * load}`;
  });
  return `t_s,requests,bytes\n${rows.join('\n')}\n`;
};

const RIVALS = ['--policies', 'target-tracking-50,target-tracking-70,tuned-reactive'];

describe('prescale backtest', () => {
  it('prints the fixed JSON, and nothing else, with --json', async () => {
    const { code, out, notes } = await prescale(['backtest', '--trace', file(wave()), ...RIVALS, '--json']);
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    const printed: unknown = JSON.parse(out);
    const figures = Object.fromEntries(
      ['J', 'ratio', 'cost', 'short', 'breachShare', 'launches', 'thetaU', 'thetaO', 'tauU', 'tauO', 'upsilon'].map(
        (key) => [key, expect.any(Number)],
      ),
    );
    expect(printed).toEqual({
      trace: path.join(folder, 'trace.csv'),
      stepSeconds: 600,
      bootSteps: 1,
      scoredSteps: 288,
      filledSteps: 0,
      meanNeed: expect.any(Number),
      maxNeed: 36,
      oracle: { J: expect.any(Number), cost: expect.any(Number) },
      policies: { 'target-tracking-50': figures, 'target-tracking-70': figures, 'tuned-reactive': figures },
    });
  });

  it('counts a unit as short by a P99 instead of its utilisation where that is asked for', async () => {
    const run = async (...flags: readonly string[]) =>
      JSON.parse((await prescale(['backtest', '--trace', file(wave()), ...RIVALS, '--json', ...flags])).out);
    const [shared, strict, lax] = await Promise.all([
      run(),
      run('--p99', '480', '--service', '100'),
      run('--p99', '1h', '--service', '100'),
    ]);
    expect(strict.maxNeed).toBeGreaterThan(lax.maxNeed);
    expect(lax.maxNeed).toBeLessThan(shared.maxNeed);
  });

  it.each([
    { flags: ['--p99', '1'], said: '--p99: needs the service time too; name it with --service' },
    { flags: ['--service', '1'], said: '--service: says nothing without --p99; name both' },
    { flags: ['--p99', '0', '--service', '1'], said: '--p99: "0" is not a duration' },
    { flags: ['--p99', '2', '--service', '1'], said: 'requests at once, by its throughput' },
  ])('refuses $flags', async ({ flags, said }) => {
    const { code, notes } = await prescale(['backtest', '--trace', file(wave()), ...RIVALS, ...flags]);
    expect(code).toBe(2);
    expect(notes).toContain(said);
  });

  it('reproduces the reference values of a shipped series to 0.1 %', async () => {
    const { out } = await prescale(['backtest', '--trace', SERVEGEN, ...RIVALS, '--json']);
    const { oracle, policies }: { oracle: Reference; policies: Record<string, Reference> } = JSON.parse(out);
    expect(oracle.J).toBe(19_190);
    expect(policies['target-tracking-50']?.ratio).toBeCloseTo(1.6746, 3);
    expect(policies['target-tracking-70']?.ratio).toBeCloseTo(1.5237, 3);
    expect(policies['tuned-reactive']?.ratio).toBeCloseTo(1.4057, 3);
  });

  it('adds the capacity wanted at each scored step with --decisions', async () => {
    const args = ['backtest', '--trace', file(wave()), '--policies', 'target-tracking-50', '--decisions', '--json'];
    const decisions: unknown = JSON.parse((await prescale(args)).out).policies['target-tracking-50'].decisions;
    expect(decisions).toHaveLength(288);
  });

  it('shows a person the prices, the optimum last', async () => {
    const { out } = await prescale(['backtest', '--trace', file(wave()), ...RIVALS]);
    expect(out).toContain('288 scored steps of 10 min');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^clairvoyant optimum +[\d,]+ +1\.000/);
  });

  it('reads another column when it is named', async () => {
    const args = (column: string) => ['backtest', '--trace', file(wave()), ...RIVALS, '--column', column, '--json'];
    const [requests, bytes] = [await prescale(args('requests')), await prescale(args('bytes'))];
    expect(bytes.code).toBe(0);
    // Twice the load on units twice as large: the same problem.
    expect(JSON.parse(bytes.out).policies).toEqual(JSON.parse(requests.out).policies);
  });

  it('lists all policies when one is unknown', async () => {
    const { code, notes } = await prescale(['backtest', '--trace', file(wave()), '--policies', 'magic']);
    expect(code).toBe(2);
    expect(notes).toContain('no policy "magic"; there are: all, target-tracking-40');
    expect(notes).toContain('tuned-reactive');
  });

  it.each([
    { case: 'a file that is not there', args: ['--trace', 'nowhere.csv'], said: 'nowhere.csv' },
    { case: 'a folder without a trace', args: ['--trace', 'data/reference'], said: 'data/reference' },
    { case: 'a boot time that is none', args: ['--boot', 'x'], said: '--boot: "x"' },
    { case: 'a boot time of decades', args: ['--boot', '999999999'], said: '--boot: "999999999"' },
    { case: 'a lag of years', args: ['--lag', '9999d'], said: '--lag: "9999d"' },
    { case: 'a negative penalty', args: ['--penalty', '-1'], said: '--penalty: "-1"' },
    { case: 'a penalty of nothing', args: ['--penalty', '0'], said: '--penalty: "0"' },
    { case: 'a penalty beyond reason', args: ['--penalty', '1e300'], said: '--penalty: "1e300"' },
    { case: 'a fleet beyond reason', args: ['--mean', '1e12'], said: '--mean: "1e12"' },
    { case: 'a fleet of nothing', args: ['--mean', '0'], said: '--mean: "0"' },
    { case: 'a penalty in another base', args: ['--penalty', '0x10'], said: '--penalty: "0x10"' },
    { case: 'a file without a name', args: ['--trace', ''], said: '--trace: got ""' },
    { case: 'no policy at all', args: ['--policies', ','], said: '"," names no policy' },
    { case: 'a column that is not there', args: ['--column', 'x'], said: 'requests' },
  ])('refuses $case with status 2 and one line', async ({ args, said }) => {
    const { code, out, notes } = await prescale(['backtest', '--trace', file(wave()), ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
    expect(notes.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    { case: 'an empty file', text: '' },
    { case: 'a header alone', text: 't_s,requests\n' },
    { case: 'text in a number', text: wave().replace(',100,', ',many,') },
    { case: 'an hour of data', text: wave().split('\n').slice(0, 8).join('\n') },
    { case: 'bytes that are no text', text: '\u0000\u001b[2J\u0007"\u0000' },
    { case: 'a load below what can be divided', text: wave().replace(/,\d+,\d+$/gm, ',5e-324,1') },
  ])('refuses $case, naming the file', async ({ text }) => {
    const at = file(text);
    const { code, out, notes } = await prescale(['backtest', '--trace', at]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(at);
    // Nothing in a file may steer the terminal that shows the message.
    expect(notes.trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it.each([
    { case: 'a negative value', row: '60000,-5,1', said: 'line 102: got "-5"; expected a finite number of at least 0' },
    { case: 'a value that is no number', row: '60000,NaN,1', said: 'line 102: got "NaN"' },
    { case: 'an endless value', row: '60000,Infinity,1', said: 'line 102: got "Infinity"' },
    {
      case: 'a value beyond any load',
      row: '60000,1e300,1',
      said: 'line 102: got "1e300"; expected a load of at most',
    },
    { case: 'a value that no number holds', row: '60000,1e999,1', said: 'line 102: got "1e999"' },
    { case: 'a stamp off the grid', row: '60100,5,1', said: 'line 102: got "60100, 100 s off"; expected one step' },
    { case: 'a stamp of the past', row: '600,5,1', said: 'line 102: got "600"; expected a stamp no earlier' },
    { case: 'a stamp that is none', row: 'then,5,1', said: 'line 102: got "then"; expected seconds' },
    { case: 'a cell too many', row: '60000,5,1,1', said: 'line 102: got "4 cells"; expected 3 cells' },
  ])('names line and value of $case', async ({ row, said }) => {
    const at = file(wave().replace(/^60000,.*$/m, row));
    const { code, out, notes } = await prescale(['backtest', '--trace', at, ...RIVALS]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(`${at}: ${said}`);
  });

  it('says how to go on where the controller knows no such step', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `${i * 90},${5 + (i % 7)}`);
    const at = file(`t_s,requests\n${rows.join('\n')}\n`);
    const { code, notes } = await prescale(['backtest', '--trace', at, '--policies', 'prescale']);
    expect(code).toBe(2);
    expect(notes).toMatch(/the trace has 90 s; --policies names others/);
    expect(await prescale(['backtest', '--trace', at, ...RIVALS])).toMatchObject({ code: 0, notes: '' });
  });

  it('refuses a step that changes, and says where', async () => {
    const [head, tail] = [
      wave().split('\n').slice(0, 401),
      Array.from({ length: 400 }, (_, i) => `${240_000 + i * 60},5,1`),
    ];
    const { code, notes } = await prescale(['backtest', '--trace', file([...head, ...tail].join('\n')), ...RIVALS]);
    expect(code).toBe(2);
    expect(notes).toMatch(/line 403: got "240060, 60 s off"; expected one step throughout: most rows are \d+ s apart/);
  });

  it.each([
    {
      case: 'one step outweighs all others that size a unit',
      change: (text: string) => text.replace(/^60000,.*$/m, '60000,1e9,1'),
      args: [],
      said: 'line 102 holds 1000000000, 100 % of the load that sizes a unit',
    },
    {
      case: 'hardly anything scored was observed',
      change: (text: string) => text.replace(/^(?:1[89]|2\d|3[0-3])\d{4},.*\n/gm, ''),
      args: [],
      said: 'scored steps were observed: a blank one lacks nothing',
    },
    {
      case: 'a shortage costs less than a unit',
      change: (text: string) => text,
      args: ['--penalty', '0.5'],
      said: 'a penalty of 0.5 makes it cheaper to lack a unit than to have it',
    },
  ])('says so where $case', async ({ change, args, said }) => {
    const all = ['backtest', '--trace', file(change(wave())), ...RIVALS, ...args];
    const [shown, machine] = [await prescale(all), await prescale([...all, '--json'])];
    expect({ code: shown.code, notes: shown.notes }).toEqual({ code: 0, notes: '' });
    expect(shown.out).toContain(said);
    expect(machine.notes).toContain(said);
  });

  it('names line and value of a load that no fleet can carry', async () => {
    const at = file(wave().replace(/^345000,.*$/m, '345000,1e12,1'));
    const { code, out, notes } = await prescale(['backtest', '--trace', at, ...RIVALS]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain('line 577: got 1000000000000, which takes');
  });

  it('says how many repeated rows it dropped and how many steps are blank', async () => {
    const at = file(
      wave()
        .replace(/^6000,(.*)$/m, '6000,$1\n6000,$1')
        .replace(/^7200,.*$/m, '7200,,'),
    );
    const [shown, machine] = [
      await prescale(['backtest', '--trace', at, ...RIVALS]),
      await prescale(['backtest', '--trace', at, ...RIVALS, '--json']),
    ];
    expect(shown.out).toContain('1 blank step(s)');
    expect(shown.out).toContain('1 row(s) are repeated by a later one');
    expect(machine.notes).toContain('1 row(s) are repeated by a later one');
    expect(JSON.parse(machine.out).filledSteps).toBe(1);
  });

  it('refuses a load that is zero throughout, because nothing tells how large a unit is', async () => {
    const at = file(wave().replace(/,\d+,\d+$/gm, ',0,0'));
    const { code, notes } = await prescale(['backtest', '--trace', at]);
    expect(code).toBe(2);
    expect(notes).toContain('some is needed to size a unit');
  });

  it('leaves the recorded file as it was', async () => {
    const at = file(wave());
    await prescale(['backtest', '--trace', at, ...RIVALS]);
    expect(readFileSync(at, 'utf8')).toBe(wave());
  });
});
