import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { type LstmPasses, lstmPasses } from './lstm-gradient.ts';
import type { LstmShape } from './network-shape.ts';
import { type TensorLibrary, type TensorNetwork, tensorOf } from './tensor-library.ts';

/**
 * The same function of windows and weights as `tensorLstm`, with all steps of the recurrence as one operation whose
 * gradient is written out (`lstm-gradient.ts`): what training uses, because the library spends most of a step on
 * handing tensors around. Computes on the processor whatever the backend; the head and the loss stay with the library.
 * For shapes that `hasPasses`. Holds memory for each size of batch that it has seen.
 */
export function fusedLstm(tf: TensorLibrary, shape: LstmShape): TensorNetwork {
  const known = new Map<number, LstmPasses>();
  const passesOf = (batch: number): LstmPasses => {
    const passes = known.get(batch) ?? lstmPasses(shape, batch);
    known.set(batch, passes);
    return passes;
  };
  return (windows, weights) => {
    const batch = windows.shape[0];
    const state = recurrence(
      tf,
      shape,
      passesOf(batch),
    )(windows, ...['kernel', 'recurrent', 'bias'].map((name) => tensorOf(weights, name)));
    return tf.add(tf.matMul(state, tensorOf(weights, 'head')), tensorOf(weights, 'head-bias'));
  };
}

/** windows, kernel, recurrent, bias → last states; differentiable in the weights, not in the windows. */
const recurrence = (tf: TensorLibrary, { hidden }: LstmShape, passes: LstmPasses) =>
  tf.customGrad<Tensor2D>((...given) => {
    const tensors = given.filter(isTensor);
    const [windows, kernel, recurrent, bias] = tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
    const states = passes.forward({ kernel: kernel!, recurrent: recurrent!, bias: bias! }, windows!);
    return {
      value: tf.tensor2d(states, [states.length / hidden, hidden]),
      gradFunc: (above) => {
        const inner = passes.backward(Float32Array.from(above.dataSync()));
        const gradients = [inner.kernel, inner.recurrent, inner.bias];
        return tensors.map((tensor, i) =>
          i === 0 ? tf.zeros(tensor.shape) : tf.tensor(gradients[i - 1]!, tensor.shape),
        );
      },
    };
  });

/** The library hands over a function behind the tensors, for what the way back shall find again. */
const isTensor = (given: unknown): given is Tensor => typeof given === 'object';
