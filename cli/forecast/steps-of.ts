import { BadInputError } from '../../models/kernel/errors.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';

/** Most steps that a flag may ask for: a typing error should not fill the memory. */
const MOST_STEPS = 1_000_000;

/** A flag's seconds in whole steps of a load, rounded up. Throws `BadInputError` for more than a million. */
export function stepsOf(seconds: number, { stepMs }: Pick<GappedSeries, 'stepMs'>, flag: string): number {
  const steps = Math.ceil((seconds * 1000) / stepMs);
  if (steps <= MOST_STEPS) return steps;
  throw new BadInputError(`${flag}: ${steps} steps of ${stepMs / 1000} s; at most ${MOST_STEPS} are possible`);
}
