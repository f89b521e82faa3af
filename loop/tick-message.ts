import type { EpochMs } from '../models/kernel/series.ts';
import type { GroupId } from './group.ts';

/** What `discover` sends to `tick`, one per group. */
export interface TickMessage {
  readonly version: 1;
  readonly group: GroupId;
  readonly policyName: string;
  readonly asOfMs: EpochMs;
  /** Number of groups discovered for this tick; the fleet breaker needs it. */
  readonly fleetSize: number;
}

export interface TickQueue {
  send(messages: readonly TickMessage[]): Promise<void>;
}
