import { describe, expect, it } from '@jest/globals';
import { CONTROLLER_DAYS, STATISTICAL_NAMES } from '../../bench/forecast/load-forecasters.ts';
import { type Load, measuredLoad, pathsOn } from '../../bench/forecast/load-matrix.ts';
import { AHEAD_HOURS, loadWindows, MOST_WINDOWS } from '../../bench/forecast/load-windows.ts';
import { seasonalNaive } from '../../models/forecast/seasonal-naive.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';

const DAY_MS = 86_400_000;
const HALF_HOUR_MS = 1_800_000;
const PER_DAY = 48;

/** Days of half hours with a daily season and noise. */
function record(days: number, of: (load: number, step: number) => number = (load) => load): GappedSeries {
  const random = randomSource(5);
  const values = Float64Array.from({ length: days * PER_DAY }, (_, i) =>
    of(10 + 4 * Math.sin((2 * Math.PI * i) / PER_DAY) + random(), i),
  );
  return { startMs: instant(0), stepMs: HALF_HOUR_MS, values, mayHaveBlanks: true };
}

const loadOf = (given: GappedSeries): Load => ({ series: 'a', record: given, past: given, ...loadWindows(given) });
const MODELS = [1, 7].map((days) => ({
  forecaster: seasonalNaive(`naive-${days}`, days * DAY_MS),
  days: CONTROLLER_DAYS,
  learnedMilliseconds: 0,
}));

describe('the windows of a load', () => {
  it('begin days of the second half, and all have room for their hours', () => {
    const { windows, half } = loadWindows(record(30));
    expect(half).toBe(15 * 24);
    expect(windows).toHaveLength(MOST_WINDOWS);
    expect(windows[0]!.origin).toBe(half);
    expect(windows.at(-1)!.origin).toBe(30 * 24 - AHEAD_HOURS);
    for (const { origin, actual } of windows) {
      expect((origin - half) % 24).toBe(0);
      expect(actual).toHaveLength(AHEAD_HOURS);
    }
  });

  it('are none where the second half is shorter than they are', () => {
    expect(loadWindows(record(3)).windows).toHaveLength(0);
  });

  it('repeat the season that erred less in the first half', () => {
    const weekly = record(30, (load, step) => (Math.floor(step / PER_DAY) % 7 < 2 ? load / 4 : load));
    expect(loadWindows(weekly).season).toBe('week');
    expect(loadWindows(record(30, (_, step) => 1 + (step % PER_DAY))).season).toBe('day');
    expect(loadWindows(record(12)).season).toBe('day');
  });

  it('know nothing of what comes after their origin, nor do the paths from there', () => {
    const now = loadOf(record(30));
    const cut = now.windows[3]!.origin;
    const other = loadOf(record(30, (load, step) => (step < 2 * cut ? load : 3 * load)));
    const [before, after] = [now, other].map((load) => ({
      yardsticks: load.windows.map(({ yardstick }) => yardstick).slice(0, 4),
      paths: pathsOn(load, MODELS).map(({ paths }) => paths.slice(0, 4)),
    }));
    expect(after).toEqual(before);
    expect(other.windows.at(-1)!.yardstick).not.toEqual(now.windows.at(-1)!.yardstick);
  });

  it('have paths that begin at the origin where the newest samples are missing', () => {
    const whole = record(30, (_, step) => step % PER_DAY);
    const { origin } = loadWindows(whole).windows[2]!;
    const gappy = {
      ...whole,
      values: whole.values.map((v, i) => (i >= 2 * origin - 5 && i < 2 * origin ? Number.NaN : v)),
    };
    const [path, late] = [whole, gappy].map((one) => pathsOn(loadOf(one), MODELS)[0]!.paths[2]);
    expect(late).toEqual(path);
  });

  it('have the same paths where a record begins between two steps of the clock', () => {
    const whole = record(30);
    const [path, late] = [0, 7000].map((ms) => pathsOn(loadOf({ ...whole, startMs: instant(ms) }), MODELS)[1]!.paths);
    expect(late).toEqual(path);
  });

  it('give the season that is the yardstick an error of 1', () => {
    const load = loadOf(record(30, (_, step) => (step % PER_DAY === 0 ? 100 + step / PER_DAY : step % PER_DAY)));
    expect(load.season).toBe('day');
    expect(measuredLoad(load, pathsOn(load, MODELS)).models.get('naive-1')?.relative).toBeCloseTo(1, 12);
  });

  it('count a model by all of them or not at all', () => {
    const load = loadOf(record(30));
    const [day, week] = pathsOn(load, MODELS);
    const partly = { ...week!, paths: week!.paths.map((path, w) => (w === 2 ? undefined : path)) };
    const { models } = measuredLoad(load, [day!, partly]);
    expect([...models.keys()]).toEqual(['naive-1']);
  });
});

describe('the names of the table', () => {
  it('has the registry’s statistical models', () => {
    expect(STATISTICAL_NAMES).toContain('arima-fourier');
    expect(STATISTICAL_NAMES).not.toContain('quantile-trees');
  });
});
