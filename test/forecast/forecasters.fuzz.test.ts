import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { FORECASTER_NAMES, forecasters } from '../../models/forecast/registry.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { lstmModel, transformerModel } from './neural/models.ts';

const HOUR = 3_600_000;
const SECOND = 1_000;
const ALL = forecasters(forecasterFiles(), { networks: [lstmModel, transformerModel], names: FORECASTER_NAMES });

const of = (stepMs: number, values: ArrayLike<number>): Series => ({
  startMs: instant(0),
  stepMs,
  values: Float64Array.from(values),
});

/** Loads of up to three weeks of hours that no group should have, and some that it may have. */
const strange = fc
  .record({
    steps: fc.constantFrom(0, 1, 2, 24, 49, 120, 216, 500),
    shape: fc.constantFrom('constant', 'zero', 'wave', 'staircase', 'mostly zero'),
    size: fc.constantFrom(1e-9, 1, 1e12),
    spikes: fc.array(fc.record({ at: fc.nat(499), value: fc.constantFrom(0, 1e9, NaN, Infinity, -Infinity) }), {
      maxLength: 3,
    }),
  })
  .map(({ steps, shape, size, spikes }) => {
    const at: Record<string, (i: number) => number> = {
      constant: () => 1,
      zero: () => 0,
      wave: (i) => 1 + Math.sin((2 * Math.PI * i) / 24),
      staircase: (i) => Math.floor(i / 50),
      'mostly zero': (i) => (i % 97 === 0 ? 1 : 0),
    };
    const values = Float64Array.from({ length: steps }, (_, i) => size * at[shape]!(i));
    for (const spike of spikes) if (spike.at < steps) values[spike.at] = spike.value;
    return values;
  });

/** A refusal with its reason, or a path that a load may take. */
function isSound(answer: ReturnType<(typeof ALL)[number]['path']>, horizon: number): boolean {
  if (!answer.ok) return answer.refusal.kind.length > 0;
  return answer.value.length === horizon && answer.value.every((load) => load >= 0 && load < Infinity);
}

/** Eleven days of a daily wave, a value a second. */
const millionSeconds = (): Series =>
  of(
    SECOND,
    Float64Array.from({ length: 1_000_000 }, (_, i) => 50 + 20 * Math.sin((2 * Math.PI * i) / 86_400)),
  );

/** Ensembles look back as far as their members, which are asked themselves. */
const SINGLE = ALL.filter(({ name }) => !name.startsWith('ensemble-'));

describe.each(SINGLE.map(({ name, path }) => ({ case: name, path })))('$case', ({ path }) => {
  it('answers for a million steps of a second as for no more than it can look back on', () => {
    expect(isSound(path(millionSeconds(), 900), 900)).toBe(true);
  });
});

it('takes a million steps of a second by the median of its members too', () => {
  const median = ALL.find(({ name }) => name === 'ensemble-median');
  expect(median !== undefined && isSound(median.path(millionSeconds(), 900), 900)).toBe(true);
});

describe.each(ALL.map((forecaster) => ({ case: forecaster.name, forecaster })))('$case', ({ forecaster }) => {
  it('refuses with a reason or gives a sane path, whatever the history', () => {
    fc.assert(
      fc.property(strange, fc.constantFrom(1, 30), (values, horizon) =>
        isSound(forecaster.path(of(HOUR, values), horizon), horizon),
      ),
      { numRuns: 5, seed: 7, endOnFailure: true },
    );
  });
});
