import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zoneOf } from '../../models/calendar/zone.ts';
import { anatomyOf, learnable } from '../../models/features/inspect-load.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const utc = zoneOf('UTC');
if (!utc.ok) throw new Error(utc.refusal.reason);
const options = {
  zone: utc.value,
  lead: 2,
  trials: 1,
  search: 'grid',
  seed: 1,
} as const;

const hourly = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: 3_600_000, values });

/** A daily wave whose noise lasts for some hours. */
function load(days: number): Float64Array {
  const random = randomSource(days);
  let drift = 0;
  return Float64Array.from({ length: 24 * days }, (_, i) => {
    drift = 0.7 * drift + random() - 0.5;
    return 100 * (1 + 0.6 * Math.sin((2 * Math.PI * i) / 24)) + 20 * drift;
  });
}

describe('an inspection', () => {
  it('counts what was put into a load', () => {
    const values = load(21);
    values[200] = 5000;
    values.fill(0, 300, 302);
    const { outliers, zeros, shifts } = anatomyOf(hourly(values));
    expect(outliers.replaced).toBeGreaterThanOrEqual(1);
    expect(zeros).toBe(2);
    expect(shifts).toEqual([]);
  });

  it('learns a load better than what costs nothing, from the wave and the newest values', () => {
    const learned = learnable(hourly(load(40)), options);
    if (!learned.ok) throw new Error(learned.refusal.kind);
    const { test, naive, features, budget } = learned.value;
    expect(test.error).toBeLessThan(0.7 * Math.min(naive.lastValue, naive.dayBefore ?? Number.POSITIVE_INFINITY));
    expect(features.map(({ name }) => name)).toContain('lag 0');
    expect(budget).toEqual({ trials: 1, points: 12, fits: 3 });
  });

  it('chooses nothing by the last tenth', () => {
    const whole = load(40);
    const spoilt = Float64Array.from(whole).fill(7, Math.ceil(whole.length * 0.93));
    const chosen = (values: Float64Array) => {
      const learned = learnable(hourly(values), options);
      return learned.ok ? [learned.value.shape, learned.value.features] : undefined;
    };
    expect(chosen(spoilt)).toEqual(chosen(whole));
  });

  it.each([
    { case: 'a constant', values: new Float64Array(600).fill(5) },
    { case: 'zeros', values: new Float64Array(600) },
  ])('says that nothing can be learned of $case', ({ values }) => {
    expect(learnable(hourly(values), options)).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
    expect(anatomyOf(hourly(values))).toMatchObject({ outliers: { replaced: 0 }, shifts: [] });
  });

  it('gives numbers or a refusal for whatever the load was', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 1, 1e9, Number.NaN, Number.POSITIVE_INFINITY),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 400 }), (given, n) => {
        const values = Float64Array.from({ length: n }, (_, i) => given[(i * i) % given.length]!);
        const learned = learnable(hourly(values), options);
        if (learned.ok) {
          const { test, naive, features } = learned.value;
          const numbers = [test.error, naive.lastValue, ...features.flatMap((f) => [f.information, f.importance])];
          expect(numbers.every(Number.isFinite)).toBe(true);
        }
        for (const { ratio } of anatomyOf(hourly(values)).shifts) expect(ratio).not.toBeNaN();
      }),
      { numRuns: 25 },
    );
  });
});
