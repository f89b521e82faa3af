import { describe, expect, it } from '@jest/globals';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { dayOrigins, heldOutDays } from '../../models/forecast/rolling-origin.ts';
import { accept, refuse } from '../../models/kernel/result.ts';
import { DAY, seriesOf, wave } from './loads.ts';

const history = seriesOf(wave({ days: 6 }));
const origins = dayOrigins(history.values.length, DAY, 5);

/** Answers where it is told to, by the days that it is shown. */
const answering = (when: (days: number) => boolean): Forecaster => ({
  name: 'by days',
  path: ({ values }, horizon) =>
    when(values.length / DAY)
      ? accept(new Float64Array(horizon))
      : refuse({ kind: 'too-short', have: values.length, need: 3 * DAY }),
});
const held = (when: (days: number) => boolean, leastDays?: number) =>
  heldOutDays(history, answering(when), { origins, stepsPerDay: DAY, windowSteps: 3, leastDays });

describe('the days held out of a model', () => {
  it('are all of them, each with what came after its beginning', () => {
    const days = held(() => true);
    if (!days.ok) throw new Error('refused');
    expect(days.value).toHaveLength(5);
    expect(days.value[1]!.actual).toEqual(history.values.subarray(2 * DAY, 3 * DAY + 3));
  });

  it('are the newest, where it declines the oldest and may', () => {
    expect(held((days) => days >= 3)).toMatchObject({ ok: false, refusal: { have: DAY } });
    const days = held((days) => days >= 4, 2);
    if (!days.ok) throw new Error('refused');
    expect(days.value.map(({ actual }) => actual[0])).toEqual([4, 5].map((day) => history.values[day * DAY]));
  });

  it('are none, where it answers for too few, or stops to answer', () => {
    expect(held((days) => days >= 5, 2)).toMatchObject({ ok: false, refusal: { have: 4 * DAY } });
    expect(held((days) => days === 2, 2)).toMatchObject({ ok: false, refusal: { have: 3 * DAY } });
  });
});
