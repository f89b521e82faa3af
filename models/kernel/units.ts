import { InvariantError } from './errors.ts';

declare const capacityUnits: unique symbol;

/**
 * Capacity in the unit that a policy names (instances, weights, vCPU, GPUs, tokens/s): what AWS calls MinSize,
 * MaxSize and DesiredCapacity. Converted once, at the adapter; never mixed with plain numbers.
 */
export type CapacityUnits = number & { readonly [capacityUnits]: true };

/** Brands a non-negative whole number as capacity. Throws `InvariantError` otherwise: AWS takes nothing else. */
export function units(n: number): CapacityUnits {
  if (!Number.isInteger(n) || n < 0) throw new InvariantError(`capacity must be a whole number ≥ 0, got ${n}`);
  return n as CapacityUnits;
}

export const maxUnits = (a: CapacityUnits, b: CapacityUnits): CapacityUnits => (a >= b ? a : b);

export const minUnits = (a: CapacityUnits, b: CapacityUnits): CapacityUnits => (a <= b ? a : b);
