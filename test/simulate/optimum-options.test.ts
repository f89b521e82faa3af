import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { optimum } from '../../models/simulate/optimum.ts';
import { minimumBillingSteps, type OptimumOptions } from '../../models/simulate/optimum-options.ts';
import { cheapestOfAll, smallProblem, steps, tryOut } from './optimum-tried-out.ts';
import { replayWith } from './series.ts';

const bounds = fc
  .record({ least: fc.nat(4), room: fc.nat(3), initial: fc.nat(5) })
  .map(({ least, room, initial }): OptimumOptions => ({ least, most: least + room, initial }));

/** A record for four steps; `cheapestOfAll` and `optimum` are given as much of it as the problem has steps. */
const record = fc.array(fc.record({ launchable: fc.boolean(), lost: fc.boolean() }), { minLength: 4, maxLength: 4 });
type Record4 = readonly { readonly launchable: boolean; readonly lost: boolean }[];

const availabilityOf = (whole: Record4, steps: number) => ({
  launchable: Uint8Array.from(whole.slice(0, steps), ({ launchable }) => Number(launchable)),
  lost: Uint8Array.from(whole.slice(0, steps), ({ lost }) => Number(lost)),
});

describe('the clairvoyant optimum within bounds', () => {
  it('is the cheapest of all sequences between the least and the most', () => {
    fc.assert(
      fc.property(smallProblem, bounds, (problem, options) => {
        expect(optimum(problem, options).J).toBe(cheapestOfAll(problem, options));
      }),
      { numRuns: 1500 },
    );
  });

  it('never costs less when bounds are tighter', () => {
    fc.assert(
      fc.property(smallProblem, bounds, fc.nat(3), fc.nat(3), (problem, options, lower, higher) => {
        const { least = 0, most = 0 } = options;
        const wider = { ...options, least: Math.max(0, least - lower), most: most + higher };
        expect(optimum(problem, options).J).toBeGreaterThanOrEqual(optimum(problem, wider).J);
      }),
      { numRuns: 1000 },
    );
  });

  it('pays for the units that the least asks for beyond the initial fleet', () => {
    const best = optimum(replayWith({ need: [1, 1], bootSteps: 5 }), { least: 3 });
    expect([best.J, best.launches, ...best.capacity]).toEqual([16, 2, 3, 3]);
  });

  it('lets the initial fleet go that is more than the most', () => {
    const best = optimum(replayWith({ need: [2, 2], penalty: 20 }), { initial: 9, most: 1 });
    expect([best.J, best.launches, ...best.capacity]).toEqual([42, 0, 1, 1]);
  });

  it.each([
    { case: 'a least above the most', options: { least: 3, most: 2 }, names: /the least is 3 units, the most 2/ },
    { case: 'half a unit', options: { most: 1.5 }, names: /most must be a whole number ≥ 0, got 1.5/ },
    { case: 'a negative fleet', options: { initial: -1 }, names: /initial must be .* got -1/ },
    {
      case: 'a record of another length',
      options: { availability: { launchable: new Uint8Array(2), lost: new Uint8Array(3) } },
      names: /availability has 2 and 3 steps; needs one value for each of 3/,
    },
  ])('refuses $case', ({ options, names }) => {
    expect(() => optimum(replayWith({ need: [1, 2, 3] }), options)).toThrow(names);
  });
});

describe('the clairvoyant optimum under recorded availability', () => {
  it('is the cheapest of all sequences that launch where they can and lose what is taken, within bounds too', () => {
    fc.assert(
      fc.property(smallProblem, record, fc.option(bounds), (problem, whole, within) => {
        const availability = availabilityOf(whole, problem.scoreTo);
        const options = { ...within, availability };
        const best = optimum(problem, options);
        expect(best.J).toBe(cheapestOfAll(problem, options));
        expect(tryOut(problem, [...best.capacity], options)).toBe(best.J);
      }),
      { numRuns: 3000 },
    );
  });

  it('never costs less when less is available', () => {
    fc.assert(
      fc.property(smallProblem, record, record, (problem, some, other) => {
        const fewer = some.map(({ launchable, lost }, i) => ({
          launchable: launchable && other[i]!.launchable,
          lost: lost || other[i]!.lost,
        }));
        const [J, more] = [some, fewer].map(
          (whole) => optimum(problem, { availability: availabilityOf(whole, problem.scoreTo) }).J,
        );
        expect(more).toBeGreaterThanOrEqual(J!);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the plain optimum when units can be launched always and are never lost', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const availability = {
          launchable: new Uint8Array(problem.scoreTo).fill(1),
          lost: new Uint8Array(problem.scoreTo),
        };
        expect(optimum(problem, { availability })).toEqual(optimum(problem));
      }),
    );
  });

  it.each([
    { case: 'launches before a gap what will be needed in it', launchable: [1, 1, 0], capacity: [1, 3, 3], J: 17 },
    { case: 'goes short where it never could launch', launchable: [0, 0, 0], capacity: [1, 1, 1], J: 43 },
  ])('$case', ({ launchable, capacity, J }) => {
    const availability = { launchable: Uint8Array.from(launchable), lost: new Uint8Array(3) };
    const best = optimum(replayWith({ need: [1, 1, 3], bootSteps: 5 }), { availability });
    expect([best.J, ...best.capacity]).toEqual([J, ...capacity]);
  });

  it('launches anew what was taken, as soon as it can', () => {
    const availability = { launchable: Uint8Array.of(1, 0, 1), lost: Uint8Array.of(0, 1, 0) };
    const best = optimum(replayWith({ need: [2, 2, 2], bootSteps: 3 }), { availability });
    expect([best.J, best.launches, ...best.capacity]).toEqual([2 + 40 + 2 + 6, 2, 2, 0, 2]);
  });
});

