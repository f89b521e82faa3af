import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BandTerms,
  type CapacityBand,
  capacityBand,
  type LoadOdds,
  withinBand,
} from '../../models/decide/capacity-band.ts';
import { units } from '../../models/kernel/units.ts';

const terms = (changes: Partial<BandTerms> = {}): BandTerms => ({
  carriedBy: (count) => count,
  needNow: 1,
  lagSteps: 0,
  bootSteps: 1,
  cadenceSteps: 1,
  shortagePenalty: 20,
  ...changes,
});

/** Loads 1, 2, 3, … that are equally likely at every step. */
const uniform = (most: number, horizons: readonly number[] = [1, 2, 3, 5]): LoadOdds => ({
  horizons,
  exceedance: (_, load) => Math.min(1, Math.max(0, (most - Math.floor(load)) / most)),
});

/** The same load for certain at every step. */
const certain = (load: number): LoadOdds => ({ horizons: [1], exceedance: (_, level) => (load > level ? 1 : 0) });

describe('the band', () => {
  it('keeps a unit as long as missing it costs at least what having it does', () => {
    // P(need ≥ k) = (101 − k)/100 is above 1/20 up to k = 95; it is not needed in the present step.
    expect(capacityBand(uniform(100), terms()).keep).toBe(95);
  });

  it('launches fewer than it keeps, and fewer still the longer they boot', () => {
    const launches = [1, 2, 5].map((bootSteps) => capacityBand(uniform(100), terms({ bootSteps })).launch);
    expect(launches[0]).toBeLessThan(96);
    expect([...launches].sort((a, b) => b - a)).toEqual(launches);
  });

  it('is the need itself where the load is certain', () => {
    expect(capacityBand(certain(7), terms({ needNow: 7 }))).toEqual({ launch: 7, keep: 7 });
  });

  it('launches now what a rise one boot time away will need, and not before', () => {
    const rise = (at: number): LoadOdds => ({
      horizons: [1, 2, 3, 4, 5, 6, 7, 8],
      exceedance: (i, load) => ((i + 1 >= at ? 10 : 4) > load ? 1 : 0),
    });
    const asked = terms({ needNow: 4, bootSteps: 3 });
    expect(capacityBand(rise(3), asked).launch).toBe(10);
    expect(capacityBand(rise(4), asked).launch).toBe(4);
  });

  it('does not launch for a spike that costs less to miss than to serve', () => {
    const spike: LoadOdds = {
      horizons: [1, 2, 3, 4, 5, 6],
      exceedance: (i, load) => ((i + 1 === 5 ? 10 : 4) > load ? 1 : 0),
    };
    // Five steps of boot and one of service cost 6: more than a penalty of 5 for the one step.
    expect(capacityBand(spike, terms({ needNow: 4, bootSteps: 5, shortagePenalty: 5 })).launch).toBe(4);
    expect(capacityBand(spike, terms({ needNow: 4, bootSteps: 5, shortagePenalty: 7 })).launch).toBe(10);
  });

  it('keeps over a dip what would have to be launched again after it', () => {
    const dip = (length: number): LoadOdds => ({
      horizons: Array.from({ length: 18 }, (_, i) => i + 1),
      exceedance: (i, load) => ((i + 1 <= length ? 4 : 10) > load ? 1 : 0),
    });
    const asked = terms({ needNow: 4, bootSteps: 2 });
    expect(capacityBand(dip(1), asked).keep).toBe(10);
    expect(capacityBand(dip(12), asked).keep).toBe(4);
  });

  it('never lets go of what is needed now', () => {
    expect(capacityBand(certain(0), terms({ needNow: 9 })).launch).toBe(9);
  });

  it('looks past the lag: what was needed when the load was known last is not what is needed now', () => {
    const over: LoadOdds = { horizons: [1, 2, 3], exceedance: (_, load) => (2 > load ? 1 : 0) };
    expect(capacityBand(over, terms({ needNow: 2, lagSteps: 2 }))).toEqual({ launch: 2, keep: 2 });
  });
});

/** The best plan for one unit by trying all of them; what it does first. */
function bestFirst(missing: readonly number[], bootSteps: number, state: 'on' | 'off', h = 0): number {
  if (h >= missing.length) return 0;
  const off = missing[h]! + bestFirst(missing, bootSteps, 'off', h + 1);
  let ordered = Number.POSITIVE_INFINITY;
  if (h + bootSteps <= missing.length) {
    const boot = missing.slice(h, h + bootSteps).reduce((sum, price) => sum + 1 + price, 0);
    ordered = boot + bestFirst(missing, bootSteps, 'on', h + bootSteps);
  }
  const without = Math.min(off, ordered);
  return state === 'off' ? without : Math.min(1 + bestFirst(missing, bootSteps, 'on', h + 1), without);
}

describe('the plan of a unit', () => {
  it('is as cheap as the best of all plans', () => {
    const odds = fc.array(fc.constantFrom(0, 0.02, 0.05, 0.1, 0.3, 0.7, 1), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(odds, fc.integer({ min: 2, max: 30 }), (shares, shortagePenalty) => {
        const band = capacityBand(
          { horizons: [1, 2, 3, 4, 5, 6, 7, 8, 9], exceedance: (i, load) => (load < 2 ? shares[i]! : 0) },
          terms({ shortagePenalty }),
        );
        const missing = [0, ...shares.map((share) => share * shortagePenalty)];
        const rest = missing.slice(1);
        const keeping = 1 + bestFirst(rest, 1, 'on');
        const without = bestFirst(missing, 1, 'off');
        expect(band.keep >= 2).toBe(keeping <= without + 1e-12);
        const ordering = 1 + bestFirst(rest, 1, 'on');
        const waiting = bestFirst(rest, 1, 'off');
        expect(band.launch >= 2).toBe(ordering < waiting - 1e-12);
      }),
      { seed: 11, numRuns: 120 },
    );
  });
});

describe('within the band', () => {
  const band: CapacityBand = { launch: 5, keep: 9 };

  it.each([
    { case: 'less than is worth launching', standing: 3, target: 5 },
    { case: 'a capacity between the two', standing: 7, target: 7 },
    { case: 'more than is worth keeping', standing: 12, target: 9 },
  ])('$case becomes $target', ({ standing, target }) => {
    const decision = withinBand(band, units(standing));
    expect(decision).toMatchObject({ target, rule: 'band' });
    expect(decision.reasons[0]).toContain('5 are worth launching now, 9 are worth keeping');
  });
});
