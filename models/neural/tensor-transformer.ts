import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { TransformerShape } from './network-shape.ts';
import { type TensorLibrary, type TensorNetwork, tensorOf } from './tensor-library.ts';
import { NORM_EPSILON } from './transformer.ts';

/** The patch encoder from the library's own operations: the definition that `transformer.ts` runs. */
export function tensorTransformer(tf: TensorLibrary, shape: TransformerShape): TensorNetwork {
  const { steps, inputs, patch, width, heads, blocks } = shape;
  const tokens = steps / patch;
  const norm = layerNorm(tf);
  const attend = attention(tf, { tokens, width, heads });
  return (windows, weights) => {
    const batch = windows.shape[0];
    const dense = (x: Tensor2D, name: string): Tensor2D =>
      tf.add(tf.matMul(x, tensorOf(weights, name)), tensorOf(weights, `${name}-bias`));
    const embedded = dense(tf.reshape(windows, [batch * tokens, patch * inputs]), 'embed');
    const placed = tf.add(tf.reshape(embedded, [batch, tokens, width]), tensorOf(weights, 'position'));
    let stream: Tensor2D = tf.reshape(placed, [batch * tokens, width]);
    for (let i = 0; i < blocks; i++) {
      const seen = attend(dense(norm(stream, tensorOf(weights, `${i}/norm-1`)), `${i}/attention`), batch);
      stream = tf.add(stream, dense(seen, `${i}/mix`));
      const middle = tf.relu(dense(norm(stream, tensorOf(weights, `${i}/norm-2`)), `${i}/up`));
      stream = tf.add(stream, dense(middle, `${i}/down`));
    }
    return dense(tf.reshape(norm(stream, tensorOf(weights, 'norm')), [batch, tokens * width]), 'head');
  };
}

/** Rows less their mean, over their standard deviation, times the norm's first row, plus its second. */
const layerNorm =
  (tf: TensorLibrary) =>
  (x: Tensor2D, norm: Tensor): Tensor2D => {
    const centred: Tensor2D = tf.sub(x, tf.mean(x, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true);
    const [scale, shift] = tf.unstack(norm);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, NORM_EPSILON))), scale ?? 1), shift ?? 0);
  };

type AttentionShape = { readonly tokens: number; readonly width: number; readonly heads: number };

/** (batch · tokens) × [queries, keys, values] → (batch · tokens) × width. */
const attention =
  (tf: TensorLibrary, { tokens, width, heads }: AttentionShape) =>
  (projected: Tensor2D, batch: number): Tensor2D => {
    const size = width / heads;
    const part = (which: number): Tensor => {
      const columns = tf.slice2d(projected, [0, which * width], [batch * tokens, width]);
      return tf.transpose(tf.reshape(columns, [batch, tokens, heads, size]), [0, 2, 1, 3]);
    };
    const scores = tf.mul(tf.matMul(part(0), part(1), false, true), 1 / Math.sqrt(size));
    const seen = tf.matMul(tf.softmax(scores), part(2));
    return tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [batch * tokens, width]);
  };
