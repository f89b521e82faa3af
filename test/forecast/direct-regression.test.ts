import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTrace } from '../../cli/trace.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import type { GappedSeries, Series } from '../../models/kernel/series.ts';
import { instant } from '../../models/kernel/series.ts';
import { seeded } from '../seeded.ts';

const STEP_MS = 300_000;
const DAY = 288;
const PLAN = { horizons: [1, 2, 3, 5], leadSteps: 1 };

const series = (values: Float64Array, startStep = 0): GappedSeries => ({
  startMs: instant(startStep * STEP_MS),
  stepMs: STEP_MS,
  values,
  mayHaveBlanks: true,
});

/** A daily wave with noise whose size follows the root of the level. */
function wave(days: number, seed = 1): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length: days * DAY }, (_, i) => {
    const rate = 100 + 60 * Math.sin((2 * Math.PI * i) / DAY);
    const noise = random() + random() + random() + random() + random() + random() - 3;
    return Math.max(0, rate + noise * Math.sqrt(2 * rate));
  });
}

function fitted(values: Float64Array): DirectModel {
  const model = fitDirect(series(values), PLAN);
  if (!model.ok) throw new Error(JSON.stringify(model.refusal));
  return model.value;
}

function outlook(model: DirectModel, recent: GappedSeries) {
  const seen = outlookOf(model, recent);
  if (!seen.ok) throw new Error(JSON.stringify(seen.refusal));
  return seen.value;
}

const frozen = (values: Float64Array): Series => Object.freeze({ ...series(values.slice()) });

