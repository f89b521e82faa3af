import type { Inference } from './inference.ts';
import { lstmInference } from './lstm.ts';
import type { NetworkWeights } from './network-weights.ts';
import { transformerInference } from './transformer.ts';

/** A network's weights made ready to run on the hot path. O(weights). Throws `InvariantError` where they do not fit. */
export function inferenceOf(weights: NetworkWeights): Inference {
  const { shape } = weights;
  return shape.kind === 'lstm' ? lstmInference(shape, weights) : transformerInference(shape, weights);
}
