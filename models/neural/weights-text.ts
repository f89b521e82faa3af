import { accept, type Result, refuse } from '../kernel/result.ts';
import { type NetworkShape, weightCount } from './network-shape.ts';
import type { NetworkWeights } from './network-weights.ts';

const BYTES = 4;

/** Weights as text: single precision, lowest byte first, in base64; four characters for three bytes. O(weights). */
export function textOfWeights({ values }: NetworkWeights): string {
  const view = new DataView(new ArrayBuffer(values.length * BYTES));
  values.forEach((value, i) => {
    view.setFloat32(i * BYTES, value, true);
  });
  let text = '';
  for (let i = 0; i < view.byteLength; i++) text += String.fromCharCode(view.getUint8(i));
  return btoa(text);
}

/** Weights of a shape from their text, bit for bit; refuses text that is no base64, of another length or not finite. */
export function weightsFromText(shape: NetworkShape, text: string): Result<NetworkWeights, string> {
  const bytes = bytesOf(text);
  if (bytes === undefined) return refuse('the weights are not base64');
  const count = weightCount(shape);
  if (bytes.length !== count * BYTES) {
    return refuse(`${bytes.length} bytes of weights; a network of this shape has ${count} of ${BYTES} bytes each`);
  }
  const view = new DataView(new ArrayBuffer(bytes.length));
  for (let i = 0; i < bytes.length; i++) view.setUint8(i, bytes.charCodeAt(i));
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * BYTES, true));
  const bad = values.findIndex((value) => !Number.isFinite(value));
  return bad < 0 ? accept({ shape, values }) : refuse(`weight ${bad} is ${values[bad]}`);
}

function bytesOf(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined; // Its only complaint is that this is no base64.
  }
}
