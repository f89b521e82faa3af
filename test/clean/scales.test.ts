import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guerrero, logOf, restored, transformed } from '../../models/clean/box-cox.ts';
import { fitScaler, type ScalerKind, scaled, unscaled } from '../../models/clean/scaler.ts';
import { randomSource } from '../../models/kernel/rng.ts';

const KINDS: readonly ScalerKind[] = ['min-max', 'robust', 'standard'];
/** Loads; numbers so small that their own hundredth part is rounding are none. */
const load = fc.double({ min: 0, max: 1e9, noNaN: true }).map((x) => (x < 1e-3 ? 0 : x));
const numbers = fc.array(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((x) => (Math.abs(x) < 1e-200 ? 0 : x)),
  { minLength: 1, maxLength: 100 },
);

describe.each(KINDS)('the %s scale', (kind) => {
  it('gives back what it was given, to four roundings', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        const values = Float64Array.from(given);
        const scaler = fitScaler(kind, values);
        const back = unscaled(scaler, scaled(scaler, values));
        values.forEach((x, i) => {
          const size = Math.max(Math.abs(x), Math.abs(scaler.centre), Math.abs(x - scaler.centre));
          expect(Math.abs(back[i]! - x)).toBeLessThanOrEqual(4 * Number.EPSILON * size);
        });
      }),
    );
  });

  it('gives a constant series back bit for bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), fc.integer({ min: 1, max: 99 }), (x, n) => {
        const values = new Float64Array(n).fill(x);
        const scaler = fitScaler(kind, values);
        expect(unscaled(scaler, scaled(scaler, values))).toEqual(values);
      }),
    );
  });

  it('has a spread above 0 for whatever it is fitted to', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 20 }), (given) => {
        const { centre, spread } = fitScaler(kind, Float64Array.from(given));
        expect(spread).toBeGreaterThan(0);
        expect(Number.isFinite(spread)).toBe(true);
        expect(Number.isFinite(centre)).toBe(true);
      }),
      { examples: [[[-3e292, Number.MAX_VALUE]], [[-Number.MAX_VALUE, Number.MAX_VALUE]]] },
    );
  });
});

describe('the least-to-greatest scale', () => {
  it('maps onto 0 to 1', () => {
    const values = Float64Array.of(3, 5, 11);
    expect(Array.from(scaled(fitScaler('min-max', values), values))).toEqual([0, 0.25, 1]);
  });
});

describe('Box-Cox', () => {
  it.each([0, 0.25, 0.5, 1])('gives loads back at λ = %d', (lambda) => {
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 50 }), (given) => {
        const values = Float64Array.from(given);
        const law = { lambda, offset: logOf(values).offset };
        const back = restored(law, transformed(law, values));
        const size = Math.max(...given) + law.offset;
        values.forEach((x, i) => {
          expect(Math.abs(back[i]! - x)).toBeLessThanOrEqual(1e-9 * Math.max(x + law.offset, 1e-3 * size));
        });
      }),
    );
  });

  it('takes what lies below the transform of no load for no load', () => {
    expect(Array.from(restored({ lambda: 0.5, offset: 1 }, Float64Array.of(-100, Number.NEGATIVE_INFINITY)))).toEqual([
      0, 0,
    ]);
  });

  it.each([
    { case: 'a spread in proportion to the level', power: 1, least: 0, most: 0.15 },
    { case: 'a spread that grows as its root', power: 0.5, least: 0.35, most: 0.65 },
    { case: 'a spread that does not change', power: 0, least: 0.85, most: 1 },
  ])('finds by Guerrero’s method what evens out $case', ({ power, least, most }) => {
    const random = randomSource(4);
    const values = Float64Array.from({ length: 60 * 100 }, (_, i) => {
      const level = 1000 * (1 + Math.floor(i / 100) / 10);
      return level + (random() - 0.5) * 20 * (level / 1000) ** power;
    });
    const { lambda } = guerrero(values, 100);
    expect(lambda).toBeGreaterThanOrEqual(least);
    expect(lambda).toBeLessThanOrEqual(most);
  });

  it.each([
    { case: 'nothing', values: [] },
    { case: 'zeros', values: new Array(50).fill(0) },
    { case: 'a constant', values: new Array(50).fill(9) },
    { case: 'blanks', values: new Array(50).fill(Number.NaN) },
  ])('leaves the shape of $case alone', ({ values }) => {
    const law = guerrero(Float64Array.from(values), 5);
    expect(law.lambda).toBe(1);
    expect(law.offset).toBeGreaterThan(0);
  });
});
