import { describe, expect, it } from '@jest/globals';
import { type ForecastRecord, recordErrors, skillIfNoBetter, skillOf } from '../../models/learn/forecast-record.ts';
import { DAY, STEP_MS, seriesOf, wave } from '../forecast/loads.ts';
import { modelOf, TERMS } from './direct-fits.ts';

const noisy = wave({ days: 10, daily: 0.5, noise: 0.1 });
const direct = modelOf(noisy.subarray(0, 5 * DAY));

const judged = (values: Float64Array, days: number, record?: ForecastRecord): ForecastRecord | undefined =>
  recordErrors(seriesOf(values.subarray(0, days * DAY)), { direct, record }, TERMS);

/** A record whose forecast erred so much more than the day repeated, by so much a step. */
const recordOf = (skill: number, errorPerStep: number, steps = DAY): ForecastRecord => ({
  seasons: [{ days: 1, forecast: errorPerStep * steps, repeated: (errorPerStep * steps) / skill, steps }],
  slight: 5,
  judgedUntilMs: direct.fittedAtMs,
});

describe('the record of a forecast', () => {
  it('finds a regression better than repeating the noise of the day before', () => {
    const record = judged(noisy, 6.5);
    expect(record?.seasons.map(({ days }) => days)).toEqual([1]);
    expect(skillOf(record!, STEP_MS)).toBeLessThan(0.85);
    expect(skillIfNoBetter(record!, STEP_MS)).toBeUndefined();
  });

  it('counts no step twice, and lets what is old fade by half in two days', () => {
    const once = judged(noisy, 6);
    expect(judged(noisy, 6, once)).toBe(once);
    const [first, second] = [once, judged(noisy, 6.5, once)].map((record) => record!.seasons[0]!.steps);
    expect(second).toBeCloseTo(0.5 ** 0.25 * first! + DAY / 2, 6);
  });

  it('judges nothing that the fit had seen', () => {
    expect(judged(noisy, 5)).toBeUndefined();
  });

  it('is the same whatever comes later', () => {
    const changed = noisy.map((value, i) => (i < 6.5 * DAY ? value : 5 * value));
    expect(judged(changed, 6.5)).toEqual(judged(noisy, 6.5));
  });
});

describe('a forecast that is no better than naive', () => {
  it.each([
    { case: 'one that errs more than a season repeated', record: recordOf(1.05, 20), skill: 1.05 },
    { case: 'none that errs as much', record: recordOf(1.01, 20), skill: undefined },
    { case: 'none whose errors move no unit of capacity', record: recordOf(50, 4.9), skill: undefined },
    { case: 'none that has been judged for less than a day', record: recordOf(2, 20, DAY / 2), skill: undefined },
  ])('is $case', ({ record, skill }) => {
    const found = skillIfNoBetter(record, STEP_MS);
    if (skill === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(skill, 9);
  });

  it('has a finite skill beside a season that never errs', () => {
    const [season] = recordOf(1, 20).seasons;
    const exact = { ...recordOf(1, 20), seasons: [{ ...season!, repeated: 0 }] };
    expect(skillIfNoBetter(exact, STEP_MS)).toBe(100);
  });
});
