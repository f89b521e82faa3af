import { units } from '../kernel/units.ts';
import type { Decision } from './decision.ts';
import { needOf, type Throughput } from './need.ts';

/** How much more than was needed to hold, and how many steps to remember. */
export interface ReactiveTerms {
  readonly margin: number;
  readonly steps: number;
  readonly throughput: Throughput;
}

/** Keeps a need times margin that is exactly whole from rounding up by a floating-point hair. */
const ROUNDING = 1e-9;

/**
 * The most that the last known steps needed, times a margin. `load` ends with the newest known step; blanks need nothing.
 * O(steps). Source: docs/evaluation.md §2.4, tuned reactive.
 */
export function reactive(load: Float64Array, { margin, steps, throughput }: ReactiveTerms): Decision {
  let most = 1;
  for (let i = Math.max(0, load.length - steps); i < load.length; i++) {
    if (!Number.isNaN(load[i]!)) most = Math.max(most, needOf(load[i]!, throughput));
  }
  const target = units(Math.ceil(most * margin - ROUNDING));
  const said = `the last ${steps} step(s) needed ${most} at most, times ${margin}: ${target}`;
  return { target, rule: 'reactive', reasons: [said] };
}
