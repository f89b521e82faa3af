/** Looked up once, because a look-up costs more than the product where globals are guarded (tests, isolates). */
const { imul } = Math;

/**
 * An endless stream of numbers in [0, 1), 53 bits each, that depends on the seed alone (its lowest 32 bits). Each source
 * has a state of its own. Not for secrets. O(1) a number.
 * Source: xoshiro128**, D. Blackman & S. Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47(4), 2021;
 * seeded by SplitMix (Steele, Lea & Flood, OOPSLA 2014) in 32 bits.
 */
export function randomSource(seed: number): () => number {
  const next = xoshiro(stateOf(seed));
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

/** Four 32-bit words, not all 0. */
export type RandomState = readonly [number, number, number, number];

/** The generator itself: whole numbers in [0, 2³²). */
export function xoshiro([s0, s1, s2, s3]: RandomState): () => number {
  let [a, b, c, d] = [s0, s1, s2, s3];
  return () => {
    const result = imul(rotated(imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

function stateOf(seed: number): RandomState {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    const a = imul(state ^ (state >>> 16), 0x21f0aaad);
    const b = imul(a ^ (a >>> 15), 0x735a2d97);
    return b ^ (b >>> 15);
  };
  return [word(), word(), word(), word()];
}
