/** A reproducible stream of numbers in [0, 1). Source: Steele, Lea & Flood, SplitMix (OOPSLA 2014), in 32 bits. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A stream of nearly normal numbers of mean 0 and variance 1: sums of twelve uniform ones, less six. */
export function seededNormal(seed: number): () => number {
  const uniform = seeded(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
}
