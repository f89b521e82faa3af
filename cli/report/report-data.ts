import type { Mode } from '../../loop/policy.ts';
import type { LedgerRecord } from '../../loop/ports.ts';

/**
 * One step of the period on the grid of the load. What nobody knows is null (or NaN): it is drawn as a break, never as 0.
 * Capacities are in the policy's units.
 */
export interface ReportStep {
  /** Start of the step, milliseconds since the epoch. */
  readonly ms: number;
  /** Load that arrived in the step, unit of the load. */
  readonly load: number | null;
  /** Least capacity that carries this load. */
  readonly need: number | null;
  /** MinSize after the step's tick. */
  readonly floor: number | null;
  /** DesiredCapacity after the step's tick. */
  readonly desired: number | null;
  /** Capacity that served the step: booted, so later than it was ordered. */
  readonly ready: number | null;
}

/** What a policy's day came to; docs/evaluation.md §2.3. Null where it is undefined or was not computed. */
export interface ArmScore {
  readonly J: number;
  /** J divided by the clairvoyant optimum's J. */
  readonly ratio: number | null;
  /** Unit-steps billed. */
  readonly cost: number;
  /** Unit-steps missing. */
  readonly short: number;
  /** Share of steps with need above ready, a fraction of 1. */
  readonly breachShare: number;
  /** Load that arrived while need was above ready: requests when the load counts requests. */
  readonly coldStartRequests: number | null;
  /** The same as a share of all load, a fraction of 1. */
  readonly coldStartShare: number | null;
}

/** One policy on the same day, scored by the same rules. */
export interface ReportArm {
  /** `prescale`, `optimum`, or the name of a rival such as `target-tracking-50`. */
  readonly name: string;
  readonly score: ArmScore;
  /** Units that served each step, aligned with `DayReport.steps`. Drawn for rivals when given. */
  readonly capacities?: readonly number[];
}

/** How often the floor stood at or above the need one boot time before the need rose to it. */
export interface ReportHeadline {
  readonly rises: number;
  readonly risesAtOrAbove: number;
  /** risesAtOrAbove / rises; null when the need never rose. */
  readonly share: number | null;
}

/** Everything that a report of one group over one period shows. Empty lists and nulls are sections left out, with a sentence. */
export interface DayReport {
  readonly title: string;
  readonly group: string;
  readonly policy: {
    readonly name: string;
    readonly mode: Mode;
    /** What capacity counts, plural, for people. */
    readonly unit: string;
  };
  /** Price of one unit missing for one step, in multiples of the price of having it. */
  readonly penalty: number | null;
  /** Quantile that the price asks for, penalty / (penalty + 1). */
  readonly level: number | null;
  readonly stepSeconds: number;
  /** From launch to ready, as it is modelled or configured. */
  readonly bootSeconds: number | null;
  /** US dollars per unit and hour; null leaves money out. */
  readonly unitHour: number | null;
  readonly period: { readonly fromMs: number; readonly toMs: number };
  /** Ascending, one for each step of the period. */
  readonly steps: readonly ReportStep[];
  /** One for each tick, ascending. */
  readonly records: readonly LedgerRecord[];
  readonly arms: readonly ReportArm[];
  readonly headline: ReportHeadline | null;
  /** One sentence each: what is modelled, where the data come from. */
  readonly notes: readonly string[];
}
