import { InvariantError } from '../kernel/errors.ts';
import type { NetworkShape } from './network-shape.ts';

/**
 * A network ready to run: one window of `steps × inputs` numbers, step by step, → `outputs` numbers in a new array.
 * Keeps scratch memory between calls, nothing else: same window, same answer, bit for bit.
 */
export type Inference = (window: Float32Array) => Float32Array;

/** Throws `InvariantError` when a window does not have the length that the network reads. */
export function checkWindow({ length }: Float32Array, { steps, inputs }: NetworkShape): void {
  if (length === steps * inputs) return;
  throw new InvariantError(`a window of ${length} numbers was given, ${steps} × ${inputs} are needed`);
}
