import { describe, expect, it } from '@jest/globals';
import { fitTransfer, transferForecaster } from '../../../models/forecast/transfer/transfer-trees.ts';
import { instant, type Series } from '../../../models/kernel/series.ts';
import { seededNormal } from '../../seeded.ts';

const HOUR = 3_600_000;
const DAY = 24;

/** Days of one shape, whose second half of the day is a share higher or lower than that of the day before, in turn. */
function group(days: number, { size, seed }: { readonly size: number; readonly seed: number }): Series {
  const normal = seededNormal(seed);
  const values = Float64Array.from({ length: days * DAY }, (_, i) => {
    const shape = 10 + 4 * Math.sin((2 * Math.PI * i) / DAY);
    const swing = i % DAY < 12 ? 0 : 4 * (-1) ** Math.floor(i / DAY);
    return size * (shape + swing + 0.2 * normal());
  });
  return { startMs: instant(0), stepMs: HOUR, values };
}

const donors = [1, 2, 3].map((seed) => group(20, { size: 10 ** seed, seed }));
const learned = fitTransfer(donors);

describe('what groups teach each other', () => {
  if (!learned.ok) throw new Error(JSON.stringify(learned.refusal));
  const forecaster = transferForecaster(learned.value);

  it('forecasts a group of another size from its first day, far better than repeating that day', () => {
    const young = group(2, { size: 7, seed: 9 });
    const path = forecaster.path({ ...young, values: young.values.subarray(0, DAY) }, DAY);
    if (!path.ok) throw new Error(JSON.stringify(path.refusal));
    const errors = Array.from({ length: DAY }, (_, k) => ({
      own: Math.abs(young.values[DAY + k]! - path.value[k]!),
      repeated: Math.abs(young.values[DAY + k]! - young.values[k]!),
    }));
    const sum = (of: 'own' | 'repeated'): number => errors.reduce((total, error) => total + error[of], 0);
    // Six tenths of a correction are believed, so four tenths of the error stay.
    expect(sum('own')).toBeLessThan(0.6 * sum('repeated'));
  });

  it('is the same for the same groups, and survives JSON', () => {
    expect(fitTransfer(donors)).toEqual(learned);
    expect(JSON.parse(JSON.stringify(learned.value))).toEqual(learned.value);
  });

  it('scales with the group: a unit changes nothing else', () => {
    const { values, ...grid } = group(1, { size: 1, seed: 4 });
    const [once, scaled] = [1, 1e6].map((unit) =>
      forecaster.path({ ...grid, values: values.map((v) => unit * v) }, 30),
    );
    if (!once?.ok || !scaled?.ok) throw new Error('both must answer');
    once.value.forEach((value, k) => {
      expect(scaled.value[k]! / 1e6).toBeCloseTo(value, 6);
    });
  });

  it.each([
    { case: 'less than a day', steps: 23, stepMs: HOUR, fill: undefined, kind: 'too-short' },
    { case: 'steps that do not divide an hour', steps: 300, stepMs: 420_000, fill: undefined, kind: 'no-signal' },
    { case: 'a day that never changes', steps: 24, stepMs: HOUR, fill: 5, kind: 'no-signal' },
    { case: 'a gap', steps: 24, stepMs: HOUR, fill: Number.NaN, kind: 'not-finite' },
  ])('refuses $case', ({ steps, stepMs, fill, kind }) => {
    const values = Float64Array.from({ length: steps }, (_, i) => fill ?? i % 7);
    expect(forecaster.path({ startMs: instant(0), stepMs, values }, 5)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('refuses to learn from nobody, and passes over groups with less than two days, gaps or no change', () => {
    const nobody = { ok: false, refusal: { kind: 'no-signal' } };
    expect(fitTransfer([])).toMatchObject(nobody);
    const flat = { ...donors[0]!, values: new Float64Array(5 * DAY).fill(2) };
    const gap = { ...donors[0]!, values: donors[0]!.values.map((v, i) => (i === 30 ? Number.NaN : v)) };
    expect(fitTransfer([group(1, { size: 1, seed: 1 }), flat, gap])).toMatchObject(nobody);
    expect(fitTransfer([donors[0]!, flat, gap])).toEqual(fitTransfer([donors[0]!]));
  });
});