describe('the direct regression', () => {
  it('gives the same model for the same history, and JSON keeps every bit of it', () => {
    const [one, two] = [fitted(wave(8)), fitted(wave(8))];
    expect(one).toEqual(two);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  it('leaves its input as it was', () => {
    const history = frozen(wave(3));
    const before = history.values.slice();
    fitDirect(history, PLAN);
    expect(history.values).toEqual(before);
  });

  it.each([
    { case: 'a history of a few hours', values: wave(1).subarray(0, 60), kind: 'too-short' },
    { case: 'a load that is zero throughout', values: new Float64Array(3 * DAY), kind: 'no-signal' },
    { case: 'a value that is not finite', values: Float64Array.of(...wave(2), Number.NaN), kind: 'not-finite' },
    { case: 'an infinite value', values: Float64Array.of(...wave(2), Number.POSITIVE_INFINITY), kind: 'not-finite' },
  ])('refuses $case', ({ values, kind }) => {
    expect(fitDirect(series(values), PLAN)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it.each([
    { case: 'a constant load', values: new Float64Array(4 * DAY).fill(50) },
    { case: 'a load of 10⁹ with one spike of 10¹²', values: wave(4).map((v, i) => (i === 500 ? 1e12 : v * 1e7)) },
    { case: 'a load that is mostly zero', values: wave(4).map((v, i) => (i % 97 === 0 ? v : 0)) },
  ])('answers with finite quantiles that rise with the level for $case', ({ values }) => {
    const view = outlook(fitted(values.subarray(0, 3 * DAY)), series(values.subarray(3 * DAY - 1), 3 * DAY - 1));
    view.horizons.forEach((_, i) => {
      const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((p) => view.quantile(i, p));
      expect(quantiles.every((q) => Number.isFinite(q) && q >= 0)).toBe(true);
      expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles);
    });
  });

  it('expects the wave to go on', () => {
    const values = wave(10);
    const model = fitted(values.subarray(0, 9 * DAY));
    for (const hour of [3, 9, 15, 21]) {
      const now = 9 * DAY + hour * 12;
      const view = outlook(model, series(values.subarray(9 * DAY - 1, now), 9 * DAY - 1));
      const rate = 100 + 60 * Math.sin((2 * Math.PI * (now + 4)) / DAY);
      expect(Math.abs(view.quantile(3, 0.5) - rate)).toBeLessThan(0.15 * rate);
    }
  });
});

describe('the outlook', () => {
  const values = wave(10);
  const fitAt = 8 * DAY;
  const model = fitted(values.subarray(0, fitAt));
  const at = (now: number, load = values) => outlook(model, series(load.subarray(fitAt - 1, now), fitAt - 1));

  it('knows nothing of what comes after its last known step', () => {
    const changed = values.map((v, i) => (i < fitAt + 100 ? v : 3 * v));
    const [one, two] = [at(fitAt + 100), at(fitAt + 100, changed)];
    one.horizons.forEach((_, i) => {
      for (const p of [0.1, 0.5, 0.95]) expect(one.quantile(i, p)).toBe(two.quantile(i, p));
    });
  });

  it('has odds that fall as the load rises and agree with its quantiles', () => {
    const view = at(fitAt + 200);
    view.horizons.forEach((_, i) => {
      const odds = [0, 20, 60, 100, 140, 200, 1000].map((load) => view.exceedance(i, load));
      expect([...odds].sort((a, b) => b - a)).toEqual(odds);
      for (const p of [0.25, 0.5, 0.9]) expect(view.exceedance(i, view.quantile(i, p))).toBeCloseTo(1 - p, 1);
    });
  });

  it('scales with the load', () => {
    const tenfold = values.map((v) => 10 * v);
    const scaled = outlook(
      fitted(tenfold.subarray(0, fitAt)),
      series(tenfold.subarray(fitAt - 1, fitAt + 50), fitAt - 1),
    );
    const view = at(fitAt + 50);
    view.horizons.forEach((_, i) => {
      expect(scaled.quantile(i, 0.9) / view.quantile(i, 0.9)).toBeCloseTo(10, 3);
    });
  });

  it('is wider in rough times than in quiet ones, where the history had both', () => {
    const random = seeded(5);
    const restless = wave(10, 2).map(
      (v, i) => v * (1 + (Math.floor(i / 40) % 3 === 0 ? 0.8 : 0.05) * (random() - 0.5)),
    );
    const learned = fitted(restless.subarray(0, fitAt));
    const width = (now: number): number => {
      const view = outlook(learned, series(restless.subarray(fitAt - 1, now), fitAt - 1));
      return (view.quantile(0, 0.95) - view.quantile(0, 0.05)) / Math.sqrt(view.quantile(0, 0.5));
    };
    const rough = Math.ceil(fitAt / 120) * 120 + 36;
    expect(width(rough)).toBeGreaterThan(1.3 * width(rough + 76));
  });

  it.each([
    {
      case: 'a load on another grid',
      recent: { ...series(values.subarray(0, 10), fitAt), stepMs: 60_000 },
      kind: 'wrong-grid',
    },
    {
      case: 'a load without a known step',
      recent: series(new Float64Array(3).fill(Number.NaN), fitAt),
      kind: 'no-load',
    },
    { case: 'a load with a hole after the fit', recent: series(values.subarray(0, 10), fitAt + 5), kind: 'no-load' },
    { case: 'a model of three days ago', recent: series(new Float64Array(3 * DAY).fill(9), fitAt), kind: 'too-old' },
  ])('refuses $case', ({ recent, kind }) => {
    expect(outlookOf(model, recent)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('carries the last known load over blanks', () => {
    const blank = values.map((v, i) => (i === fitAt + 30 ? Number.NaN : v));
    expect(at(fitAt + 60, blank).quantile(0, 0.5)).toBeCloseTo(at(fitAt + 60).quantile(0, 0.5), -1);
  });

  it('holds its quantiles on a recorded web site, a day at a time', () => {
    const trace = readTrace(path.resolve(import.meta.dirname, '../../data/web/web_nasa_http_1995-07_1min.csv.gz'));
    const load = new Float64Array(13 * DAY);
    trace.series.values.subarray(0, 5 * load.length).forEach((v, i) => {
      if (!Number.isNaN(v)) load[Math.floor(i / 5)]! += v;
    });
    const hits = [0, 0];
    let count = 0;
    for (let day = 7; day < 13; day++) {
      const daily = fitted(load.subarray(0, day * DAY));
      for (let now = day * DAY + 1; now + 1 < (day + 1) * DAY; now += 3) {
        const view = outlook(daily, series(load.subarray(day * DAY - 1, now), day * DAY - 1));
        [0.8, 0.95].forEach((p, i) => {
          if (load[now]! <= view.quantile(0, p)) hits[i]!++;
        });
        count++;
      }
    }
    expect(hits[0]! / count).toBeGreaterThan(0.77);
    expect(hits[0]! / count).toBeLessThan(0.85);
    expect(hits[1]! / count).toBeGreaterThan(0.93);
    expect(hits[1]! / count).toBeLessThan(0.975);
  });
});
