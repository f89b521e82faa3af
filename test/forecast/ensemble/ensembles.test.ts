import { describe, expect, it } from '@jest/globals';
import { medianEnsemble } from '../../../models/forecast/ensemble/median-ensemble.ts';
import { stackedEnsemble } from '../../../models/forecast/ensemble/stacked-ensemble.ts';
import { weightedEnsemble } from '../../../models/forecast/ensemble/weighted-ensemble.ts';
import type { Forecaster } from '../../../models/forecast/forecaster.ts';
import { accept, refuse } from '../../../models/kernel/result.ts';
import { instant, type Series } from '../../../models/kernel/series.ts';

const HOUR = 3_600_000;
const load = Float64Array.from({ length: 10 * 24 + 24 }, (_, i) => 100 + 30 * Math.sin((2 * Math.PI * i) / 24));
const history: Series = { startMs: instant(0), stepMs: HOUR, values: load.subarray(0, 240) };

/** A member that makes of the true load what it is told to. */
const member = (name: string, of: (load: number, step: number) => number): Forecaster => ({
  name,
  path: ({ values }, horizon) =>
    accept(Float64Array.from({ length: horizon }, (_, k) => of(load[values.length + k]!, values.length + k))),
});
const declining: Forecaster = { name: 'declining', path: () => refuse({ kind: 'too-short', have: 1, need: 2 }) };

const truth = member('truth', (y) => y);
const high = member('high', (y) => y + 10);
const low = member('low', (y) => y - 10);
const wild = member('wild', () => 1e6);

const pathOf = (ensemble: Forecaster): Float64Array => {
  const answer = ensemble.path(history, 24);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};
const worstOf = (path: Float64Array): number => Math.max(...path.map((value, k) => Math.abs(value - load[240 + k]!)));

const ALL = [
  { case: 'the median', make: medianEnsemble },
  { case: 'inverse errors', make: weightedEnsemble },
  { case: 'stacking', make: stackedEnsemble },
];

describe.each(ALL)('an ensemble by $case', ({ make }) => {
  it('goes on without members that decline', () => {
    expect(pathOf(make('e', [declining, truth, declining]))).toEqual(pathOf(make('e', [truth])));
  });

  it('refuses as its first member does where all decline, and without members', () => {
    expect(make('e', [declining]).path(history, 24)).toEqual(declining.path(history, 24));
    expect(make('e', []).path(history, 24)).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
  });
});

describe('the median of members', () => {
  it('is not moved by one that is far off', () => {
    expect(pathOf(medianEnsemble('e', [low, truth, wild]))).toEqual(pathOf(truth));
  });
});

describe('weights by inverse errors', () => {
  it('leave all of it to a member that was never wrong', () => {
    expect(pathOf(weightedEnsemble('e', [high, truth, wild]))).toEqual(pathOf(truth));
  });

  it('are as the squares of the errors: 10 and 20 off give four fifths and a fifth', () => {
    const farther = member('farther', (y) => y - 20);
    const path = pathOf(weightedEnsemble('e', [high, farther]));
    path.forEach((value, k) => {
      expect(value).toBeCloseTo(load[240 + k]! + 0.8 * 10 - 0.2 * 20, 9);
    });
  });

  it('refuse a history of less than five days', () => {
    const short = { ...history, values: history.values.subarray(0, 5 * 24 - 1) };
    expect(weightedEnsemble('e', [truth]).path(short, 24)).toMatchObject({
      ok: false,
      refusal: { kind: 'too-short', have: 119, need: 120 },
    });
  });
});

describe('stacking', () => {
  it('finds that errors of two members cancel', () => {
    expect(worstOf(pathOf(stackedEnsemble('e', [high, low])))).toBeLessThan(0.5);
  });

  it('gives a member that is only noise little weight', () => {
    const noise = member('noise', (_, step) => 100 + 90 * Math.sin(step * step));
    expect(worstOf(pathOf(stackedEnsemble('e', [truth, noise])))).toBeLessThan(10);
    expect(worstOf(pathOf(stackedEnsemble('e', [noise, truth])))).toBeLessThan(10);
  });

  it('corrects a bias that all members share, as equal weights cannot', () => {
    const double = [member('a', (y) => 2 * y), member('b', (y) => 2 * y + 1)];
    expect(worstOf(pathOf(stackedEnsemble('e', double)))).toBeLessThan(10);
  });
});
