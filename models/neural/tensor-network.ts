import type { NetworkShape } from './network-shape.ts';
import type { TensorLibrary, TensorNetwork } from './tensor-library.ts';
import { tensorLstm } from './tensor-lstm.ts';
import { tensorTransformer } from './tensor-transformer.ts';

/** The definition of a network from the tensor library's own operations: what the kernels of this room must agree with. */
export const tensorNetwork = (tf: TensorLibrary, shape: NetworkShape): TensorNetwork =>
  shape.kind === 'lstm' ? tensorLstm(tf, shape) : tensorTransformer(tf, shape);
