import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policy } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { smallGroup, smallWorld } from '../small-world.ts';

const SERVEGEN = 'data/llm/llm_servegen_m-large_10min.csv.gz';
const RIVALS = ['--policies', 'target-tracking-50,tuned-reactive'];

let folder: string;
let trace: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-simulate-'));
  trace = file(wave());
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const at = path.join(folder, `trace-${text.length}.csv`);
  writeFileSync(at, text);
  return at;
};

/** Four days of a daily wave at five-minute steps. */
const wave = (): string => {
  const rows = Array.from({ length: 1152 }, (_, i) => {
    const stamp = new Date(Date.UTC(2026, 2, 1) + i * 300_000).toISOString();
    return `${stamp},${1000 + Math.round(800 * Math.sin((i * Math.PI) / 144))}`;
  });
  return `timestamp,requests\n${rows.join('\n')}\n`;
};

/** The first days of a recorded load: a replay of the controller takes as long as its load is. */
const fiveDays = (): string => gunzipSync(readFileSync(SERVEGEN)).toString('utf8').split('\n').slice(0, 721).join('\n');

const simulated = async (...args: readonly string[]) => {
  const { code, out, notes } = await prescale(['simulate', '--trace', trace, ...RIVALS, '--json', ...args]);
  expect({ code, notes }).toEqual({ code: 0, notes: '' });
  return JSON.parse(out);
};

const backtested = async (...args: readonly string[]) =>
  JSON.parse((await prescale(['backtest', '--trace', trace, ...RIVALS, '--json', ...args])).out);

