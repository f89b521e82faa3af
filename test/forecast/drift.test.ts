import { describe, expect, it } from '@jest/globals';
import { CUSUM_LIMIT, type Drift, driftOf, hasDrifted } from '../../models/forecast/drift.ts';
import { seeded } from '../seeded.ts';

const random = seeded(5);

/** Errors as those of the fit, warped. */
const ranks = (count: number, warp: (rank: number) => number = (rank) => rank): Float64Array =>
  Float64Array.from({ length: count }, () => warp(random()));

const drift = (seen: Float64Array, leadSteps = 1): Drift => driftOf({ ranks: seen, leadSteps });

describe('drift of a forecast', () => {
  it('is not told where errors are those of the fit: fewer than five in a thousand lives of six hours', () => {
    const told = Array.from({ length: 2000 }, () => drift(ranks(72))).filter(hasDrifted);
    expect(told.length).toBeLessThan(10);
  });

  it.each([
    { case: 'all above nine tenths of those of the fit', warp: (rank: number) => 0.9 + 0.1 * rank },
    { case: 'all below a tenth of them', warp: (rank: number) => 0.1 * rank },
  ])('is told within twelve leads of errors $case', ({ warp }) => {
    const before = ranks(40);
    const after = ranks(12, warp);
    expect(hasDrifted(drift(before))).toBe(false);
    expect(drift(Float64Array.from([...before, ...after])).cusum).toBeGreaterThan(CUSUM_LIMIT);
  });

  it('stays told once it was, whatever comes after', () => {
    const shifted = ranks(30, (rank) => 0.9 + 0.1 * rank);
    expect(hasDrifted(drift(Float64Array.from([...shifted, ...ranks(200)])))).toBe(true);
  });

  it('is told of errors that have become larger on both sides alike, by their shares alone', () => {
    const wide = drift(ranks(72, (rank) => (rank < 0.5 ? 0.1 * rank : 1 - 0.1 * (1 - rank))));
    expect(wide.psi).toBeGreaterThan(wide.psiLimit);
  });

  it('is not told of one spike, however high', () => {
    const seen = ranks(60);
    seen[30] = 1;
    expect(drift(seen).cusum).toBeLessThan(CUSUM_LIMIT);
  });

  it('counts a step as its part of a lead, because forecasts that overlap err together', () => {
    const shifted = ranks(60, (rank) => 0.9 + 0.1 * rank);
    expect(drift(shifted, 5).cusum).toBeCloseTo(drift(shifted).cusum / 5, 9);
  });

  it('has no shares to tell by below twenty leads, and passes over blanks', () => {
    expect(drift(ranks(19))).toMatchObject({ psi: 0, psiLimit: 0 });
    const seen = ranks(50);
    const gapped = Float64Array.from([...seen, ...new Array(50).fill(Number.NaN)]);
    expect(drift(gapped)).toEqual(drift(seen));
  });
});
