import type { StepView } from '../policy.ts';

/**
 * Use of the ready units as a fraction of 1: min(1, load / (μ·max(1, ready))), the load of `lag` steps ago over the fleet
 * of now; no unit can be used beyond full. O(1). Source: docs/evaluation.md §2.4.
 */
export const utilisationOf = ({ load, ready }: StepView, mu: number): number =>
  Math.min(1, load / (mu * Math.max(1, ready)));
