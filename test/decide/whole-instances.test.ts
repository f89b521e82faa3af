import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostLaunched, mostTarget, UNWEIGHTED, type Weights } from '../../models/decide/whole-instances.ts';
import { units } from '../../models/kernel/units.ts';

const of = (...weights: number[]): Weights => weights.map(units);

/** Every capacity that launching whole instances can end at: the last one is launched while the target is not met. */
function reachable(target: number, weights: Weights): ReadonlySet<number> {
  const ends = new Set<number>();
  const seen = new Set<number>();
  const from = (have: number): void => {
    if (seen.has(have)) return;
    seen.add(have);
    if (have >= target) ends.add(have);
    else for (const weight of weights) from(have + weight);
  };
  from(0);
  return ends;
}

const weights = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })
  .map((all) => of(...all));
const target = fc.integer({ min: 0, max: 80 }).map(units);

describe('mostLaunched', () => {
  it.each([
    { case: 'a group without weights never overshoots', target: 9, weights: UNWEIGHTED, most: 9 },
    { case: 'one weight ends at its next multiple', target: 9, weights: of(8), most: 16 },
    { case: 'a multiple of the only weight is met exactly', target: 16, weights: of(8), most: 16 },
    { case: 'with ones among them the largest overshoots by all but one', target: 9, weights: of(1, 8), most: 16 },
    { case: 'a common divisor leaves less to overshoot', target: 9, weights: of(4, 8), most: 16 },
    { case: 'nothing wanted launches nothing', target: 0, weights: of(8), most: 0 },
  ])('$case', ({ target: wanted, weights: each, most }) => {
    expect(mostLaunched(units(wanted), each)).toBe(most);
  });

  it('is never exceeded, whichever instances are launched', () => {
    fc.assert(
      fc.property(target, weights, (wanted, each) => {
        for (const end of reachable(wanted, each)) expect(end).toBeLessThanOrEqual(mostLaunched(wanted, each));
      }),
    );
  });
});

describe('mostTarget', () => {
  it.each([
    { case: 'is the limit itself without weights', limit: 40, weights: UNWEIGHTED, most: 40 },
    { case: 'is the last whole instance of one weight', limit: 39, weights: of(8), most: 32 },
    { case: 'leaves room for the largest instance', limit: 40, weights: of(1, 8), most: 33 },
    { case: 'is nothing where one instance is too much', limit: 7, weights: of(8), most: 0 },
  ])('$case', ({ limit, weights: each, most }) => expect(mostTarget(limit, each)).toBe(most));

  it('keeps the limit, and one more would not', () => {
    fc.assert(
      fc.property(fc.nat(80), weights, (limit, each) => {
        const most = mostTarget(limit, each);
        expect(mostLaunched(most, each)).toBeLessThanOrEqual(limit);
        expect(mostLaunched(units(most + 1), each)).toBeGreaterThan(limit);
      }),
    );
  });
});
