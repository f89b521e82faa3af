import { describe, expect, it } from '@jest/globals';
import type { LearnedEvent } from '../../models/calendar/event.ts';
import { outlookWithEvents, peakWithEvents } from '../../models/forecast/event-correction.ts';
import type { LoadOutlook } from '../../models/forecast/outlook.ts';
import type { PeakForecast } from '../../models/forecast/peak.ts';
import { instant } from '../../models/kernel/series.ts';

const STEP_MS = 60_000;

/** An event that takes the steps [from, to) after the newest known one. */
const event = (uplift: number, from: number, to: number): LearnedEvent => ({
  id: 'e',
  name: 'e',
  uplift,
  occurrences: 1,
  windows: [{ fromMs: instant(from * STEP_MS), toMs: instant(to * STEP_MS) }],
});

const peak: PeakForecast = {
  anchoredAtMs: instant(0),
  expectedPath: Float64Array.of(10, 20, 30, 20),
  expectedPeak: 30,
  quantile: (p) => 30 + 10 * p,
  scenarios: Float64Array.of(25, 30, 35),
  highestLevel: 0.75,
};

describe('the peak with its events', () => {
  it('is lifted by as much as its expected path', () => {
    const lifted = peakWithEvents(peak, [event(2, 1, 2)], STEP_MS);
    expect(Array.from(lifted.expectedPath)).toEqual([10, 40, 30, 20]);
    expect(lifted.expectedPeak).toBe(40);
    expect(lifted.quantile(0.5)).toBeCloseTo((35 * 40) / 30, 12);
    expect(Array.from(lifted.scenarios)).toEqual([25, 30, 35].map((load) => load * (40 / 30)));
    expect(lifted.highestLevel).toBe(0.75);
    expect(lifted.expects).toEqual(['"e" × 2.00']);
  });

  it('is lowered where an event takes load away', () => {
    expect(peakWithEvents(peak, [event(0.5, 0, 4)], STEP_MS)).toMatchObject({ expectedPeak: 15 });
  });

  it('is the very same where no event falls into its window', () => {
    expect(peakWithEvents(peak, [event(2, 4, 9)], STEP_MS)).toBe(peak);
    expect(peakWithEvents(peak, [], STEP_MS)).toBe(peak);
  });
});

/** Loads between 0 and 100 · steps, all alike. */
const horizons = [1, 2, 5, 12];
const outlook: LoadOutlook = {
  anchoredAtMs: instant(0),
  stepMs: STEP_MS,
  horizons,
  exceedance: (i, load) => Math.max(0, 1 - load / (100 * horizons[i]!)),
  quantile: (i, p) => 100 * horizons[i]! * p,
  past: { leadSteps: 1, ranks: new Float64Array(0) },
};

describe('the outlook with its events', () => {
  it('knows an event that falls between two of its horizons', () => {
    const lifted = outlookWithEvents(outlook, [event(3, 7, 9)]);
    expect(lifted.horizons).toEqual([1, 2, 5, 7, 8, 9, 10, 11, 12]);
    const medians = lifted.horizons.map((_, i) => lifted.quantile(i, 0.5));
    expect(medians).toEqual([50, 100, 250, 600, 1800, 1800, 600, 600, 600]);
    const eighth = lifted.horizons.indexOf(8);
    expect(lifted.exceedance(eighth, 1800)).toBeCloseTo(0.5, 12);
  });

  it('is the very same where no event reaches it', () => {
    expect(outlookWithEvents(outlook, [event(3, 13, 20)])).toBe(outlook);
    expect(outlookWithEvents(outlook, [event(3, -20, 0)])).toBe(outlook);
  });
});
