import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { trainingHistory } from '../../models/learn/training-history.ts';

const DAY = 144;

/** A daily wave at ten minutes with noise; what `at` names is as many times as large. */
function wave(days: number, at: Readonly<Record<number, number>> = {}): Series {
  const random = randomSource(11);
  const values = Float64Array.from(
    { length: days * DAY },
    (_, i) => (200 + 80 * Math.sin((i * 2 * Math.PI) / DAY) + 10 * random()) * (at[i] ?? 1),
  );
  return { startMs: instant(Date.UTC(2026, 0, 1)), stepMs: 600_000, values };
}

const changedAt = (given: Series): readonly number[] => {
  const { values } = trainingHistory(given).series;
  return [...values.keys()].filter((i) => values[i] !== given.values[i]);
};

describe('trainingHistory', () => {
  it('bridges what comes and goes at once, and says how many steps that were', () => {
    const given = wave(6, { 300: 40, 301: 40, 555: 0 });
    expect(changedAt(given)).toEqual([300, 301, 555]);
    const { series, repairedSteps } = trainingHistory(given);
    expect(repairedSteps).toBe(3);
    expect(series.values[300]! / wave(6).values[300]!).toBeCloseTo(1, 1);
  });

  it('leaves a history alone that has no outlier, and a rush that lasts', () => {
    expect(changedAt(wave(6))).toEqual([]);
    const rush = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [400 + i, 3]));
    expect(changedAt(wave(6, rush))).toEqual([]);
  });

  it('leaves the newest steps alone, for they may be a beginning', () => {
    const end = 6 * DAY;
    expect(changedAt(wave(6, { [end - 1]: 40, [end - 2]: 40, [end - 8]: 40, [end - 20]: 40 }))).toEqual([end - 20]);
  });

  it('changes nothing in place, and takes any length', () => {
    const given = wave(6, { 300: 40 });
    const before = Float64Array.from(given.values);
    trainingHistory(given);
    expect(given.values).toEqual(before);
    for (const steps of [0, 1, 12, 13]) {
      expect(trainingHistory({ ...given, values: given.values.subarray(0, steps) }).repairedSteps).toBe(0);
    }
  });
});

describe('a fit to a history with absurd samples', () => {
  const options = { windowSteps: 3, level: 0.95, pathSteps: DAY, plan: { horizons: [1, 2, 3], leadSteps: 1 } };
  const fitted = async (window: Series) => {
    const answer = await directFitter().fit({ window, options, standing: undefined });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return answer.value;
  };

  it('expects what it would have expected without them, and notes how many they were', async () => {
    const [clean, spoilt] = [await fitted(wave(7)), await fitted(wave(7, { 200: 1e6, 431: 500, 700: 1e6 }))];
    expect(clean.repairedSteps).toBeUndefined();
    expect(spoilt.repairedSteps).toBe(3);
    const worst = Math.max(...spoilt.path.map((load, i) => Math.abs(load / clean.path[i]! - 1)));
    expect(worst).toBeLessThan(0.05);
  });
});
