/** The values in a random order, each as likely as any other; the input is untouched. O(n). Source: Fisher & Yates; Durstenfeld (1964). */
export function shuffled(values: Float64Array, random: () => number): Float64Array {
  const out = Float64Array.from(values);
  for (let i = out.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    const swapped = out[i]!;
    out[i] = out[k]!;
    out[k] = swapped;
  }
  return out;
}
