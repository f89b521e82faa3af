import { describe, expect, it } from '@jest/globals';
import { shippedLeadTrees } from '../../../adapters/fit/lead-trees-file.ts';
import { filledFromBefore, leadGrid } from '../../../models/forecast/lead/lead-grid.ts';
import { halfWidths } from '../../../models/forecast/lead/lead-intervals.ts';
import { mixed } from '../../../models/forecast/lead/lead-mixture.ts';
import { leadRows } from '../../../models/forecast/lead/lead-rows.ts';
import { walkLead } from '../../../models/forecast/lead/lead-walk.ts';
import { knowsGrid, pretrainedPath } from '../../../models/forecast/pretrained/lead-trees.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { gapped, wandering } from '../loads.ts';

const HOUR = 3_600_000;

describe('the grid of a lead', () => {
  it.each([
    { case: 'hourly means for a lead of hours', lead: 2 * HOUR, values: [3, 9], steps: 2 },
    {
      case: 'the load’s own steps for a lead below an hour',
      lead: HOUR / 2,
      values: [2, 4, 8, Number.NaN, 1],
      steps: 1,
    },
  ])('is $case', ({ lead, values, steps }) => {
    const load = lead < HOUR ? [2, 4, 8, Number.NaN, 1] : [2, 4, 8, 10, 1];
    const grid = leadGrid(gapped(Float64Array.from(load), HOUR / 2), lead);
    expect(grid).toMatchObject({ values: Float64Array.from(values), lead: steps });
  });

  it('leaves an hour blank of which a part was not observed', () => {
    expect(leadGrid(gapped(Float64Array.of(2, Number.NaN), HOUR / 2), HOUR).values).toEqual(
      Float64Array.of(Number.NaN),
    );
  });

  it('aims at the greatest of the load’s own steps in the lead, where the peak is asked for', () => {
    const { aims } = leadGrid(gapped(Float64Array.of(2, 9, 3, 4, 5, Number.NaN, 1, 1), HOUR / 2), 2 * HOUR, 'peak');
    expect(aims).toEqual(Float64Array.of(Number.NaN, 9, Number.NaN, Number.NaN));
  });

  it('looks at the ends of steps that are longer than the load’s own', () => {
    const { ends } = leadGrid(gapped(Float64Array.of(1, 3, 5, 7), HOUR / 4), HOUR);
    expect(ends).toEqual([Float64Array.of(7), Float64Array.of(6)]);
  });

  it('fills blanks from what lies before them alone', () => {
    const values = Float64Array.of(Number.NaN, 1, Number.NaN, Number.NaN, 5);
    expect(filledFromBefore(values, 3)).toEqual(Float64Array.of(0, 1, 1, 0, 5));
  });
});

describe('the walk', () => {
  it.each([
    { case: 'an hour', lead: HOUR, aim: 'load', stepMs: HOUR },
    { case: 'a day and a half', lead: 36 * HOUR, aim: 'load', stepMs: HOUR },
    { case: 'the peak of half a day', lead: 12 * HOUR, aim: 'peak', stepMs: HOUR },
    { case: 'a quarter of an hour', lead: HOUR / 4, aim: 'load', stepMs: HOUR / 4 },
  ] as const)('knows nothing of what comes after an origin, $case ahead', ({ lead, aim, stepMs }) => {
    // Weeks enough for every model to see its seasons, and what is changed begins amid a day's block of origins.
    const day = (24 * HOUR) / stepMs;
    const [days, from] = [26, 22 * day];
    const history = wandering(days * day, 5, day);
    const seen = from + day + 1 + Math.floor(1.5 * day);
    const forecastsOf = (values: Float64Array): ReadonlyMap<string, Float64Array> => {
      const grid = leadGrid(gapped(values, stepMs), lead, aim);
      const rows = leadRows(grid);
      const pretrained = knowsGrid(grid) ? pretrainedPath(shippedLeadTrees(), grid, rows) : undefined;
      const walk = walkLead(rows, grid, { from, pretrained });
      const all = [...walk.forecasts, ['mixed', mixed(rows, grid, walk).forecast] as const];
      return new Map(all.map(([name, path]) => [name, path.subarray(0, seen - rows.first - from + 1)]));
    };
    const usual = forecastsOf(history);
    expect([...usual.keys()]).toEqual(expect.arrayContaining(['theta', 'regression', 'trees', 'median', 'mixed']));
    const later = (of: (load: number, t: number) => number): Float64Array =>
      history.map((load, t) => (t < seen ? load : of(load, t)));
    expect(forecastsOf(later((load) => 3 * load))).toEqual(usual);
    expect(forecastsOf(later(() => Number.NaN))).toEqual(usual);
  });

  it('lets the day before answer where a model cannot, origin by origin', () => {
    const hours = wandering(24 * 12).map((load, t) => (t % 24 < 6 ? 1e-310 : load));
    const answersAt = (values: Float64Array): Float64Array => {
      const grid = leadGrid(gapped(values), HOUR);
      const rows = leadRows(grid);
      return walkLead(rows, grid, { from: 24 * 9 }).forecasts.get('theta')!;
    };
    const [usual, changed] = [answersAt(hours), answersAt(hours.map((load, t) => (t < 24 * 11 + 4 ? load : 9e15)))];
    const seen = 24 * 11 + 4 - 25 - 24 * 9;
    expect(changed.subarray(0, seen)).toEqual(usual.subarray(0, seen));
    expect(changed.every(Number.isFinite)).toBe(true);
  });
});

