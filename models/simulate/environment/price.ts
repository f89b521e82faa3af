import type { EnvironmentState } from './state.ts';

/** Price of what happened between two states of one course: Σ over groups of billed + p·short. O(groups). */
export function priceBetween(before: EnvironmentState, after: EnvironmentState): number {
  let price = 0;
  for (const [i, { billed, short }] of after.groups.entries()) {
    const was = before.groups[i]!;
    price += billed - was.billed + after.setting.groups[i]!.replay.penalty * (short - was.short);
  }
  return price;
}

/**
 * The price as a learner wants it, larger is better: over a whole course it sums to −J.
 * Launches cost what is billed while they boot; shortage costs the replay's penalty. O(groups).
 * Source: docs/evaluation.md §2.3.
 */
export const reward = (before: EnvironmentState, after: EnvironmentState): number => 0 - priceBetween(before, after);