describe('prescale simulate', () => {
  it('prices the base as backtest does', async () => {
    const [{ base }, plain] = [await simulated('--load', 'x1.5'), await backtested()];
    expect(base).toMatchObject({ changes: {}, meanNeed: plain.meanNeed, maxNeed: plain.maxNeed, oracle: plain.oracle });
    for (const [name, { J, ratio, cost, short }] of Object.entries<Record<string, number>>(plain.policies)) {
      expect(base.policies[name]).toMatchObject({ J, ratio, cost, short });
    }
  });

  it.each([
    { case: 'boot', changes: ['--boot', '10m'], as: ['--boot', '600'] },
    { case: 'penalty', changes: ['--penalty', '50'], as: ['--penalty', '50'] },
    { case: 'lag', changes: ['--lag', '120'], as: ['--lag', '2m'] },
    {
      case: 'all three',
      changes: ['--what-if', 'boot=10m, penalty=50, lag=120'],
      as: ['--boot', '10m', '--penalty', '50', '--lag', '120'],
    },
  ])('prices another $case as backtest does under it', async ({ changes, as }) => {
    const [{ whatIfs }, plain] = [await simulated(...changes), await backtested(...as)];
    expect(whatIfs).toHaveLength(1);
    expect(whatIfs[0].oracle).toMatchObject(plain.oracle);
    for (const [name, { J, cost, short }] of Object.entries<Record<string, number>>(plain.policies)) {
      expect(whatIfs[0].policies[name]).toMatchObject({ J, cost, short });
    }
  });

  it('multiplies the load and leaves a unit as large as it was', async () => {
    const { base, whatIfs } = await simulated('--load', '×2');
    expect(whatIfs[0].changes).toEqual({ load: 2 });
    // Needs are whole: twice the load takes twice the units, one less at most.
    expect(base.maxNeed).toBe(36);
    expect(whatIfs[0].maxNeed).toBe(72);
    expect(whatIfs[0].meanNeed / base.meanNeed).toBeCloseTo(2, 1);
  });

  it('sets several what-ifs beside one base, the single flags first, equal ones once', async () => {
    const { whatIfs } = await simulated(
      '--what-if',
      'lag=120',
      '--boot',
      '10m',
      '--what-if',
      'boot=600',
      '--load',
      '2',
    );
    expect(whatIfs.map(({ changes }: { changes: unknown }) => changes)).toEqual([
      { load: 2, bootSeconds: 600 },
      { lagSeconds: 120 },
      { bootSeconds: 600 },
    ]);
  });

  it('compares with another base where one is named', async () => {
    const { base, whatIfs } = await simulated('--base', 'penalty=50,boot=10m', '--lag', '120');
    expect({ penalty: base.penalty, bootSteps: base.bootSteps, lagSteps: base.lagSteps }).toEqual({
      penalty: 50,
      bootSteps: 2,
      lagSteps: 0,
    });
    expect(whatIfs[0]).toMatchObject({ penalty: 50, bootSteps: 2, lagSteps: 1 });
  });

  it('says how each figure differs from the base', async () => {
    const { base, whatIfs } = await simulated('--penalty', '50');
    const [before, after] = [base.policies['target-tracking-50'], whatIfs[0].policies['target-tracking-50']];
    expect(after.change).toEqual({
      J: (after.J - before.J) / before.J,
      ratio: after.ratio - before.ratio,
      cost: 0,
      short: before.short === 0 ? null : 0,
      worstHour: (after.worstHour.excess - before.worstHour.excess) / Math.abs(before.worstHour.excess),
    });
    expect(before.change).toBeUndefined();
  });

  it('says when the worst hour was', async () => {
    const { base } = await simulated('--lag', '2m');
    const { fromStep, steps, at } = base.policies['target-tracking-50'].worstHour;
    expect(steps).toBe(12);
    expect(Date.parse(at)).toBe(Date.UTC(2026, 2, 3) + fromStep * 300_000);
  });

  it('puts no clock on a load that counts from its own start', async () => {
    const counted = wave()
      .replace('timestamp', 't_s')
      .replace(/^\d{4}-.*Z/gm, (stamp) => String((Date.parse(stamp) - Date.UTC(2026, 2, 1)) / 1000));
    const { base } = await simulated('--lag', '2m', '--trace', file(counted));
    expect(base.policies['target-tracking-50'].worstHour.at).toBeNull();
  });

  it('shows a person every case of every policy, the optimum last', async () => {
    const { code, out } = await prescale(['simulate', '--trace', trace, ...RIVALS, '--load', 'x1.5', '--boot', '10m']);
    expect(code).toBe(0);
    expect(out).toMatch(/^as it was +1 step\(s\) +20 /m);
    expect(out).toMatch(/^load ×1\.5, boot 10 min +2 step\(s\) +20 /m);
    expect(out).toMatch(
      /^target tracking 50 %\n {2}as it was +[\d,]+ .*\n {2}load ×1\.5, boot 10 min +[\d,]+ +\+\d+\.\d %/m,
    );
    expect(out.indexOf('clairvoyant optimum')).toBeGreaterThan(out.indexOf('tuned reactive'));
    expect(out).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('plays every policy in a rougher world, and says so', async () => {
    const args = [
      '--what-if',
      'spread=0.5',
      '--what-if',
      'granted=0.5',
      '--what-if',
      'billed=1h',
      '--what-if',
      'billed=60',
    ];
    const { base, whatIfs } = await simulated('--boot', '20m', ...args);
    const [, spread, granted, hour, minute] = whatIfs;
    expect([spread, granted, hour].map(({ changes }) => changes)).toEqual([
      { bootSpread: 0.5 },
      { granted: 0.5 },
      { minimumBilledSeconds: 3600 },
    ]);
    expect(spread.oracle).toEqual(base.oracle);
    for (const name of Object.keys(base.policies)) {
      const { J, short } = base.policies[name];
      expect(hour.policies[name].J).toBeGreaterThanOrEqual(J);
      expect(hour.policies[name].short).toBe(short);
      // Steps of five minutes are longer than a minute at the least.
      expect(minute.policies[name]).toMatchObject({ J, short });
    }
    expect(granted.policies['tuned-reactive'].short).toBeGreaterThan(base.policies['tuned-reactive'].short);
    const { out } = await prescale(['simulate', '--trace', trace, ...RIVALS, ...args]);
    expect(out).toMatch(/^boot spread 0\.5 /m);
    expect(out).toContain('against the optimum of a world without them');
  });

  it('replays Prescale itself too', async () => {
    const args = [
      'simulate',
      '--trace',
      file(fiveDays()),
      '--policies',
      'prescale',
      '--load',
      'x1.5',
      '--what-if',
      'granted=0.2',
      '--json',
    ];
    const { base, whatIfs } = JSON.parse((await prescale(args)).out);
    expect(base.policies.prescale.ratio).toBeGreaterThan(1);
    expect(whatIfs[0].policies.prescale.cost).toBeGreaterThan(base.policies.prescale.cost);
    // The same course, whose units come later.
    expect(whatIfs[1].policies.prescale.short).toBeGreaterThan(base.policies.prescale.short);
    expect(whatIfs[1].policies.prescale.cost).toBeLessThan(base.policies.prescale.cost);
  }, 60_000);

  it('starts from a group’s policy', async () => {
    const world = smallWorld({ web: smallGroup() });
    world.policy = policy({ lead: { bootSeconds: 600, readinessSeconds: 60 }, price: { shortagePenalty: 50 } });
    const newest = Math.floor(world.controller.ports.clock.wall() / 300_000) * 300_000 - 300_000;
    const timestampsMs = Float64Array.from({ length: 1152 }, (_, i) => newest - (1151 - i) * 300_000);
    world.metrics.set('Requests', { timestampsMs, values: timestampsMs.map((_, i) => 3000 + 100 * (i % 12)) });
    const args = ['simulate', '--group', 'web', ...RIVALS, '--what-if', 'boot=5m', '--json'];
    const { out } = await prescale(args, world.controller);
    const { base, whatIfs } = JSON.parse(out);
    expect(base).toMatchObject({ penalty: 50, bootSteps: 3 });
    expect(whatIfs[0]).toMatchObject({ penalty: 50, bootSteps: 1 });
  });

  it.each([
    { case: 'nothing that differs', args: [], said: 'nothing is different' },
    { case: 'a factor that is text', args: ['--load', 'twice'], said: '--load: "twice"' },
    { case: 'a factor of nothing', args: ['--load', 'x0'], said: '--load: "x0"' },
    { case: 'a negative factor', args: ['--load', '-2'], said: '--load: "-2"' },
    { case: 'an endless factor', args: ['--load', 'Infinity'], said: '--load: "Infinity"' },
    { case: 'a factor beyond reason', args: ['--load', '1e9'], said: '--load: "1e9"' },
    { case: 'a boot that is no time', args: ['--boot', 'soon'], said: '--boot: "soon"' },
    { case: 'a penalty of nothing', args: ['--penalty', '0'], said: '--penalty: "0"' },
    { case: 'a lag of years', args: ['--lag', '9999d'], said: '--lag: "9999d"' },
    { case: 'boots spread beyond reason', args: ['--what-if', 'spread=9'], said: '--what-if spread: "9"' },
    { case: 'launches never granted', args: ['--what-if', 'granted=0'], said: '--what-if granted: "0"' },
    { case: 'a bill for days', args: ['--what-if', 'billed=2d'], said: '--what-if billed: "2d"' },
    { case: 'an empty what-if', args: ['--what-if', ''], said: '--what-if: "": "" is none of load=…' },
    { case: 'a what-if of another key', args: ['--what-if', 'cost=3'], said: '"cost=3" is none of load=…, boot=…' },
    { case: 'a key of every object', args: ['--what-if', 'constructor=3'], said: 'is none of' },
    { case: 'a what-if without a value', args: ['--what-if', 'boot'], said: '"boot" is none of' },
    { case: 'a key given twice', args: ['--what-if', 'load=2,load=3'], said: 'load is given twice' },
    { case: 'a bad value in a list', args: ['--what-if', 'load=2,boot=x'], said: '--what-if boot: "x"' },
    { case: 'a base with a load', args: ['--lag', '60', '--base', 'load=2'], said: '--base: "load=2"' },
    { case: 'a mean of nothing', args: ['--lag', '60', '--mean', '0'], said: '--mean: "0"' },
    { case: 'an unknown policy', args: ['--lag', '60', '--policies', 'magic'], said: 'no policy "magic"' },
    { case: 'a folder', args: ['--lag', '60', '--trace', 'data/llm'], said: 'data/llm: that is a folder' },
    { case: 'both a file and a group', args: ['--lag', '60', '--group', 'web'], said: 'both are given' },
  ])('refuses $case with status 2 and one line', async ({ args, said }) => {
    const { code, out, notes } = await prescale(['simulate', '--trace', trace, ...RIVALS, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
    expect(notes.trim().split('\n')).toHaveLength(1);
  });

  it('names the what-if that takes more units than any group holds, and where', async () => {
    const args = ['simulate', '--trace', trace, '--mean', '20000', '--load', 'x1000', ...RIVALS];
    const { code, out, notes } = await prescale(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain('what if load ×1,000: line 2: got 1000000, which takes 20000');
  });
});
