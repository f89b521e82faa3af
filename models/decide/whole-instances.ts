import { type CapacityUnits, maxUnits, units } from '../kernel/units.ts';

/**
 * What one instance of a group may count for, in the group's unit: distinct, ascending, at least one of them. A group
 * without weights has the one weight 1.
 */
export type Weights = readonly CapacityUnits[];

/** Where nothing is said of weights, an instance is a unit. */
export const UNWEIGHTED: Weights = [units(1)];

/** What one instance of a group may count for. */
export const weightsOf = ({ weights }: { readonly weights?: Weights | undefined }): Weights => weights ?? UNWEIGHTED;

/** What the largest instance counts for. */
export const largestOf = (weights: Weights): CapacityUnits => weights.reduce(maxUnits);

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

const stepOf = (weights: Weights): { readonly step: number; readonly largest: number } => ({
  step: weights.reduce<number>(divisor, 0),
  largest: largestOf(weights),
});

/**
 * The most capacity that a target may come to. AWS launches whole instances until the target is met, so that the last
 * one overshoots by up to its weight less one; capacity is always a multiple of the weights' common divisor, which makes
 * the bound tight. Pure, O(weights).
 * Source: Amazon EC2 Auto Scaling User Guide, "Configure an Auto Scaling group to use instance weights".
 */
export function mostLaunched(target: CapacityUnits, weights: Weights): CapacityUnits {
  const { step, largest } = stepOf(weights);
  if (target === 0) return target;
  return units(step * Math.ceil(target / step) - step + largest);
}

/** The highest target that never comes to more than `limit`, whichever instances AWS picks; 0 where every one may. Pure. */
export function mostTarget(limit: number, weights: Weights): CapacityUnits {
  const { step, largest } = stepOf(weights);
  return units(Math.max(0, step * Math.floor((limit + step - largest) / step)));
}
