import type { DelayObjective } from '../queue/need-for-delay.ts';

/** How a recorded series is made into a scaling problem. */
export interface ProblemOptions {
  /** @default 300 */
  readonly bootSeconds?: number;
  /** @default 20 */
  readonly penalty?: number;
  /** Mean need of the part before the first scored step; fixes μ. @default 20 */
  readonly meanUnits?: number;
  /** @default 0 */
  readonly lagSeconds?: number;
  /** First scored step, an index into the given series. @default the middle, rounded down, of what is not cut */
  readonly scoreFrom?: number;
  /** End of the scored steps, exclusive, an index into the given series. @default after the last observed value */
  readonly scoreTo?: number;
  /** μ itself instead of `meanUnits`: load that one unit carries in one step at full use. */
  readonly unitThroughput?: number;
  /** How long requests may take, instead of a share of a unit's throughput; for loads that count requests. */
  readonly delay?: DelayObjective;
}

/** The options that are numbers, each with bounds of its own. */
export type NumberOption = Exclude<keyof ProblemOptions, 'delay'>;
