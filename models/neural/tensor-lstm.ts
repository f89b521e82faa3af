import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { LstmShape } from './network-shape.ts';
import { type TensorLibrary, type TensorNetwork, tensorOf } from './tensor-library.ts';

/**
 * The LSTM from the library's own operations, step by step: the definition that `lstm.ts` runs and `fused-lstm.ts`
 * differentiates. Slow to train: some 40 operations a step, forth and back.
 */
export const tensorLstm =
  (tf: TensorLibrary, { steps, inputs, hidden }: LstmShape): TensorNetwork =>
  (windows, weights) => {
    const batch = windows.shape[0];
    const rows = tf.reshape(windows, [batch * steps, inputs]);
    const given = tf.add(tf.matMul(rows, tensorOf(weights, 'kernel')), tensorOf(weights, 'bias'));
    const byStep = tf.unstack(tf.reshape(given, [batch, steps, 4 * hidden]), 1);
    const recurrent = tensorOf(weights, 'recurrent');
    let state: Tensor2D = tf.zeros([batch, hidden]);
    let cell: Tensor2D = tf.zeros([batch, hidden]);
    for (const z of byStep) {
      const gates: Tensor2D = tf.add(z, tf.matMul(state, recurrent));
      const gate = (k: number): Tensor2D => tf.slice2d(gates, [0, k * hidden], [batch, hidden]);
      cell = tf.add(tf.mul(tf.sigmoid(gate(1)), cell), tf.mul(tf.sigmoid(gate(0)), tf.tanh(gate(2))));
      state = tf.mul(tf.sigmoid(gate(3)), tf.tanh(cell));
    }
    return tf.add(tf.matMul(state, tensorOf(weights, 'head')), tensorOf(weights, 'head-bias'));
  };
