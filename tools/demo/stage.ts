import type { Policy } from '../../loop/policy.ts';
import type { LedgerRange, LedgerRecord } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';
import type { CapacityUnits } from '../../models/kernel/units.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { DemoDay } from './day.ts';

/** The group as the world has it now. */
export interface GroupNow {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
}

/** Load of the period that starts at `periodMs`. */
export interface PeriodLoad {
  readonly periodMs: number;
  readonly value: number;
}

/**
 * The world in which the day is replayed: the emulated AWS with the deployed stack, or the in-memory twin. Its clock is
 * the replay's, and only goes forward.
 */
export interface Stage {
  readonly label: string;
  /** Moves the clock; scheduled actions that are due fire. */
  advanceTo(nowMs: EpochMs): Promise<void>;
  publish(samples: readonly PeriodLoad[]): Promise<void>;
  /** What the group's own target-tracking policy does: sets DesiredCapacity within the bounds. */
  setDesired(desired: CapacityUnits): Promise<void>;
  /** Runs one turn of the controller for the event time given; resolves when its decision stands. */
  tick(asOfMs: EpochMs): Promise<LedgerRecord>;
  group(): Promise<GroupNow>;
  /** The group's ledger, ascending by time. */
  ledger(range: LedgerRange): Promise<readonly LedgerRecord[]>;
  /** A text of the controller's archive. */
  archived(address: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** What a stage is opened with. */
export interface Opening {
  readonly day: DemoDay;
  readonly problem: ScalingProblem;
  readonly policy: Policy;
  /** Ends whatever the stage has started. */
  readonly signal: AbortSignal;
}

/**
 * The thirteen days that lie behind when the replay begins, but for their last period: that one is published in the
 * replay's first step, and CloudWatch would add a second value to the first.
 */
export const seedOf = ({ series, from }: DemoDay): readonly PeriodLoad[] =>
  Array.from({ length: from - 1 }, (_, i) => ({
    periodMs: series.startMs + i * series.stepMs,
    value: series.values[i]!,
  }));

/** The owner's bounds: a base of two, and a ceiling well above what the history needed. The day begins with what it needs. */
export function sizesOf({ problem, day }: Opening): GroupNow {
  const most = problem.need.subarray(0, day.from).reduce((a, b) => Math.max(a, b), 0);
  return { minSize: 2, maxSize: Math.ceil(1.5 * most), desired: problem.need[day.from]! };
}
