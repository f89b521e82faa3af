import { InvariantError } from '../kernel/errors.ts';
import { type NetworkShape, sizeOf, tensorsOf, weightCount } from './network-shape.ts';

/** A network's weights: the tensors of its shape one after the other, each row by row. */
export interface NetworkWeights {
  readonly shape: NetworkShape;
  readonly values: Float32Array;
}

/** Each tensor by its name, as views into the weights. O(tensors). Throws `InvariantError` where the length is another. */
export function tensorViews({ shape, values }: NetworkWeights): ReadonlyMap<string, Float32Array> {
  const count = weightCount(shape);
  if (values.length !== count) {
    throw new InvariantError(`${values.length} weights were given, a network of this shape has ${count}`);
  }
  const views = new Map<string, Float32Array>();
  let offset = 0;
  for (const tensor of tensorsOf(shape)) {
    const size = sizeOf(tensor);
    views.set(tensor.name, values.subarray(offset, offset + size));
    offset += size;
  }
  return views;
}

/** One tensor by its name, copied to double precision for the kernel. Throws `InvariantError` for a name it does not have. */
export function tensorNamed(views: ReadonlyMap<string, Float32Array>, name: string): Float64Array {
  const view = views.get(name);
  if (view === undefined) throw new InvariantError(`the network has no tensor "${name}"`);
  return Float64Array.from(view);
}
