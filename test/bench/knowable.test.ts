import { describe, expect, it } from '@jest/globals';
import { knowableTable, measureKnowable } from '../../bench/forecast/knowable.ts';
import { instant } from '../../models/kernel/series.ts';

const HOUR_MS = 3_600_000;

/** Two quarters of an hour at 100, two at `late`; every hour alike. */
const load = (late: number, stepMs = HOUR_MS / 4, steps = 1920) => ({
  mayHaveBlanks: true as const,
  startMs: instant(0),
  stepMs,
  values: Float64Array.from({ length: steps }, (_, i) => (i % 4 < 2 ? 100 : late)),
});

const targets = (actual: number) => ({ first: 240, actual: new Float64Array(240).fill(actual) });

describe('what is known of an hour', () => {
  it('is by how much the mean of its first minutes is off', () => {
    const { seen } = measureKnowable(load(60), targets(80));
    expect(seen).toEqual([Number.NaN, 75, 75, expect.closeTo(100 * (1 - (260 / 3 - 80) / 80), 10)]);
  });

  it('is nothing where the load has no finer steps', () => {
    const { seen } = measureKnowable(load(60, HOUR_MS), targets(80));
    expect(seen.every(Number.isNaN)).toBe(true);
  });

  it('stands beside the accuracy of forecasts by their lead', () => {
    const known = measureKnowable(load(60), targets(80));
    expect(known.byLead[0]).toBeCloseTo(100, 9);
    expect(knowableTable([known])).toContain('| forecast 1 h ahead | 100.0 | 1 |');
    expect(knowableTable([known])).toContain('| the mean of the first 30 minutes of the hour itself | 75.0 | 1 |');
  });
});
