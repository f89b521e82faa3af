import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal digits, of the values of the histories that a network was trained on, one after the other. */
export function dataHash(...histories: readonly Float64Array[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of histories)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}
