import type { CapacityUnits } from '../kernel/units.ts';

/** The rule that had the last word on a decision; each guard appends its reason, the newest rule binds. */
export type Rule =
  | 'newsvendor'
  | 'reactive'
  | 'scale-in-hold'
  | 'reactive-floor'
  | 'bounds'
  | 'step-limit'
  | 'scale-in-cooldown'
  | 'forecast-trust'
  | 'blind-hold'
  | 'blind-home'
  | 'freeze'
  | 'release'
  | 'admission'
  | 'instance-refresh'
  | 'account-cap'
  | 'fleet-breaker'
  | 'stale-tick'
  | 'not-armed'
  | 'bad-input';

/** What capacity we want, and why. In mode `floor` it is MinSize; in mode `desired` it is DesiredCapacity. */
export interface Decision {
  readonly target: CapacityUnits;
  readonly rule: Rule;
  /** Every reason so far, oldest first; a person reads these. */
  readonly reasons: readonly string[];
}

/** One capacity that was considered, with what it was expected to cost over the lead window. */
export interface Alternative {
  readonly target: CapacityUnits;
  /** Probability that the peak of the lead window stays within this capacity, in [0, 1]. */
  readonly coverage: number;
  /** Expected price in unit-steps: capacity + penalty × expected shortfall at the peak. */
  readonly expectedPrice: number;
}
