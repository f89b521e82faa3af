import { describe, expect, it } from '@jest/globals';
import { knowableTable, measureKnowable } from '../../bench/forecast/knowable.ts';
import { measureLead } from '../../models/forecast/lead/lead-accuracy.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';

const MINUTE_MS = 60_000;
const HOURS = 300;
const FIRST = 150;

/** Hours whose first half is 100 more, their second half 100 less than a level that each hour has of its own. */
function load(stepMinutes: number) {
  const random = randomSource(3);
  const steps = 60 / stepMinutes;
  const levels = Float64Array.from({ length: HOURS }, () => 1000 + 500 * random());
  return {
    levels,
    series: {
      mayHaveBlanks: true as const,
      startMs: instant(0),
      stepMs: stepMinutes * MINUTE_MS,
      values: Float64Array.from({ length: HOURS * steps }, (_, i) => {
        const hour = Math.floor(i / steps);
        return levels[hour]! + (i % steps < steps / 2 ? 100 : -100);
      }),
    },
  };
}

/** Of forecasts without trees that learned elsewhere. */
const ahead =
  (series: GappedSeries) =>
  (hours: number): number => {
    const lead = measureLead(series, hours * 60 * MINUTE_MS);
    return lead.ok ? lead.value.figures.accuracy : Number.NaN;
  };

const measured = (stepMinutes: number) => {
  const { series, levels } = load(stepMinutes);
  return { known: measureKnowable(series, { first: FIRST, actual: levels.slice(FIRST) }, ahead(series)), levels };
};

describe('what is known of an hour', () => {
  const { known, levels } = measured(5);
  const coarse = measured(30).known;
  const off = (by: number): number =>
    100 * (1 - by / (levels.slice(FIRST).reduce((sum, level) => sum + level, 0) / FIRST));

  it('is by how much the mean of its own first minutes is off', () => {
    const expected = [100, 100, 100, 100 / 3].map((by) => expect.closeTo(off(by), 9));
    expect(known.seen).toEqual(expected);
  });

  it('is nothing where minutes or hours are no whole steps', () => {
    expect(coarse.seen).toEqual([Number.NaN, Number.NaN, expect.any(Number), Number.NaN]);
    expect(measured(60).known).toEqual({ seen: Array(4).fill(Number.NaN), byLead: Array(6).fill(Number.NaN) });
    for (const minutes of [25, 45]) {
      const uneven = { ...load(5).series, stepMs: minutes * MINUTE_MS };
      expect(measureKnowable(uneven, { first: FIRST, actual: levels }, ahead(uneven)).seen.every(Number.isNaN)).toBe(
        true,
      );
    }
  });

  it('is measured wherever some minutes are seen', () => {
    expect(coarse.byLead.every(Number.isFinite)).toBe(true);
  });

  it('stands beside the accuracy of forecasts by their lead, of loads whose minutes are all seen', () => {
    const growing = { ...known, byLead: [91, 82, 73, 64, 55, Number.NaN] };
    const table = knowableTable([growing, coarse]);
    expect(table).toContain('| forecast 3 h ahead | 73.0 | 1 |');
    expect(table).toContain('| forecast 24 h ahead | – | 0 |');
    expect(table).toContain(`| the mean of the first 30 minutes of the hour itself | ${off(100).toFixed(1)} | 1 |`);
  });

  it('is worse forecast the longer the lead, where levels last for hours', () => {
    const { series } = load(5);
    const slow = { ...series, values: series.values.map((_, i) => 1000 + 500 * Math.sin(i / 40)) };
    const { byLead } = measureKnowable(slow, { first: FIRST, actual: new Float64Array(FIRST).fill(1000) }, ahead(slow));
    expect(byLead[0]).toBeGreaterThan(byLead[3]!);
  });
});
