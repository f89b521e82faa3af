import type * as TensorCore from '@tensorflow/tfjs-core';
import { InvariantError } from '../kernel/errors.ts';

/** The tensor library as an argument: which of its backends computes is the shell's choice (`adapters/tensors`). */
export type TensorLibrary = typeof TensorCore;

/** A network's weights as tensors, by the names of `tensorsOf`. */
export type TensorsByName = ReadonlyMap<string, TensorCore.Tensor>;

/**
 * windows (batch × steps × inputs) → outputs (batch × outputs), differentiable in the weights. To be called inside
 * `tf.tidy`.
 */
export type TensorNetwork = (windows: TensorCore.Tensor3D, weights: TensorsByName) => TensorCore.Tensor2D;

/** A tensor among the weights. Throws `InvariantError` for a name that is not there. */
export function tensorOf(weights: TensorsByName, name: string): TensorCore.Tensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new InvariantError(`the network has no tensor "${name}"`);
  return tensor;
}
