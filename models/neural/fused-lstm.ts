import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { type LstmParameters, lstmBackward, lstmForward } from './lstm-gradient.ts';
import type { LstmShape } from './network-shape.ts';
import { type TensorLibrary, type TensorNetwork, tensorOf } from './tensor-library.ts';

/**
 * The same function of windows and weights as `tensorLstm`, with all steps of the recurrence as one operation whose
 * gradient is written out (`lstm-gradient.ts`): what training uses, because the library spends most of a step on
 * handing tensors around. Computes on the processor whatever the backend; the head and the loss stay with the library.
 */
export const fusedLstm =
  (tf: TensorLibrary, shape: LstmShape): TensorNetwork =>
  (windows, weights) => {
    const { hidden } = shape;
    const rows = Float64Array.from(windows.dataSync());
    const batch = windows.shape[0];
    const recurrence = tf.customGrad<Tensor2D>((...given) => {
      const [kernel, recurrent, bias] = given.filter(isTensor).map((tensor) => Float64Array.from(tensor.dataSync()));
      const parameters: LstmParameters = { kernel: kernel!, recurrent: recurrent!, bias: bias! };
      const tape = lstmForward(shape, parameters, rows);
      const state = tape.states.subarray(tape.states.length - batch * hidden);
      return {
        value: tf.tensor2d(Float32Array.from(state), [batch, hidden]),
        gradFunc: (above) => {
          const last = Float64Array.from(above.dataSync());
          const inner = lstmBackward(shape, { parameters, tape, last });
          return [
            tf.tensor2d(Float32Array.from(inner.kernel), [shape.inputs, 4 * hidden]),
            tf.tensor2d(Float32Array.from(inner.recurrent), [hidden, 4 * hidden]),
            tf.tensor1d(Float32Array.from(inner.bias)),
          ];
        },
      };
    });
    const state = recurrence(tensorOf(weights, 'kernel'), tensorOf(weights, 'recurrent'), tensorOf(weights, 'bias'));
    return tf.add(tf.matMul(state, tensorOf(weights, 'head')), tensorOf(weights, 'head-bias'));
  };

/** The library hands over a function behind the tensors, for what the way back shall find again. */
const isTensor = (given: unknown): given is Tensor => typeof given === 'object';
