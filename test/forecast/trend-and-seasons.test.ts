import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { KnownTimes } from '../../models/forecast/regressors.ts';
import { type TrendOptions, trendAndSeasons } from '../../models/forecast/trend-and-seasons.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { seededNormal } from '../seeded.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const Reference = z.object({
  start: z.string(),
  holidays: z.array(z.string()),
  dailyPairs: z.int(),
  weeklyPairs: z.int(),
  load: z.array(z.number()),
  path: z.array(z.number()),
  sigma: z.number(),
});
const file = new URL('../../data/reference/prophet-reference.json', import.meta.url);
const prophet = Reference.parse(JSON.parse(readFileSync(file, 'utf8')));

const wholeDays = (name: string, days: readonly string[]): KnownTimes => ({
  name,
  windows: days.map((day) => ({ fromMs: instant(Date.parse(day)), toMs: instant(Date.parse(day) + DAY) })),
});

const hourly = (values: ArrayLike<number>, startMs = 0): Series => ({
  startMs: instant(startMs),
  stepMs: HOUR,
  values: Float64Array.from(values),
});

function path(history: Series, horizon: number, options: TrendOptions = {}): Float64Array {
  const answer = trendAndSeasons('trend', options).path(history, horizon);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

/** A day's wave around a level. */
const waving = (steps: number, level: (i: number) => number, noise = 0): Float64Array => {
  const normal = seededNormal(5);
  return Float64Array.from(
    { length: steps },
    (_, i) => level(i) + 10 * Math.sin((2 * Math.PI * i) / 24) + noise * normal(),
  );
};

describe('trend and seasons', () => {
  // Its optimiser stops early where a penalty has a corner: its last slope is off by a thousandth of the level a day.
  it('go on as Prophet does, within an eighth of the noise, over a trend that turns and a holiday ahead', () => {
    const { dailyPairs, weeklyPairs, holidays, load, sigma } = prophet;
    const known = [wholeDays('holiday', holidays)];
    const ours = path(hourly(load, Date.parse(prophet.start)), 48, { dailyPairs, weeklyPairs, known });
    const worst = Math.max(...prophet.path.map((value, k) => Math.abs(value - ours[k]!)));
    expect(worst).toBeLessThan(sigma / 8);
  });

  it('follow the newest slope after a turn, not the mean one', () => {
    const level = (i: number) => 100 + (i < 300 ? 0.1 * i : 30 + 0.3 * (i - 300));
    const whole = waving(504 + 24, level);
    const answer = path(hourly(whole.subarray(0, 504)), 24);
    const worst = Math.max(...answer.map((value, k) => Math.abs(value - whole[504 + k]!)));
    expect(worst).toBeLessThan(3);
  });

  it('learn what an event does and expect it again', () => {
    const day = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);
    const sale = wholeDays('sale', [day(5), day(12), day(20)]);
    const lift = (i: number): number => ([5, 12, 20].includes(Math.floor(i / 24)) ? 40 : 0);
    const whole = waving(22 * 24, (i) => 100 + lift(i), 1);
    const history = hourly(whole.subarray(0, 20 * 24));
    const off = (answer: Float64Array): number =>
      answer.reduce((sum, value, k) => sum + Math.abs(value - whole[480 + k]!), 0) / 24;
    expect(off(path(history, 24, { known: [sale] }))).toBeLessThan(3);
    expect(off(path(history, 24))).toBeGreaterThan(20);
  });

  it('scale with the load, however large or small', () => {
    const load = waving(480, (i) => 100 + 0.05 * i, 2);
    const once = path(hourly(load), 24);
    for (const factor of [1e-6, 1e9]) {
      path(hourly(load.map((value) => factor * value)), 24).forEach((value, k) => {
        expect(value / factor).toBeCloseTo(once[k]!, 5);
      });
    }
  });
});
