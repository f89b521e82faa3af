import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadInputError } from '../../models/kernel/errors.ts';
import { fluid } from '../../models/queue/fluid.ts';

const whole = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), { maxLength: 60 });
const real = fc.double({ min: 0, max: 1e6, noNaN: true });
const any = fc.array(fc.tuple(real, real), { maxLength: 60 });

const stepsOf = (pairs: readonly (readonly [number, number])[]) => ({
  arrivals: pairs.map(([arrivals]) => arrivals),
  capacity: pairs.map(([, capacity]) => capacity),
});

/** The wait of the last work of step t, found by taking each later step's capacity from what waits. */
function walkedWait(backlog: number, capacity: readonly number[]): number {
  let ahead = backlog;
  for (let i = 0; i < capacity.length; i++) {
    if (ahead === 0) return 0;
    const done = capacity[i] ?? 0;
    if (ahead <= done) return i + ahead / done;
    ahead -= done;
  }
  return ahead === 0 ? 0 : Number.POSITIVE_INFINITY;
}

describe('a queue as a fluid', () => {
  it('carries over what capacity leaves, and serves it before what comes later', () => {
    const run = fluid({ arrivals: [10, 0, 4, 0], capacity: [4, 4, 4, 4] });
    expect([...run.served]).toEqual([4, 4, 4, 2]);
    expect([...run.backlog]).toEqual([6, 2, 2, 0]);
    expect([...run.waitSteps]).toEqual([1.5, 0.5, 0.5, 0]);
  });

  it('begins with the work that waits already, and says where work is never done', () => {
    const run = fluid({ arrivals: [1, 1], capacity: [2, 0], backlog: 3 });
    expect([...run.backlog]).toEqual([2, 3]);
    expect([...run.waitSteps]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it('has nothing to say about no step', () => {
    expect(fluid({ arrivals: [], capacity: [] }).served).toHaveLength(0);
  });

  it('loses and invents nothing: for whole numbers arrivals are served or wait, to the bit', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 99 }), (pairs, before) => {
        const steps = stepsOf(pairs);
        const { served, backlog } = fluid({ ...steps, backlog: before });
        let [arrived, done] = [before, 0];
        served.forEach((work, t) => {
          arrived += steps.arrivals[t] ?? 0;
          done += work;
          expect(done + (backlog[t] ?? 0)).toBe(arrived);
        });
      }),
    );
  });

  it('loses and invents nothing beyond a part in 1e9 for any numbers', () => {
    fc.assert(
      fc.property(any, (pairs) => {
        const steps = stepsOf(pairs);
        const { served, backlog } = fluid(steps);
        const arrived = steps.arrivals.reduce((sum, a) => sum + a, 0);
        const done = served.reduce((sum, s) => sum + s, 0) + (backlog.at(-1) ?? 0);
        return Math.abs(done - arrived) <= 1e-9 * arrived;
      }),
    );
  });

  it('never serves beyond capacity, and idles only where nothing waits', () => {
    fc.assert(
      fc.property(any, (pairs) => {
        const steps = stepsOf(pairs);
        const { served, backlog } = fluid(steps);
        return served.every((work, t) => {
          const capacity = steps.capacity[t] ?? 0;
          return work === capacity || (work < capacity && backlog[t] === 0);
        });
      }),
    );
  });

  it('lets the last work of each step wait until all before it is done', () => {
    fc.assert(
      fc.property(whole, (pairs) => {
        const steps = stepsOf(pairs);
        const { backlog, waitSteps } = fluid(steps);
        waitSteps.forEach((wait, t) => {
          const walked = walkedWait(backlog[t] ?? 0, steps.capacity.slice(t + 1));
          if (Number.isFinite(walked)) expect(wait).toBeCloseTo(walked, 9);
          else expect(wait).toBe(walked);
        });
      }),
    );
  });

  it('costs one pass over a month of minutes that never catches up', () => {
    const arrivals = new Float64Array(44_640).fill(2);
    const run = fluid({ arrivals, capacity: new Float64Array(44_640).fill(1) });
    expect(run.waitSteps[0]).toBe(1);
    expect(run.waitSteps[10_000]).toBe(10_001);
    expect(run.backlog.at(-1)).toBe(44_640);
  });

  it.each([
    { case: 'unequal lengths', give: () => fluid({ arrivals: [1], capacity: [] }), says: 'got 1 and 0 steps' },
    { case: 'negative work', give: () => fluid({ arrivals: [1, -2], capacity: [1, 1] }), says: 'got -2 at step 1' },
    { case: 'no number', give: () => fluid({ arrivals: [1], capacity: [Number.NaN] }), says: 'capacity must be' },
    { case: 'an endless backlog', give: () => fluid({ arrivals: [], capacity: [], backlog: 1 / 0 }), says: 'backlog' },
  ])('refuses $case', ({ give, says }) => {
    expect(give).toThrow(BadInputError);
    expect(give).toThrow(says);
  });
});
