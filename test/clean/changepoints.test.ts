import { describe, expect, it } from '@jest/globals';
import { changepoints } from '../../models/clean/changepoints.ts';
import { levelShifts } from '../../models/clean/level-shifts.ts';
import { pelt } from '../../models/clean/pelt.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant } from '../../models/kernel/series.ts';

/** Sum of twelve uniform numbers less six: near enough to normal, variance 1. */
function noise(n: number, seed: number, memory = 0): Float64Array {
  const random = randomSource(seed);
  let last = 0;
  return Float64Array.from({ length: n }, () => {
    let z = -6;
    for (let k = 0; k < 12; k++) z += random();
    last = memory * last + z;
    return last;
  });
}

/** The least cost by trying every partition, as in Jackson et al. (2005); no pruning. */
function bruteCost(values: Float64Array, penalty: number, least: number): number {
  const best = [-penalty];
  for (let t = 1; t <= values.length; t++) {
    let lowest = Number.POSITIVE_INFINITY;
    for (let s = 0; s + least <= t; s++) lowest = Math.min(lowest, best[s]! + sse(values.subarray(s, t)) + penalty);
    best.push(lowest);
  }
  return best[values.length]!;
}

const sse = (part: Float64Array): number => {
  const centre = part.reduce((a, b) => a + b, 0) / part.length;
  return part.reduce((sum, x) => sum + (x - centre) ** 2, 0);
};

describe('pruned search for changepoints', () => {
  it.each([1, 2, 3, 5, 8])('finds the cheapest of all partitions when segments have %i steps at least', (least) => {
    for (let seed = 1; seed <= 20; seed++) {
      const values = noise(60, seed).map((z, i) => z + (i % 17 > 8 ? 2 : 0));
      const ends = pelt(values, { penalty: 4, leastSteps: least });
      const cost = ends.reduce((sum, to, k) => sum + sse(values.subarray(ends[k - 1] ?? 0, to)) + 4, -4);
      expect(cost).toBeCloseTo(bruteCost(values, 4, least), 8);
      expect(ends.every((to, k) => to - (ends[k - 1] ?? 0) >= least)).toBe(true);
    }
  });
});

describe('changes of level', () => {
  const options = { leastSteps: 20, memorySteps: 20 };

  it.each([
    { case: 'independent noise', memory: 0 },
    { case: 'noise that remembers', memory: 0.6 },
  ])('are seen in at most 2 of 60 stretches of $case without any', ({ memory }) => {
    const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
    const alarms = seeds.filter((seed) => changepoints(noise(600, seed, memory), options).length > 1);
    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  it('are found where they are, and nowhere else, at one and a half spreads', () => {
    const seeds = Array.from({ length: 30 }, (_, i) => 1000 + i);
    const right = seeds.filter((seed) => {
      const values = noise(900, seed).map((z, i) => z + (i >= 300 && i < 600 ? 1.5 : 0));
      const [, second, third, ...more] = changepoints(values, options).map(({ from }) => from);
      return more.length === 0 && Math.abs(second! - 300) <= 10 && Math.abs(third! - 600) <= 10;
    });
    expect(right.length).toBeGreaterThanOrEqual(28);
  });

  it('are placed to the step in a series of more steps than are searched', () => {
    const values = noise(100_000, 3).map((z, i) => z + (i >= 54_321 ? 8 : 0));
    expect(changepoints(values, { leastSteps: 1000, memorySteps: 1000 }).map(({ from }) => from)).toEqual([0, 54_321]);
  });

  it('are not made by one enormous spike', () => {
    const values = noise(1000, 5);
    values[500] = 1e9;
    expect(changepoints(values, options)).toHaveLength(1);
  });

  it('of a load with days and weekends are those that last', () => {
    const day = 288;
    const z = noise(28 * day, 9);
    const values = z.map((e, i) => {
      const weekend = Math.floor(i / day) % 7 >= 5 ? 0.6 : 1;
      const level = i >= 20 * day ? 200 : 100;
      return level * weekend * (1 + 0.5 * Math.sin((2 * Math.PI * i) / day)) + 3 * e;
    });
    const shifts = levelShifts({ startMs: instant(0), stepMs: 300_000, values });
    expect(shifts).toHaveLength(1);
    expect(Math.abs(shifts[0]!.at - 20 * day)).toBeLessThanOrEqual(day / 2);
    expect(shifts[0]!.ratio).toBeGreaterThan(1.7);
    expect(shifts[0]!.ratio).toBeLessThan(2.3);
  });
});
