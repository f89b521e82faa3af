import { InvariantError } from '../kernel/errors.ts';
import { randomSource } from '../kernel/rng.ts';
import { ascending, quantileOfSorted } from '../kernel/statistics.ts';

export interface RatioIntervalOptions {
  /** Steps of one block: a day of them. */
  readonly blockSteps: number;
  /** @default 2000 */
  readonly resamples?: number;
  /** @default 1 */
  readonly seed?: number;
}

/** Ends of a central 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % percentile interval of Σ ours / Σ theirs over resampled steps: the moving-block bootstrap. Blocks of `blockSteps`
 * neighbouring steps are drawn with replacement, wherever they begin, until there are as many steps as before (the last
 * block is cut); both prices are taken from the same steps, so that a dear day is dear for both. The same seed draws the
 * same steps for every policy.
 *
 * Undefined for fewer than two whole blocks: one day says nothing of another. Throws `InvariantError` when the lengths
 * differ or a block has no step. Cost: O(steps + resamples · blocks).
 * Source: Künsch, The Jackknife and the Bootstrap for General Stationary Observations, Annals of Statistics 17(3), 1989;
 * Efron & Tibshirani, An Introduction to the Bootstrap (1993) §8.6, §13.3.
 */
export function ratioInterval(
  ours: Float64Array,
  theirs: Float64Array,
  { blockSteps, resamples = 2000, seed = 1 }: RatioIntervalOptions,
): Interval | undefined {
  const steps = ours.length;
  if (theirs.length !== steps || blockSteps < 1) {
    throw new InvariantError(
      `got ${steps} and ${theirs.length} steps in blocks of ${blockSteps}; equal numbers are needed`,
    );
  }
  if (steps < 2 * blockSteps) return undefined;
  const [a, b] = [runningSums(ours), runningSums(theirs)];
  const random = randomSource(seed);
  const ratios = Float64Array.from({ length: resamples }, () => {
    let [above, below] = [0, 0];
    for (let left = steps; left > 0; left -= blockSteps) {
      const from = Math.floor(random() * (steps - blockSteps + 1));
      const to = from + Math.min(left, blockSteps);
      above += a[to]! - a[from]!;
      below += b[to]! - b[from]!;
    }
    return above / below;
  });
  const sorted = ascending(ratios);
  return { low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}

function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return sums;
}
