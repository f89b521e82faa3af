/** Nearest whole number, halves to the even neighbour (IEEE 754 roundTiesToEven); for |x| < 2^52. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** A wait in steps, as alarms count it: the nearest whole number of steps, halves to even, at least one. */
export const nearestSteps = (seconds: number, stepSeconds: number): number =>
  Math.max(1, roundHalfEven(seconds / stepSeconds));

/** Least whole number of steps that covers a time; 0 only for no time at all. */
export const coveringSteps = (seconds: number, stepSeconds: number): number => Math.ceil(seconds / stepSeconds);
