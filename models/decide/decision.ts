import type { CapacityUnits } from '../kernel/units.ts';

/** The rule that had the last word on a decision. */
export type Rule =
  | 'newsvendor'
  | 'band'
  | 'reactive'
  | 'scale-in-hold'
  | 'step-limit'
  | 'scale-in-cooldown'
  | 'reactive-floor'
  | 'bounds'
  | 'blind-hold'
  | 'blind-home'
  | 'freeze'
  | 'release'
  | 'admission'
  | 'instance-refresh'
  | 'account-cap'
  | 'headroom'
  | 'fleet-breaker'
  | 'stale-tick';

/** What capacity we want, and why. In mode `floor` it is MinSize; in mode `desired` it is DesiredCapacity. */
export interface Decision {
  readonly target: CapacityUnits;
  readonly rule: Rule;
  /** Every reason so far, oldest first; a person reads these. */
  readonly reasons: readonly string[];
}

/** One capacity that was considered, with what it was expected to cost at the peak of the lead window. */
export interface Alternative {
  readonly target: CapacityUnits;
  /** Probability that the peak of the lead window stays within this capacity, in [0, 1]. */
  readonly coverage: number;
  /** Expected idle units + penalty × expected missing units; the newsvendor quantile is its minimum. */
  readonly expectedPrice: number;
}

/** The same decision with another target, the rule that changed it and its reason. */
export const overrule = (decision: Decision, rule: Rule, target: CapacityUnits, reason: string): Decision => ({
  target,
  rule,
  reasons: [...decision.reasons, reason],
});
