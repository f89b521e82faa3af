/** Where the parts of a history end, as steps: the first part is trained on, the second decides when to stop. */
export interface TimeSplit {
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

/** 80 / 10 / 10 in time: the newest tenth is looked at once, after the training. */
export const timeSplit = (steps: number): TimeSplit => ({
  training: Math.floor(0.8 * steps),
  validation: Math.floor(0.9 * steps),
  test: steps,
});

/**
 * Origins in [from, to) whose targets up to `furthest` steps ahead lie before `to` too, evenly spaced, the newest among
 * them, at most `most`. Empty where there is no room.
 */
export function originsIn(
  from: number,
  to: number,
  { furthest, most }: { furthest: number; most: number },
): Int32Array {
  const last = to - 1 - furthest;
  if (last < from) return new Int32Array(0);
  const stride = Math.ceil((last - from + 1) / most);
  const count = Math.floor((last - from) / stride) + 1;
  return Int32Array.from({ length: count }, (_, i) => last - (count - 1 - i) * stride);
}
