import { changepoints } from '../../models/clean/changepoints.ts';
import { randomSource } from '../../models/kernel/rng.ts';

/** Shares of stretches of noise in which a change was seen where there is none, and in which two were found and placed. */
export interface ChangeShares {
  readonly alarms: number;
  readonly found: number;
}

const STRETCHES = 500;
const OPTIONS = { leastSteps: 20, memorySteps: 20 };

/** Sum of twelve uniform numbers less six, each remembering a share of the one before. */
function noise(steps: number, seed: number, memory: number): Float64Array {
  const random = randomSource(seed);
  let last = 0;
  return Float64Array.from({ length: steps }, () => {
    let z = -6;
    for (let k = 0; k < 12; k++) z += random();
    last = memory * last + z;
    return last;
  });
}

/** Noise of so many steps that remembers this share; the changes are 1.5 spreads of its innovations, a third each way. */
export function changeShares(steps: number, memory: number): ChangeShares {
  const seeds = Array.from({ length: STRETCHES }, (_, i) => i + 1);
  const third = Math.floor(steps / 3);
  const alarms = seeds.filter((seed) => changepoints(noise(steps, seed, memory), OPTIONS).length > 1);
  const found = seeds.filter((seed) => {
    const values = noise(steps, seed, memory).map((z, i) => z + (i >= third && i < 2 * third ? 1.5 : 0));
    const [, second, last, ...more] = changepoints(values, OPTIONS).map(({ from }) => from);
    return more.length === 0 && near(second, third) && near(last, 2 * third);
  });
  return { alarms: alarms.length / STRETCHES, found: found.length / STRETCHES };
}

const near = (at: number | undefined, wanted: number): boolean => at !== undefined && Math.abs(at - wanted) <= 10;
