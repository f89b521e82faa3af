import { InvariantError } from '../kernel/errors.ts';

/** A run of neighbouring scored steps, and how much more was paid in it. */
export interface WorstWindow {
  /** Its first step, counted from the first scored one. */
  readonly from: number;
  readonly steps: number;
  /** Σ ours − Σ theirs over the window. */
  readonly excess: number;
}

/**
 * The first window of so many steps in which ours exceeds theirs by most; the whole when there are fewer steps. Throws
 * `InvariantError` without steps and when the lengths differ. O(steps).
 */
export function worstWindow(ours: Float64Array, theirs: Float64Array, windowSteps: number): WorstWindow {
  if (ours.length === 0 || theirs.length !== ours.length || windowSteps < 1) {
    throw new InvariantError(`got ${ours.length} and ${theirs.length} steps and a window of ${windowSteps}`);
  }
  const steps = Math.min(windowSteps, ours.length);
  let sum = 0;
  let worst: WorstWindow = { from: 0, steps, excess: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < ours.length; i++) {
    sum += ours[i]! - theirs[i]!;
    if (i >= steps) sum -= ours[i - steps]! - theirs[i - steps]!;
    if (i >= steps - 1 && sum > worst.excess) worst = { from: i - steps + 1, steps, excess: sum };
  }
  return worst;
}
