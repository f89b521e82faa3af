import type { Samples } from '../models/clean/load.ts';
import type { EpochMs } from '../models/kernel/series.ts';
import type { WorkloadModel } from '../models/learn/fit-workload.ts';
import type { Rival } from './group.ts';
import type { Headroom } from './headroom.ts';
import type { LeadUsed } from './ledger.ts';
import type { Policy } from './policy.ts';
import type { GroupSnapshot, GroupSurroundings, ReadRefusal, Switch } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';

/** Everything that stages two to five see of the world. The same inputs give the same decision, bit for bit. */
export interface TickInputs {
  readonly asOfMs: EpochMs;
  readonly wallMs: EpochMs;
  /** As it is in force: its boot time may be a measured one. */
  readonly policy: Policy;
  /** Whence that boot time is; absent in inputs of before it was measured. */
  readonly lead?: LeadUsed;
  readonly snapshot: GroupSnapshot;
  readonly state: RuntimeState;
  readonly switch: Switch;
  /** Recent load as read; for utilisation-born load, the utilisation. */
  readonly samples: Samples;
  /** Capacity in service on the same stamps; only for utilisation-born load. */
  readonly inService: Samples | undefined;
  /** Why the metric could not be read, when it could not. */
  readonly readRefusal: ReadRefusal | undefined;
  readonly model: WorkloadModel | undefined;
  /** Address of the model in the archive. */
  readonly modelAddress: string | undefined;
  /** Identity of this controller, for the owner tag. */
  readonly owner: string;
}

/** What the world answered when a change was about to be made; absent when nothing was asked. */
export interface Answers {
  readonly surroundings?: GroupSurroundings;
  /** Said beside the surroundings that show it, so that entries of a version that did not tell are thought again as they are. */
  readonly rival?: Rival;
  /** What the account can still launch; asked before capacity is added. */
  readonly headroom?: Headroom;
  /** Units granted by the account's budget for this minute. */
  readonly grantedUnits?: number;
  /** False when the fleet breaker refused a large change. */
  readonly largeChangeGranted?: boolean;
}
