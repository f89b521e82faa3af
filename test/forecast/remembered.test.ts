import { describe, expect, it } from '@jest/globals';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { remembered } from '../../models/forecast/remembered.ts';
import { accept } from '../../models/kernel/result.ts';
import { type Series, slice } from '../../models/kernel/series.ts';
import { DAY, seriesOf, wave } from './loads.ts';

/** Says the newest step, and counts how often it was asked. */
function counting(): { readonly forecaster: Forecaster; readonly asked: () => number } {
  let asked = 0;
  const path: Forecaster['path'] = ({ values }, horizon) => {
    asked++;
    return accept(new Float64Array(horizon).fill(values.at(-1)!));
  };
  return { forecaster: remembered({ name: 'newest', path }), asked: () => asked };
}

describe('a forecaster that remembers', () => {
  const load = seriesOf(wave({ days: 12 }));
  const until = (day: number): Series => slice(load, 0, day * DAY);

  it('is not asked twice for the same path', () => {
    const { forecaster, asked } = counting();
    expect(forecaster.path(until(3), 4)).toEqual(forecaster.path(until(3), 4));
    expect(asked()).toBe(1);
  });

  it.each([
    { case: 'another end', history: until(4), horizon: 4 },
    { case: 'another beginning', history: slice(load, DAY, 3 * DAY), horizon: 4 },
    {
      case: 'another beginning at the same moment',
      history: { ...slice(load, DAY, 4 * DAY), startMs: load.startMs },
      horizon: 4,
    },
    { case: 'another horizon', history: until(3), horizon: 5 },
    { case: 'another step', history: { ...until(3), stepMs: 1000 }, horizon: 4 },
    { case: 'another moment', history: { ...until(3), startMs: load.startMs + 1 }, horizon: 4 },
    { case: 'other values', history: { ...until(3), values: until(3).values.map((x) => 2 * x) }, horizon: 4 },
  ])('is asked anew for $case', ({ history, horizon }) => {
    const { forecaster, asked } = counting();
    forecaster.path(until(3), 4);
    const answer = forecaster.path(history as Series, horizon);
    expect(asked()).toBe(2);
    expect(answer).toEqual(accept(new Float64Array(horizon).fill(history.values.at(-1)!)));
  });

  it('forgets the oldest of 33', () => {
    const { forecaster, asked } = counting();
    const until = (step: number): Series => slice(load, 0, step);
    for (let step = 1; step <= 33; step++) forecaster.path(until(step), 4);
    forecaster.path(until(33), 4);
    expect(asked()).toBe(33);
    forecaster.path(until(1), 4);
    expect(asked()).toBe(34);
  });

  it('does not remember what was written on an answer', () => {
    const { forecaster } = counting();
    for (let time = 0; time < 2; time++) {
      const answer = forecaster.path(until(3), 4);
      if (!answer.ok) throw new Error('refused');
      expect(answer.value[0]).toBe(until(3).values.at(-1));
      answer.value.fill(-5);
    }
  });
});
