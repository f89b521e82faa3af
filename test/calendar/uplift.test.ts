import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventRule, PlannedEvent } from '../../models/calendar/event.ts';
import { factorOver, factorsOf } from '../../models/calendar/event-factor.ts';
import { learnUplifts } from '../../models/calendar/learn-uplift.ts';
import { planned } from '../../models/calendar/occurrences.ts';
import { historyWithoutEvents } from '../../models/calendar/without-events.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const STEP_MS = 600_000;
const DAY = 144;
/** A Monday. */
const START = Date.parse('2026-01-05T00:00Z');

const plan = (rule: Partial<EventRule>): PlannedEvent => {
  const event = planned({ name: 'sale', zone: 'UTC', ...rule }, { fromMs: START, toMs: START + 30 * DAY * STEP_MS });
  if (!event.ok) throw new Error(event.refusal.reason);
  return event.value;
};

/** A daily wave with noise of a stated share; `times` multiplies each step. */
function history(days: number, noise: number, times: (atMs: number) => number = () => 1): Series {
  const random = randomSource(days);
  const values = Float64Array.from({ length: days * DAY }, (_, i) => {
    const wave = 100 * (1 + 0.5 * Math.sin((2 * Math.PI * i) / DAY));
    return wave * (1 + noise * (2 * random() - 1)) * times(START + i * STEP_MS);
  });
  return { startMs: instant(START), stepMs: STEP_MS, values };
}

/** What a rule does when it multiplies the load by so much. */
const during = (event: PlannedEvent, factor: number) => (atMs: number) =>
  event.windows.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs) ? factor : 1;

const wednesdays = plan({ starts: '2026-01-07T10:00', durationMinutes: 120, repeats: { every: 'week', interval: 1 } });
const firstWednesday = plan({ starts: '2026-01-07T10:00', durationMinutes: 120 });

describe('the uplift of an event', () => {
  it.each([
    { case: 'doubles', factor: 2 },
    { case: 'halves', factor: 0.5 },
    { case: 'does nothing to', factor: 1 },
  ])('is learned where it $case the load', ({ factor }) => {
    const [learned] = learnUplifts(history(21, 0.05, during(wednesdays, factor)), [wednesdays]);
    expect(learned?.occurrences).toBe(3);
    expect(Math.abs(Math.log(learned!.uplift / factor))).toBeLessThan(0.05);
  });

  it('is nearer to 1 the noisier the load and the fewer the occurrences', () => {
    const of = (days: number, noise: number): number =>
      learnUplifts(history(days, noise, during(wednesdays, 2)), [wednesdays])[0]!.uplift;
    expect(of(21, 0.02)).toBeGreaterThan(of(21, 0.9));
    const single = learnUplifts(history(21, 0.9, during(firstWednesday, 2)), [firstWednesday])[0]!;
    expect(single.occurrences).toBe(1);
    expect(single.uplift).toBeGreaterThan(1);
    expect(single.uplift).toBeLessThan(of(21, 0.02));
  });

  it('is what was expected of it until it has taken place', () => {
    const later = plan({ starts: '2026-01-30T10:00', durationMinutes: 60, uplift: 3 });
    const [learned] = learnUplifts(history(14, 0.05), [later]);
    expect(learned).toMatchObject({ occurrences: 0, uplift: expect.closeTo(3, 12) });
    expect(learned?.windows).toHaveLength(1);
  });

  it('is not learned from an occurrence that another event overlies', () => {
    const week = plan({ name: 'week', dates: ['2026-01-06', '2026-01-07', '2026-01-08'] });
    const both = learnUplifts(history(14, 0.05, during(firstWednesday, 2)), [firstWednesday, week]);
    expect(both[0]).toMatchObject({ occurrences: 0, uplift: 1 });
    expect(both[1]?.occurrences).toBe(3);
  });

  it('is learned from the past alone', () => {
    const whole = history(21, 0.05, during(wednesdays, 2));
    const cut = 15 * DAY;
    const changed = { ...whole, values: whole.values.map((value, i) => (i < cut ? value : 1e6)) };
    const upTo = (series: Series) => learnUplifts({ ...series, values: series.values.subarray(0, cut) }, [wednesdays]);
    expect(upTo(changed)).toEqual(upTo(whole));
  });

  it('is a number above 0 for whatever the load was', () => {
    const load = fc.oneof(fc.constantFrom(0, 1e9, 1e300), fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 700 }), (given, n) => {
        const values = Float64Array.from({ length: n }, (_, i) => given[i % given.length]!);
        const series = { startMs: instant(START), stepMs: 3_600_000, values };
        const [learned] = learnUplifts(series, [wednesdays]);
        expect(learned!.uplift).toBeGreaterThan(0);
        expect(Number.isFinite(learned!.uplift)).toBe(true);
        const without = historyWithoutEvents(series, [wednesdays], [learned!]);
        expect(without.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a history without its events', () => {
  it('is the load as it would have been', () => {
    const whole = history(21, 0, during(wednesdays, 2));
    const without = historyWithoutEvents(whole, [wednesdays], learnUplifts(whole, [wednesdays]));
    const plain = history(21, 0).values;
    expect(Math.max(...without.values.map((value, i) => Math.abs(value / plain[i]! - 1)))).toBeLessThan(0.02);
  });

  it('has the usual load where an event left too little to tell by', () => {
    const whole = history(21, 0, during(wednesdays, 0.1));
    const without = historyWithoutEvents(whole, [wednesdays], learnUplifts(whole, [wednesdays]));
    const plain = history(21, 0).values;
    expect(Math.max(...without.values.map((value, i) => Math.abs(value / plain[i]! - 1)))).toBeLessThan(1e-9);
  });

  it('is the very same history where no event touches it', () => {
    const whole = history(3, 0.1);
    const later = plan({ starts: '2026-01-30T10:00', durationMinutes: 60, uplift: 3 });
    expect(historyWithoutEvents(whole, [later], learnUplifts(whole, [later]))).toBe(whole);
    expect(historyWithoutEvents(whole, [], [])).toBe(whole);
  });
});

describe('the factor of a step', () => {
  it('counts the share of the step that an event takes, and multiplies events that overlap', () => {
    const window = { fromMs: instant(START), toMs: instant(START + STEP_MS / 2) };
    const events = [
      { uplift: 3, windows: [window] },
      { uplift: 0.5, windows: [{ ...window, toMs: instant(START + STEP_MS) }] },
    ];
    expect(factorOver(events, START, START + STEP_MS)).toBe(2 * 0.5);
    expect(factorOver(events, START + STEP_MS, START + 2 * STEP_MS)).toBe(1);
    const series = { startMs: instant(START), stepMs: STEP_MS, values: new Float64Array(2) };
    expect(factorsOf(events, series)).toEqual(Float64Array.of(1, 1));
  });
});
