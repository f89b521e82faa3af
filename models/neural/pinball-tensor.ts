import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorLibrary } from './tensor-library.ts';

/**
 * Mean pinball loss of outputs (batch × leads·levels, the levels of one lead side by side) against what came
 * (batch × leads): max(q·e, (q − 1)·e) with e = actual − forecast. To be called inside `tf.tidy`.
 * Source: Koenker & Bassett, Econometrica 46 (1978).
 */
export function pinballTensor(
  tf: TensorLibrary,
  levels: readonly number[],
  { outputs, actual }: { readonly outputs: Tensor2D; readonly actual: Tensor2D },
): Scalar {
  const [batch, leads] = actual.shape;
  const error = tf.sub(tf.expandDims(actual, 2), tf.reshape(outputs, [batch, leads, levels.length]));
  const level = tf.tensor1d([...levels]);
  return tf.mean(tf.maximum(tf.mul(level, error), tf.mul(tf.sub(level, 1), error)));
}
