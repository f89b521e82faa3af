import { describe, expect, it } from '@jest/globals';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { theta } from '../../models/forecast/theta.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const MINUTE = 60_000;
const DAY_MS = 1440 * MINUTE;

const recorded = (days: number, minutes: number, of: (day: number) => number): Series => {
  const length = (days * 1440) / minutes;
  return {
    startMs: instant(0),
    stepMs: minutes * MINUTE,
    values: Float64Array.from({ length }, (_, t) => of((t * minutes * MINUTE) / DAY_MS)),
  };
};

function nextDay(history: Series): Float64Array {
  const answer = theta.path(history, DAY_MS / history.stepMs);
  if (!answer.ok) throw new Error('theta declined');
  return answer.value;
}

describe('Theta', () => {
  it.each([60, 30, 5, 1])('finds the day in steps of %d minutes', (minutes) => {
    const wave = (day: number): number => 100 + 60 * Math.sin(2 * Math.PI * day);
    const error = meanAbsoluteError(recorded(1, minutes, wave).values, nextDay(recorded(9, minutes, wave)));
    expect(error).toBeLessThan(4);
  });

  it('finds the week where it tells more than the day', () => {
    const wave = (day: number): number => (Math.floor(day) % 7 < 5 ? 100 : 20) + 10 * Math.sin(2 * Math.PI * day);
    const saturday = nextDay(recorded(26, 5, wave));
    expect(Math.max(...saturday)).toBeLessThan(50);
  });

  it('adds half the slope of what grows', () => {
    const path = nextDay(recorded(10, 60, (day) => 100 + 24 * day));
    expect(path.at(-1)! - path[0]!).toBeGreaterThan(9);
    expect(path.at(-1)! - path[0]!).toBeLessThan(15);
  });

  it('adds half the slope of what grows by day and night', () => {
    const growing = recorded(12, 60, (day) => (100 + 20 * day) * (1 + 0.8 * Math.sin(2 * Math.PI * day)));
    const answer = theta.path(growing, 48);
    if (!answer.ok) throw new Error('theta declined');
    const mean = (from: number): number => answer.value.subarray(from, from + 24).reduce((sum, x) => sum + x, 0) / 24;
    expect(mean(24) - mean(0)).toBeGreaterThan(9);
    expect(mean(24) - mean(0)).toBeLessThan(11);
  });

  it('does not take a job in a quiet night for a thousand times the load', () => {
    const office = (day: number): number => (Math.floor(day) % 7 < 5 && day % 1 > 0.3 && day % 1 < 0.75 ? 100 : 0.02);
    const quiet = recorded(25, 60, office);
    const calm = nextDay(quiet);
    const values = quiet.values.slice();
    values[values.length - 2] = 60;
    const after = nextDay({ ...quiet, values });
    expect(Math.max(...calm)).toBeLessThan(150);
    // Sixty more, times a season of at most three.
    expect(Math.max(...after)).toBeLessThan(350);
  });

  it('says in words why it declines', () => {
    expect(
      theta.path(
        recorded(1, 60, () => 1),
        24,
      ),
    ).toMatchObject({ ok: false, refusal: { kind: 'too-short' } });
  });
});
