import { QUALITY } from './load.ts';

/** Fewer samples than this are no witness of how a metric behaves. */
const FEWEST_WITNESSES = 12;

/** Zeros up to so many times as long as any before them are nothing new. */
const PRECEDENT = 2;

/**
 * How many of the newest steps are better called unknown than zero, in a metric that publishes nothing when nothing
 * happens. Its silence may be a quiet moment or a source that has stopped; silence without precedent in the window is
 * doubted for `most` steps, and then believed. `quality` is blank where there is no sample. O(n). Pure.
 */
export function doubtedZeros(quality: Uint8Array, most: number): number {
  const last = quality.findLastIndex((q) => q !== QUALITY.blank);
  const silent = quality.length - 1 - last;
  if (silent === 0 || silent > most) return 0;
  const { witnesses, longest } = silences(quality.subarray(0, last + 1));
  return witnesses >= FEWEST_WITNESSES && silent > PRECEDENT * longest ? silent : 0;
}

/** Samples, and the longest silence between two of them. */
function silences(quality: Uint8Array): { readonly witnesses: number; readonly longest: number } {
  let [witnesses, longest, run] = [0, 0, 0];
  for (const q of quality) {
    if (q === QUALITY.blank) run++;
    else {
      if (witnesses > 0) longest = Math.max(longest, run);
      witnesses++;
      run = 0;
    }
  }
  return { witnesses, longest };
}
