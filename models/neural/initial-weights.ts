import { randomSource } from '../kernel/rng.ts';
import { type NetworkShape, sizeOf, type TensorShape, tensorsOf, weightCount } from './network-shape.ts';
import type { NetworkWeights } from './network-weights.ts';

/**
 * Weights to begin a training with: matrices uniform in ±√(6 / (rows + columns)), biases 0, the forget gate's bias 1,
 * norms the identity, positions small. The same seed gives the same weights, bit for bit. O(weights).
 * Source: Glorot & Bengio, AISTATS 2010; forget bias: Jozefowicz, Zaremba & Sutskever, ICML 2015.
 */
export function initialWeights(shape: NetworkShape, seed: number): NetworkWeights {
  const random = randomSource(seed);
  const values = new Float32Array(weightCount(shape));
  let offset = 0;
  for (const tensor of tensorsOf(shape)) {
    const size = sizeOf(tensor);
    fill(values.subarray(offset, offset + size), tensor, random);
    offset += size;
  }
  return { shape, values };
}

function fill(out: Float32Array, { name, dims }: TensorShape, random: () => number): void {
  const [rows = 1, columns] = dims;
  if (/(^|\/)norm/.test(name)) out.fill(1, 0, out.length / 2);
  else if (name === 'bias') out.fill(1, rows / 4, rows / 2);
  else if (columns !== undefined) {
    const reach = name === 'position' ? 0.02 : Math.sqrt(6 / (rows + columns));
    for (let i = 0; i < out.length; i++) out[i] = reach * (2 * random() - 1);
  }
}
