import type { LedgerRecord } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';

/** The group as the world has it now. */
export interface GroupNow {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
}

/**
 * The world in which the day is replayed: the emulated AWS with the deployed stack, or the in-memory twin. Its clock is
 * the replay's, and only goes forward.
 */
export interface Stage {
  readonly label: string;
  /** Moves the clock; scheduled actions that are due fire. */
  advanceTo(nowMs: EpochMs): Promise<void>;
  /** Publishes the load of the period that starts at `periodMs`. */
  publish(samples: readonly { readonly periodMs: number; readonly value: number }[]): Promise<void>;
  /** What the group's own target-tracking policy does: sets DesiredCapacity within the bounds. */
  setDesired(desired: number): Promise<void>;
  /** Runs one turn of the deployed controller for the event time given; resolves when its decision stands. */
  tick(asOfMs: EpochMs): Promise<LedgerRecord>;
  /** Waits until a model has been fitted, or says why none was. */
  learned(asOfMs: EpochMs): Promise<string>;
  group(): Promise<GroupNow>;
  close(): Promise<void>;
}