describe('the clairvoyant optimum under minimum billing', () => {
  const minimum = fc.integer({ min: 1, max: 9 });
  /** Up to five steps of up to three units: room for units that owe to overlap. */
  const longer = fc
    .record({ steps: steps(5, 3), bootSteps: fc.integer({ min: 1, max: 4 }), penalty: fc.integer({ min: 0, max: 12 }) })
    .map(({ steps, ...rest }) =>
      replayWith({ ...rest, need: steps.map((s) => s.need), blank: steps.map((s) => s.blank) }),
    );

  it('is the cheapest of all sequences', () => {
    fc.assert(
      fc.property(fc.oneof(smallProblem, longer), minimum, (problem, minimumSteps) => {
        const best = optimum(problem, { minimumSteps });
        expect(best.J).toBe(cheapestOfAll(problem, { minimumSteps }));
        expect(tryOut(problem, [...best.capacity], { minimumSteps })).toBe(best.J);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the cheapest of all sequences within bounds and under recorded availability too', () => {
    fc.assert(
      fc.property(smallProblem, minimum, bounds, record, (problem, minimumSteps, within, whole) => {
        const options = { ...within, minimumSteps, availability: availabilityOf(whole, problem.scoreTo) };
        expect(optimum(problem, options).J).toBe(cheapestOfAll(problem, options));
      }),
      { numRuns: 1500 },
    );
  });

  it('never costs less when the minimum is longer', () => {
    fc.assert(
      fc.property(longer, minimum, fc.nat(4), (problem, minimumSteps, more) => {
        const J = optimum(problem, { minimumSteps }).J;
        expect(optimum(problem, { minimumSteps: minimumSteps + more }).J).toBeGreaterThanOrEqual(J);
      }),
    );
  });

  it('changes nothing up to a boot and a step', () => {
    fc.assert(
      fc.property(longer, (problem) => {
        expect(optimum(problem, { minimumSteps: problem.bootSteps + 1 })).toEqual(optimum(problem));
      }),
    );
  });

  it('lets the older unit go and keeps the one that still owes', () => {
    const best = optimum(replayWith({ need: [1, 2, 1], bootSteps: 1 }), { minimumSteps: 3 });
    expect([best.J, best.launches, ...best.capacity]).toEqual([5, 1, 1, 2, 1]);
  });

  it('pays what a unit still owes when it is taken', () => {
    const availability = { launchable: Uint8Array.of(1, 1, 0), lost: Uint8Array.of(0, 0, 1) };
    const best = optimum(replayWith({ need: [1, 2, 1], bootSteps: 1 }), { minimumSteps: 6, availability });
    // One step of boot, one of service and four still owed for the unit that served step 1 alone.
    expect([best.J, ...best.capacity]).toEqual([1 + 2 + 1 + 4 + 20, 1, 2, 0]);
  });

  it.each([
    { case: 'ten-second steps', stepSeconds: 10, expected: 6 },
    { case: 'steps that do not divide a minute', stepSeconds: 25, expected: 3 },
    { case: 'a minute', stepSeconds: 60, expected: 1 },
    { case: 'five minutes', stepSeconds: 300, expected: 1 },
  ])('owes a minute in whole steps: $case', ({ stepSeconds, expected }) => {
    expect(minimumBillingSteps(60, stepSeconds)).toBe(expected);
  });
});
