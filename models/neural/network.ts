import type { Inference } from './inference.ts';
import { lstmInference } from './lstm.ts';
import { hasCode } from './lstm-code.ts';
import { vectorLstmInference } from './lstm-vector.ts';
import type { NetworkWeights } from './network-weights.ts';
import { transformerInference } from './transformer.ts';

/** A network's weights made ready to run on the hot path. O(weights). Throws `InvariantError` where they do not fit. */
export function inferenceOf(weights: NetworkWeights): Inference {
  const { shape } = weights;
  if (shape.kind === 'transformer') return transformerInference(shape, weights);
  return hasCode(shape) ? vectorLstmInference(shape, weights) : lstmInference(shape, weights);
}
