import { describe, expect, it } from '@jest/globals';
import { type MeasuredLead, measureLead } from '../../../models/forecast/lead/lead-accuracy.ts';
import { errorsByHour, type LeadPath, leadPath } from '../../../models/forecast/lead/lead-path.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { instant } from '../../../models/kernel/series.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;

/** Eight days of quarters of an hour, from 05:00 on, with some that nobody saw. */
const quarters = (() => {
  const random = randomSource(3);
  return Float64Array.from({ length: 8 * 96 }, (_, t) =>
    t % 97 === 0 ? Number.NaN : 50 + 20 * Math.sin((2 * Math.PI * t) / 96) + 5 * random(),
  );
})();
const series = { startMs: instant(5 * HOUR), stepMs: QUARTER, values: quarters, mayHaveBlanks: true } as const;

function measured(leadMs: number): MeasuredLead {
  const answer = measureLead(series, leadMs);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value;
}

describe.each([
  { lead: '30 minutes', leadMs: HOUR / 2, stepMs: QUARTER },
  { lead: '2 hours', leadMs: 2 * HOUR, stepMs: HOUR },
])('the path at a lead of $lead', ({ leadMs, stepMs }) => {
  const { figures, judgement, bounds } = measured(leadMs);
  const path = leadPath(judgement, bounds);

  it('says when each target begins, an hour apart', () => {
    expect(path.stepMs).toBe(stepMs);
    expect(path.startsMs.slice(1).every((ms, i) => ms - path.startsMs[i]! === HOUR)).toBe(true);
    const steps = stepMs / QUARTER;
    const came = path.startsMs.map((ms) => {
      const first = (ms - series.startMs) / QUARTER;
      return quarters.subarray(first, first + steps).reduce((a, b) => a + b, 0) / steps;
    });
    const rounded = (loads: Float64Array): Float64Array => loads.map((load) => Math.round(load * 1e9) / 1e9);
    expect(rounded(path.actual)).toEqual(rounded(came));
  });

  it('holds what is scored, and all of it', () => {
    const known = [...path.actual.keys()].filter((i) => !Number.isNaN(path.actual[i]!));
    expect(known).toHaveLength(figures.targets);
    const held = known.filter((i) => Math.abs(path.actual[i]! - path.forecast[i]!) <= path.widths[1]![i]!);
    expect(held.length / known.length).toBe(figures.coverage[1]);
  });

  it('gives errors by the hour whose mean is that of all targets', () => {
    const hours = errorsByHour(path).filter(({ targets }) => targets > 0);
    const all = hours.reduce((sum, { targets }) => sum + targets, 0);
    const meanOf = (of: 'forecast' | 'yardstick'): number =>
      hours.reduce((sum, hour) => sum + hour[of] * hour.targets, 0) / all;
    expect(all).toBe(figures.targets);
    expect(meanOf('forecast') / meanOf('yardstick')).toBeCloseTo(figures.skill, 9);
  });
});

describe('errors by the hour', () => {
  const path = (startsMs: readonly number[], actual: readonly number[]): LeadPath => ({
    startsMs: Float64Array.from(startsMs),
    stepMs: HOUR,
    actual: Float64Array.from(actual),
    forecast: new Float64Array(actual.length),
    yardstick: new Float64Array(actual.length).fill(1),
    widths: [],
  });

  it('belong to the hour of the day in which the target begins, before the epoch as well', () => {
    const hours = errorsByHour(path([7.5 * HOUR, 31 * HOUR, -HOUR], [2, 4, 9]));
    expect(hours[7]).toEqual({ forecast: 3, yardstick: 2, targets: 2 });
    expect(hours[23]).toEqual({ forecast: 9, yardstick: 8, targets: 1 });
  });

  it('leave out what nobody saw', () => {
    expect(errorsByHour(path([0], [Number.NaN]))[0]).toEqual({
      forecast: Number.NaN,
      yardstick: Number.NaN,
      targets: 0,
    });
  });
});
