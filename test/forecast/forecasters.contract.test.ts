import { describe, expect, it } from '@jest/globals';
import { augursBytes } from '../../adapters/fit/augurs-bytes.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { DAY, guarded, seriesOf, wave } from './loads.ts';
import { lstmModel, transformerModel } from './neural/models.ts';

const HORIZON = 2 * DAY;

const ALL = forecasters(augursBytes(), [lstmModel, transformerModel]);

describe.each(ALL.map((forecaster) => ({ case: forecaster.name, forecaster })))('$case', ({ forecaster }) => {
  const path = (values: Float64Array, horizon = HORIZON): Float64Array => {
    const answer = forecaster.path(seriesOf(values), horizon);
    if (!answer.ok) throw new Error(`${forecaster.name}: ${JSON.stringify(answer.refusal)}`);
    return answer.value;
  };

  it('gives a finite load that is not negative for every step asked', () => {
    const answer = path(wave({ days: 9, noise: 0.4 }));
    expect(answer).toHaveLength(HORIZON);
    expect(answer.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it('answers the same, bit for bit, when asked again, and leaves the history as it was', () => {
    const { series, untouched } = guarded(wave({ days: 9 }));
    const [one, two] = [forecaster.path(series, HORIZON), forecaster.path(series, HORIZON)];
    expect(one).toEqual(two);
    expect(untouched()).toBe(true);
  });

  it('begins a longer path as a shorter one', () => {
    const history = wave({ days: 9 });
    expect(path(history, HORIZON).subarray(0, DAY)).toEqual(path(history, DAY));
  });

  it('foretells a wave of known make, a day ahead, within a tenth of its mean', () => {
    const whole = wave({ days: 15, noise: 0.02, seed: 4 });
    const answer = path(whole.subarray(0, 14 * DAY), DAY);
    const actual = whole.subarray(14 * DAY);
    const error = answer.reduce((sum, value, i) => sum + Math.abs(value - actual[i]!), 0) / DAY;
    expect(error).toBeLessThan(10);
  });

  it.each([
    { case: 'nothing', values: new Float64Array(0) },
    { case: 'two values', values: Float64Array.of(1, 2) },
    { case: 'a value that is not a number', values: Float64Array.of(...wave({ days: 8 }), Number.NaN) },
    { case: 'an infinite value', values: Float64Array.of(...wave({ days: 8 }), Number.POSITIVE_INFINITY) },
  ])('refuses $case and says why', ({ values }) => {
    const answer = forecaster.path(seriesOf(values), 10);
    expect(answer).toMatchObject({ ok: false, refusal: { kind: expect.stringMatching(/too-short|not-finite/) } });
  });

  it.each([
    { case: 'a load that never changes', values: new Float64Array(9 * DAY).fill(42) },
    { case: 'no load at all', values: new Float64Array(9 * DAY) },
    { case: 'one spike of a thousand million', values: wave({ days: 9 }).map((v, i) => (i === 900 ? 1e9 : v)) },
    { case: 'very large loads', values: wave({ days: 9, mean: 1e12 }) },
    { case: 'very small loads', values: wave({ days: 9, mean: 1e-9 }) },
    { case: 'a third of a year', values: wave({ days: 120 }) },
  ])('answers sanely or refuses for $case', ({ values }) => {
    const answer = forecaster.path(seriesOf(values), 100);
    if (answer.ok) expect(answer.value.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    else expect(answer.refusal.kind).toMatch(/no-signal|library|too-long/);
  });
});

describe('the yardsticks', () => {
  it.each([
    { case: 'seasonal-naive-day', period: DAY },
    { case: 'seasonal-naive-week', period: 7 * DAY },
  ])('$case repeats the last season exactly', ({ case: name, period }) => {
    const forecaster = forecasters(augursBytes()).find((candidate) => candidate.name === name)!;
    const history = wave({ days: 10, noise: 0.3 });
    const answer = forecaster.path(seriesOf(history), 20);
    expect(answer).toEqual({ ok: true, value: history.slice(history.length - period, history.length - period + 20) });
  });
});
