import { describe, expect, it } from '@jest/globals';
import { predictPeak } from '../../../models/forecast/peak.ts';
import { fitYoung } from '../../../models/forecast/transfer/young-fit.ts';
import { type GappedSeries, instant, type Series } from '../../../models/kernel/series.ts';
import { seededNormal } from '../../seeded.ts';

const STEP_MS = 1_800_000;
const DAY = 48;
const OPTIONS = { windowSteps: 2, level: 0.95, pathSteps: DAY + 2 };

interface Made {
  readonly size: number;
  readonly seed: number;
  readonly swing: number;
}

/** Days of one shape; where it swings, the second half of each day is higher or lower than that of the day before, in turn. */
function group(days: number, { size, seed, swing }: Made): Series {
  const normal = seededNormal(seed);
  const values = Float64Array.from({ length: days * DAY }, (_, i) => {
    const shape = 10 + 4 * Math.sin((2 * Math.PI * i) / DAY);
    const turn = i % DAY < DAY / 2 ? 0 : swing * (-1) ** (seed + Math.floor(i / DAY));
    return size * (shape + turn + 0.3 * normal());
  });
  return { startMs: instant(0), stepMs: STEP_MS, values };
}

/** Days that each stand a step above or below the day before: nothing is better than repeating it. */
function wandering(days: number, seed: number): Series {
  const normal = seededNormal(seed);
  let level = 100;
  const levels = Array.from({ length: days }, () => {
    level += 5 * normal();
    return level;
  });
  const values = Float64Array.from(
    { length: days * DAY },
    (_, i) => levels[Math.floor(i / DAY)]! + 20 * Math.sin((2 * Math.PI * i) / DAY),
  );
  return { startMs: instant(0), stepMs: STEP_MS, values };
}

const others = (swing: number): readonly Series[] =>
  [1, 2, 3, 4].map((seed) => group(7, { size: 10 ** seed, seed, swing }));

const firstDay = (whole: Series): Series => ({ ...whole, values: whole.values.subarray(0, DAY) });

function fitted(history: Series, donors: readonly Series[]) {
  const answer = fitYoung(history, OPTIONS, donors);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

describe('a fit to a single day', () => {
  it('takes what other groups taught where that would have served them better, and says so', () => {
    const model = fitted(group(1, { size: 7, seed: 9, swing: 4 }), others(4));
    expect(model.model).toBe('transfer-trees');
    expect(model.chosen?.why).toMatch(/better than seasonal-naive-day by .* of 4 other groups/);
    expect(model.scores.map((score) => score.model)).toEqual(['transfer-trees', 'seasonal-naive-day']);
  });

  it('repeats the day where others do', () => {
    const history = wandering(1, 9);
    const model = fitted(
      history,
      [1, 2, 3, 4].map((seed) => wandering(12, seed)),
    );
    expect(model.model).toBe('seasonal-naive-day');
    expect(model.path.slice(0, DAY)).toEqual(Array.from(history.values));
  });

  it('holds the shares of the peaks of the day after that it promises, by errors of other groups', () => {
    const levels = [0.5, 0.9];
    const donors = others(1);
    const held = Array.from({ length: 10 }, (_, k) => {
      const whole = group(2, { size: 3, seed: 100 + k, swing: 1 });
      const model = fitted(firstDay(whole), donors);
      return Array.from({ length: DAY - 2 }, (_step, t) => {
        const recent: GappedSeries = { ...whole, values: whole.values.subarray(0, DAY + t), mayHaveBlanks: true };
        const peak = predictPeak(model, recent, OPTIONS.windowSteps);
        if (!peak.ok) throw new Error(peak.refusal.reason);
        const came = Math.max(whole.values[DAY + t]!, whole.values[DAY + t + 1]!);
        return levels.map((level) => Number(came <= peak.value.quantile(level)));
      });
    }).flat();
    levels.forEach((level, l) => {
      const share = held.reduce((sum, one) => sum + one[l]!, 0) / held.length;
      expect(Math.abs(share - level)).toBeLessThan(0.06);
    });
  });

  it.each([
    { case: 'rest every other day', restAt: (d: number) => d % 2 === 0, rest: 1e-9 },
    { case: 'trickle at weekends', restAt: (d: number) => d % 7 > 4, rest: 1e-3 },
    { case: 'are off at weekends', restAt: (d: number) => d % 7 > 4, rest: 0 },
  ])('is not moved by groups that $case', ({ restAt, rest }) => {
    const history = group(1, { size: 1, seed: 9, swing: 0 });
    const resting = others(0).map((one) => ({
      ...one,
      values: one.values.map((load, i) => (restAt(Math.floor(i / DAY)) ? rest * load : load)),
    }));
    const level = (donors: readonly Series[]): number => {
      const peak = predictPeak(fitted(history, donors), { ...history, mayHaveBlanks: true }, OPTIONS.windowSteps);
      return peak.ok ? peak.value.quantile(0.9) : Number.NaN;
    };
    const greatest = Math.max(...history.values);
    expect(level(resting)).toBeLessThan(1.5 * greatest);
    expect(level(resting)).toBeGreaterThan(0.5 * level(others(0)));
  });

  it('is the same in any unit, of its own or of others', () => {
    const history = group(1, { size: 700, seed: 9, swing: 4 });
    const thousand = (series: Series): Series => ({ ...series, values: series.values.map((load) => 1000 * load) });
    const one = fitted(history, others(4));
    const other = fitted(thousand(history), others(4).map(thousand));
    const quantile = (model: typeof one, series: Series): number => {
      const peak = predictPeak(model, { ...series, mayHaveBlanks: true }, OPTIONS.windowSteps);
      return peak.ok ? peak.value.quantile(0.9) : Number.NaN;
    };
    expect(other.model).toBe(one.model);
    expect(quantile(other, thousand(history)) / quantile(one, history)).toBeCloseTo(1000, 3);
  });

  it.each([
    { case: 'less than a day', cut: DAY - 1, donors: others(1), refusal: { kind: 'too-short', need: DAY } },
    { case: 'one other group', cut: DAY, donors: others(1).slice(0, 1), refusal: { kind: 'no-signal' } },
    {
      case: 'groups on other steps',
      cut: DAY,
      donors: others(1).map((one) => ({ ...one, stepMs: 900_000 })),
      refusal: { kind: 'no-signal', reason: expect.stringMatching(/of 0 other group.* 2 such/) },
    },
    { case: 'groups of a day', cut: DAY, donors: others(1).map(firstDay), refusal: { kind: 'no-signal' } },
  ])('refuses $case', ({ cut, donors, refusal }) => {
    const whole = group(1, { size: 1, seed: 3, swing: 1 });
    const history = { ...whole, values: whole.values.subarray(0, cut) };
    expect(fitYoung(history, OPTIONS, donors)).toMatchObject({ ok: false, refusal });
  });

  it('refuses a window longer than the day that is known', () => {
    const answer = fitYoung(group(1, { size: 1, seed: 3, swing: 1 }), { ...OPTIONS, windowSteps: DAY + 1 }, others(1));
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
  });

  it('refuses a day that never changes', () => {
    const flat = { startMs: instant(0), stepMs: STEP_MS, values: new Float64Array(DAY).fill(5) };
    expect(fitYoung(flat, OPTIONS, others(1))).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
  });
});
