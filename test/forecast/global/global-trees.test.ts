import { beforeAll, describe, expect, it } from '@jest/globals';
import { baseline, FEATURES, writeFeatures } from '../../../models/forecast/global/features.ts';
import { fitGlobalTrees, type GlobalTrees, globalPath } from '../../../models/forecast/global/global-trees.ts';
import { pooledRows } from '../../../models/forecast/global/pooled-rows.ts';
import { type Scale, scaled, unscaled, WINDOW, windowBefore } from '../../../models/forecast/global/window.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

const STEPS = 30;

/** Hours of one load: a day's shape, lower at weekends, of a size of its own. */
function load(seed: number, hours: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: hours }, (_, t) => {
    const weekend = Math.floor((t + 24 * seed) / 24) % 7 > 4 ? 0.5 : 1;
    return 10 ** seed * weekend * (3 + Math.sin((2 * Math.PI * t) / 24)) * (1 + 0.1 * (random() - 0.5));
  });
}

const HISTORIES = [load(1, 520), load(2, 520), load(3, 520)];

describe.each<Scale>(['raw', 'log'])('a window on the scale %s', (scale) => {
  it('knows nothing of what comes after it', () => {
    const history = load(1, 500);
    const blind = history.map((value, t) => (t < 400 ? value : Number.NaN));
    expect(windowBefore(blind, 400, scale)).toEqual(windowBefore(history, 400, scale));
  });

  it('gives back the load that it scaled', () => {
    const history = load(2, WINDOW);
    const window = windowBefore(history, WINDOW, scale)!;
    expect(unscaled(window, scaled(window, 123))).toBeCloseTo(123, 9);
  });

  it('is no other for a load a thousand times as large', () => {
    const history = load(1, WINDOW);
    const small = windowBefore(history, WINDOW, scale)!.values;
    const large = windowBefore(
      history.map((value) => 1000 * value),
      WINDOW,
      scale,
    )!.values;
    expect(Math.max(...large.map((value, i) => Math.abs(value - small[i]!)))).toBeLessThan(1e-9);
  });

  it.each([
    { case: 'never changes', history: new Float64Array(WINDOW).fill(0.1) },
    { case: 'is none', history: new Float64Array(WINDOW) },
  ])('is undefined where the load $case', ({ history }) => {
    expect(windowBefore(history, WINDOW, scale)).toBeUndefined();
  });
});

describe('the features', () => {
  it('are finite for each horizon up to three weeks, and their baseline repeats the day and the week', () => {
    const steps = 504;
    const window = windowBefore(load(1, WINDOW), WINDOW, 'raw')!;
    const columns = Array.from({ length: FEATURES }, () => new Float64Array(steps).fill(Number.NaN));
    writeFeatures(window, steps, { columns, first: 0 });
    expect(columns.every((column) => column.every(Number.isFinite))).toBe(true);
    expect(baseline(window, 25)).toBe((window.values[WINDOW - 24]! + window.values[WINDOW - 144]!) / 2);
  });

  it('come in rows of which the newest ends with the history', () => {
    const history = load(1, WINDOW + STEPS + 9);
    const { target } = pooledRows([history], { steps: STEPS, stride: 9, scale: 'raw' });
    const window = windowBefore(history, WINDOW + 9, 'raw')!;
    expect(target).toHaveLength(2 * STEPS);
    expect(target[STEPS - 1]).toBe(scaled(window, history.at(-1)!) - baseline(window, STEPS));
  });
});

describe('trees grown on several loads', () => {
  const options = { steps: STEPS, scale: 'raw' as const, seed: 1 };
  let trees: GlobalTrees;
  beforeAll(() => {
    const fitted = fitGlobalTrees(HISTORIES, options);
    if (!fitted.ok) throw new Error(JSON.stringify(fitted.refusal));
    trees = fitted.value;
  });

  it('foretell a load that they have not seen far better than the day before', () => {
    const truth = load(4, 500 + STEPS);
    const answer = globalPath(trees, truth.subarray(0, 500));
    if (!answer.ok) throw new Error(answer.refusal);
    const off = (path: (k: number) => number): number =>
      Array.from({ length: STEPS }, (_, k) => Math.abs(path(k) - truth[500 + k]!)).reduce((sum, one) => sum + one, 0);
    const dayBefore = off((k) => truth[500 - 24 + (k % 24)]!);
    expect(off((k) => answer.value[k]!)).toBeLessThan(0.5 * dayBefore);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(fitGlobalTrees(HISTORIES, options)).toEqual({ ok: true, value: trees });
    expect(fitGlobalTrees(HISTORIES, { ...options, seed: 2 })).not.toEqual({ ok: true, value: trees });
  });

  it.each([
    { case: 'less than a fortnight', history: load(1, WINDOW - 1), says: '335 hours, 336 needed' },
    {
      case: 'a week without change',
      history: new Float64Array(500).fill(7),
      says: 'the load has not changed for a week',
    },
  ])('decline $case', ({ history, says }) => {
    expect(globalPath(trees, history)).toEqual({ ok: false, refusal: says });
  });

  it('cannot be grown where no history holds a fortnight and the hours after it', () => {
    expect(fitGlobalTrees([load(1, WINDOW + STEPS - 1)], options)).toMatchObject({
      ok: false,
      refusal: { kind: 'empty' },
    });
  });
});