describe('the mixture', () => {
  /** Forecasts of a load of 100 that doubles at hour 480: one that follows a day later, and one that never does. */
  const hours = 600;
  const actual = Float64Array.from({ length: hours }, (_, t) => (t < 480 ? 100 : 200) + (t % 2));
  const day = actual.map((_, t) => actual[Math.max(0, t - 24)]! + 2);
  const fixed = actual.map((load, t) => (t < 480 ? load : 100));
  const forecasts = new Map([
    ['seasonal-naive-day', day],
    ['fixed', fixed],
  ]);
  const { forecast, champion } = mixed({ actual }, { day: 24, lead: 24 }, { from: 0, forecasts });

  it('follows the model that erred less', () => {
    expect(Math.abs(forecast[450]! - fixed[450]!)).toBeLessThan(0.6);
  });

  describe('with what was learned elsewhere among the models', () => {
    const helpedBy = (pretrained: Float64Array) => {
      const models = new Map([...forecasts, ['pretrained', pretrained] as const]);
      return mixed({ actual }, { day: 24, lead: 24 }, { from: 0, forecasts: models });
    };

    it('begins with it, and goes back to it where all are off', () => {
      const helped = helpedBy(day.map((load) => load - 4));
      expect(helped.forecast[0]).toBe(day[0]! - 4);
      expect(helped.champion).toBe('pretrained');
    });

    it('goes back to a season that erred far less', () => {
      const helped = helpedBy(actual.map(() => 170));
      expect(helped.forecast[0]).toBe(170);
      expect(helped.champion).toBe('seasonal-naive-day');
    });
  });

  it('goes back to the season within two days of a load that doubles', () => {
    // The other model is off by 100.
    expect(Math.abs(forecast[530]! - actual[530]!)).toBeLessThan(10);
    expect(champion).toBe('seasonal-naive-day');
  });
});

describe('the intervals', () => {
  const random = randomSource(11);
  const noise = Float64Array.from({ length: 3000 }, () => random() + random() - 1);
  const judged = { forecast: new Float64Array(noise.length), actual: noise, day: 24, lead: 5 };

  it.each([0.5, 0.8, 0.95, 0.99])('hold the share %d of targets', (level) => {
    const widths = halfWidths(judged, level);
    const held = noise.filter((value, i) => i >= 200 && Math.abs(value) <= widths[i]!).length / (noise.length - 200);
    expect(Math.abs(held - level)).toBeLessThan(0.02);
  });

  it('follow an error that doubles', () => {
    const actual = noise.map((value, i) => (i < 1500 ? value : 2 * value));
    const widths = halfWidths({ ...judged, actual }, 0.8);
    const held = actual.filter((value, i) => i >= 1524 && Math.abs(value) <= widths[i]!).length / (noise.length - 1524);
    expect(Math.abs(held - 0.8)).toBeLessThan(0.03);
  });

  it('are wider at once where a load is forecast that is four times as great', () => {
    const forecast = noise.map((_, i) => (i < 1500 ? 100 : 400));
    const actual = forecast.map((load, i) => load + noise[i]!);
    const widths = halfWidths({ ...judged, lead: 1, forecast, actual }, 0.8);
    expect(widths[1500]! / widths[1499]!).toBeGreaterThan(1.5);
  });

  it('are wider a day ahead, for loads turn, and more so as long as few days are known', () => {
    const [short, long] = [5, 24].map((lead) => halfWidths({ ...judged, lead }, 0.99));
    const ratio = (row: number): number => long![row]! / short![row]!;
    expect(ratio(100)).toBeGreaterThan(1.4);
    expect(ratio(2900)).toBeGreaterThan(1.1);
    expect(ratio(2900)).toBeLessThan(1.3);
  });

  it('are no wider for turns a week ahead than a day ahead', () => {
    const [day, week] = [24, 168].map((lead) => halfWidths({ ...judged, lead }, 0.99));
    expect(week![2900]! / day![2900]!).toBeLessThan(1.6);
  });

  it('remember for eight weeks how far off forecasts were', () => {
    const stormy = noise.map((value, i) => (i >= 24 * 5 && i < 24 * 15 && i % 5 === 0 ? 10 * value : value));
    const [calm, after] = [noise, stormy].map((actual) => halfWidths({ ...judged, lead: 24, actual }, 0.99));
    const ratio = (day: number): number => after![24 * day]! / calm![24 * day]!;
    expect(ratio(50)).toBeGreaterThan(1.5);
    expect(ratio(80)).toBeLessThan(1.2);
  });

  it('hold the wanted share of daily steps as well', () => {
    const widths = halfWidths({ ...judged, day: 1, lead: 1 }, 0.8);
    const held = noise.filter((value, i) => i >= 200 && Math.abs(value) <= widths[i]!).length / (noise.length - 200);
    expect(Math.abs(held - 0.8)).toBeLessThan(0.03);
  });

  it('are the same in any unit of the load', () => {
    const forecast = noise.map((_, i) => 100 + (i % 24));
    const actual = forecast.map((load, i) => load + noise[i]!);
    const thousand = (values: Float64Array): Float64Array => values.map((value) => 1000 * value);
    const one = halfWidths({ ...judged, forecast, actual }, 0.95);
    const other = halfWidths({ ...judged, forecast: thousand(forecast), actual: thousand(actual) }, 0.95);
    for (const i of [100, 1000, 2999]) expect(other[i]! / one[i]!).toBeCloseTo(1000, 3);
  });

  it('are set from errors alone whose targets are known', () => {
    const later = noise.map((value, i) => (i < 1000 ? value : 99));
    const upTo = (actual: Float64Array): Float64Array => halfWidths({ ...judged, actual }, 0.8).subarray(0, 1005);
    expect(upTo(later)).toEqual(upTo(noise));
  });
});
