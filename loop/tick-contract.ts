import type { EpochMs } from '../models/kernel/series.ts';
import type { OutcomeEntry } from './ledger.ts';
import type { GroupId, TickMessage } from './ports.ts';

/** A message and who carries it: a redelivered message has the same holder, so that it may take up its own lease. */
export interface Delivery {
  readonly holder: string;
  readonly message: TickMessage;
}

export interface FleetLimits {
  /** Units that all groups of the account may add in one minute. */
  readonly maxUnitsPerMinute: number;
  /** Share of the fleet that may change by much in one tick. */
  readonly breakerShare: number;
  /** So many groups may always change by much, however small the fleet. */
  readonly breakerLeastGroups: number;
}

export interface TickSettings {
  /** Identity of this controller, written to the groups that it acts on. */
  readonly owner: string;
  /** Version of the code, for the ledger. */
  readonly version: string;
  /** Longer than the function may run. */
  readonly leaseSeconds: number;
  readonly fleet: FleetLimits;
  /** Seconds between the turns of the schedule that begins them. @default none: turns are begun by hand, at whatever pace */
  readonly everySeconds?: number | undefined;
  /** Whether each tick's inputs are archived, so that it can be thought again; a replay of months may do without. @default true */
  readonly keepInputs?: boolean;
  /** Time left before the host ends this run, milliseconds; nothing is begun that could be cut short. */
  readonly remainingMs: () => number;
}

export interface TickOutcome {
  readonly group: GroupId;
  readonly asOfMs: EpochMs;
  /** `ahead`: of a time that has not come, and dropped. */
  readonly status: OutcomeEntry['status'] | 'ahead' | 'duplicate' | 'superseded' | 'leased' | 'failed';
  /** True when the message should be delivered again. */
  readonly retry: boolean;
  readonly reason: string;
}
