import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linearScale, ticksBetween, ticksFromZero, timeTicks } from '../../../cli/chart/scale.ts';

const HOUR = 3_600_000;

describe('scales', () => {
  it('maps the ends of the domain to the ends of the range', () => {
    const scale = linearScale([10, 20], [100, 0]);
    expect([scale(10), scale(15), scale(20)]).toEqual([100, 50, 0]);
  });

  it('stays finite when the domain has no extent', () => {
    expect(linearScale([5, 5], [0, 100])(5)).toBe(0);
  });

  it.each([
    { max: 64, ticks: [0, 20, 40, 60, 80] },
    { max: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { max: 0, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { max: Number.NaN, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  ])('puts round values from 0 to above $max', ({ max, ticks }) => {
    expect(ticksFromZero(max, 5)).toEqual(ticks);
  });

  it('always reaches the greatest value with a handful of ticks', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (max) => {
        const ticks = ticksFromZero(max, 5);
        expect(ticks.at(-1)! * (1 + 1e-6)).toBeGreaterThanOrEqual(max);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('puts a day at every second whole hour', () => {
    const from = Date.UTC(2026, 0, 1, 0, 30);
    const ticks = timeTicks(from, from + 24 * HOUR, 12);
    expect(ticks).toHaveLength(12);
    expect(ticks.every((ms) => ms % (2 * HOUR) === 0)).toBe(true);
  });

  it.each([1 / 4, 1, 24, 24 * 5, 24 * 365])('marks about a dozen times in %d hours', (hours) => {
    const count = timeTicks(0, hours * HOUR, 12).length;
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThanOrEqual(13);
  });

  it.each([1 / 600, 1 / 60])('marks times in %d hours, shorter than five minutes', (hours) => {
    expect(timeTicks(0, hours * HOUR, 12).length).toBeGreaterThan(1);
  });

  it('gives round values from below the least to above the greatest', () => {
    const range = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(range, ([min, extent]) => {
        const ticks = ticksBetween(min, min + extent, 4);
        const slack = 1e-6 * (Math.abs(min) + extent);
        expect(ticks[0]!).toBeLessThanOrEqual(min + slack);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(min + extent - slack);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
    expect(ticksBetween(83, 92, 3)).toEqual([80, 85, 90, 95]);
  });
});
