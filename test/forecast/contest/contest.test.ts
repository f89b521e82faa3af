import { describe, expect, it } from '@jest/globals';
import { leastError } from '../../../models/forecast/contest/choose.ts';
import { combined } from '../../../models/forecast/contest/combine.ts';
import { fillBlanks } from '../../../models/forecast/contest/fill-blanks.ts';
import { heldOut } from '../../../models/forecast/contest/hourly-series.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const NONE = Number.NaN;

describe('blanks of a history', () => {
  it.each([
    { case: 'take the value of a period before', given: of(1, 2, NONE, 4, NONE), filled: of(1, 2, 1, 4, 1) },
    { case: 'take the next value where none is a period before', given: of(NONE, NONE, 3, 4), filled: of(3, 3, 3, 4) },
    { case: 'at the start alone take the next value', given: of(NONE, 2, 3), filled: of(2, 2, 3) },
    { case: 'at the end of a short history take the last value', given: of(1, NONE), filled: of(1, 1) },
    { case: 'that are all there is stay unknown', given: of(NONE, NONE), filled: undefined },
  ])('$case', ({ given, filled }) => {
    expect(fillBlanks(given, 2)).toEqual(filled);
  });
});

describe('a combination', () => {
  const models = [
    { paths: [of(1, 9), undefined], refused: new Map([[1, 'too short']]) },
    { paths: [of(2, 1), undefined], refused: new Map([[1, 'too long']]) },
    { paths: [of(6, 5), of(7, 7)], refused: new Map() },
  ];
  it.each([
    { by: 'median' as const, gives: of(2, 5) },
    { by: 'mean' as const, gives: of(3, 5) },
  ])('takes the $by of its members step by step, of those that answered', ({ by, gives }) => {
    expect(combined(models, by).paths).toEqual([gives, of(7, 7)]);
  });

  it('declines where no member answered, in the words of the first', () => {
    expect(combined(models.slice(0, 2), 'mean')).toMatchObject({
      paths: [of(1.5, 5), undefined],
      refused: new Map([[1, 'too short']]),
    });
  });
});

describe('holding out', () => {
  it('cuts the last hours off the histories that are scored, and leaves nothing to score of those too short', () => {
    const series = (history: Float64Array, actual: Float64Array) => ({ name: 'A', history, actual });
    const set = [series(of(1, 2, 3), of(9, 9)), series(of(1, 2, 3), of()), series(of(1, 2), of(9))];
    expect(heldOut(set, 2)).toEqual([series(of(1), of(2, 3)), series(of(1), of()), series(of(1, 2), of())]);
  });
});

describe('the choice', () => {
  const errors = (smape: number, owa: number) => ({ smape, mase: owa, owa });
  it.each([
    { case: 'falls on the least OWA', given: [errors(1, 3), errors(2, 2)], chosen: '1' },
    { case: 'falls on the first of equals', given: [errors(2, 2), errors(1, 2)], chosen: '0' },
    {
      case: 'falls on the least sMAPE where no OWA is defined',
      given: [errors(2, NONE), errors(1, NONE)],
      chosen: '1',
    },
    { case: 'is nobody where nothing is defined', given: [errors(NONE, NONE)], chosen: undefined },
  ])('$case', ({ given, chosen }) => {
    expect(leastError(new Map(given.map((one, i) => [String(i), one])))).toBe(chosen);
  });
});
