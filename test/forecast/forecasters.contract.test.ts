import { describe, expect, it } from '@jest/globals';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { DEFAULT_FORECASTERS, FORECASTER_NAMES, forecasters } from '../../models/forecast/registry.ts';
import type { Series } from '../../models/kernel/series.ts';
import { DAY, guarded, STEP_MS, seriesOf, type WaveShape, wave } from './loads.ts';
import { lstmModel, transformerModel } from './neural/models.ts';

const DEFAULTS = forecasters(forecasterFiles(), { networks: [lstmModel, transformerModel] });
const FURTHER = FORECASTER_NAMES.filter((name) => !DEFAULT_FORECASTERS.includes(name));

/** Two groups that have run for a week, for what learns from others. */
const DONORS = [2, 3].map((seed) => ({
  ...seriesOf(wave({ days: 8, stepsPerDay: 24, seed })),
  stepMs: 3_600_000,
}));

/** What runs for every group is held to its contract at five minutes, what is asked for by name on hours, for time. */
const ALL = [
  ...DEFAULTS.map((forecaster) => ({ forecaster, stepMs: STEP_MS })),
  ...forecasters(forecasterFiles(), { names: FURTHER, donors: DONORS }).map((forecaster) => ({
    forecaster,
    stepMs: 3_600_000,
  })),
];

/** Days without which a forecaster has nothing to say, and a few more. */
const daysFor = (name: string): number => (name.startsWith('lag-regression') ? 20 : 9);

describe.each(ALL.map((one) => ({ case: one.forecaster.name, ...one })))('$case', ({ forecaster, stepMs }) => {
  const day = 86_400_000 / stepMs;
  const days = daysFor(forecaster.name);
  const waving = (shape: Omit<WaveShape, 'stepsPerDay'>): Float64Array => wave({ ...shape, stepsPerDay: day });
  const on = (values: Float64Array): Series => ({ ...seriesOf(values), stepMs });
  const path = (values: Float64Array, horizon = 2 * day): Float64Array => {
    const answer = forecaster.path(on(values), horizon);
    if (!answer.ok) throw new Error(`${forecaster.name}: ${JSON.stringify(answer.refusal)}`);
    return answer.value;
  };

  it('gives a finite load that is not negative for every step asked', () => {
    const answer = path(waving({ days, noise: 0.4 }));
    expect(answer).toHaveLength(2 * day);
    expect(answer.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it('answers the same, bit for bit, when asked again, and leaves the history as it was', () => {
    const { series, untouched } = guarded(waving({ days }), stepMs);
    const [one, two] = [forecaster.path(series, 2 * day), forecaster.path(series, 2 * day)];
    expect(one).toEqual(two);
    expect(untouched()).toBe(true);
  });

  it('begins a longer path as a shorter one', () => {
    const history = waving({ days });
    expect(path(history, 2 * day).subarray(0, day)).toEqual(path(history, day));
  });

  it('foretells a wave of known make, a day ahead, within a tenth of its mean', () => {
    const known = Math.max(14, days);
    const whole = waving({ days: known + 1, noise: 0.02, seed: 4 });
    const answer = path(whole.subarray(0, known * day), day);
    const actual = whole.subarray(known * day);
    const error = answer.reduce((sum, value, i) => sum + Math.abs(value - actual[i]!), 0) / day;
    expect(error).toBeLessThan(10);
  });

  it.each([
    { case: 'nothing', values: new Float64Array(0) },
    { case: 'two values', values: Float64Array.of(1, 2) },
    { case: 'a value that is not a number', values: Float64Array.of(...waving({ days }), Number.NaN) },
    { case: 'an infinite value', values: Float64Array.of(...waving({ days }), Number.POSITIVE_INFINITY) },
  ])('refuses $case and says why', ({ values }) => {
    const answer = forecaster.path(on(values), 10);
    expect(answer).toMatchObject({ ok: false, refusal: { kind: expect.stringMatching(/too-short|not-finite/) } });
  });

  it.each([
    { case: 'a load that never changes', values: new Float64Array(days * day).fill(42) },
    { case: 'no load at all', values: new Float64Array(days * day) },
    { case: 'one spike of a thousand million', values: waving({ days }).map((v, i) => (i === 3 * day + 36 ? 1e9 : v)) },
    { case: 'very large loads', values: waving({ days, mean: 1e12 }) },
    { case: 'very small loads', values: waving({ days, mean: 1e-9 }) },
    { case: 'a third of a year', values: waving({ days: 120 }) },
  ])('answers sanely or refuses for $case', ({ values }) => {
    const answer = forecaster.path(on(values), 100);
    if (answer.ok) expect(answer.value.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    else expect(answer.refusal.kind).toMatch(/no-signal|library|too-long/);
  });
});

describe('the yardsticks', () => {
  it.each([
    { case: 'seasonal-naive-day', period: DAY },
    { case: 'seasonal-naive-week', period: 7 * DAY },
  ])('$case repeats the last season exactly', ({ case: name, period }) => {
    const forecaster = forecasters(forecasterFiles()).find((candidate) => candidate.name === name)!;
    const history = wave({ days: 10, noise: 0.3 });
    const answer = forecaster.path(seriesOf(history), 20);
    expect(answer).toEqual({ ok: true, value: history.slice(history.length - period, history.length - period + 20) });
  });
});
