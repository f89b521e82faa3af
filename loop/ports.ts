import type { Samples } from '../models/clean/load.ts';
import type { Weights } from '../models/decide/whole-instances.ts';
import type { Result } from '../models/kernel/result.ts';
import type { EpochMs } from '../models/kernel/series.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import type { WorkloadModel } from '../models/learn/fit-workload.ts';
import type { GroupId, HomeSwitch } from './group.ts';
import type { HeadroomReader } from './headroom.ts';
import type { LaunchReader } from './launches.ts';
import type { ConfirmEntry, DecisionEntry, KnownAhead, OutcomeEntry } from './ledger.ts';
import type { ModelManifest } from './manifest.ts';
import type { MetricSpec, Policy } from './policy.ts';
import type { NetworkStore, RefitQueue } from './refits.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { GroupSurroundings, SurroundingsAsked } from './surroundings.ts';

export type { GroupId, HomeSwitch } from './group.ts';
export { DRIFT, type NetworkStore, type RefitJob, type RefitQueue } from './refits.ts';
export type { GroupSurroundings, ScheduledAction, SurroundingsAsked } from './surroundings.ts';
export type { TickMessage, TickQueue } from './tick-message.ts';

/** Real or replayed "now", for leases, deadlines and start times. What a decision sees comes from the event's time instead. */
export interface Clock {
  wall(): EpochMs;
}

export interface LoadQuery {
  readonly id: string;
  readonly metric: MetricSpec;
  /** Samples whose period starts in [fromMs, toMs). */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

export type ReadRefusal =
  | { readonly kind: 'no-metric'; readonly reason: string }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      /** What alarms know the failure by, where it was one of a call: `AWS_THROTTLED`, … */
      readonly code?: string;
    };

/** Reads load metrics of many groups in as few calls as the source allows. A query that fails refuses alone. */
export interface LoadReader {
  read(queries: readonly LoadQuery[]): Promise<ReadonlyMap<string, Result<Samples, ReadRefusal>>>;
}

export interface TaggedGroup {
  readonly group: GroupId;
  /** Value of the tag `prescale:policy`. */
  readonly policyName: string;
}

/** What AWS says of a group now. */
export interface GroupSnapshot {
  readonly group: GroupId;
  readonly minSize: CapacityUnits;
  readonly maxSize: CapacityUnits;
  readonly desired: CapacityUnits;
  /** Capacity in service (weights counted), and capacity on its way. */
  readonly inService: CapacityUnits;
  readonly pending: CapacityUnits;
  /** What one instance may count for, ascending; absent where each counts for one. */
  readonly weights?: Weights;
  readonly tags: Readonly<Record<string, string>>;
  readonly suspendedProcesses: readonly string[];
  /** Seconds of the group's own default cooldown. */
  readonly defaultCooldownSeconds: number;
}

export interface GroupReader {
  /** Every group that carries the tag `prescale:policy`, page by page. */
  tagged(): AsyncIterable<TaggedGroup>;
  /** Snapshots by ARN; a group that no longer exists is absent. Batched and paged. */
  describe(groups: readonly GroupId[]): Promise<ReadonlyMap<string, GroupSnapshot>>;
  surroundings(group: GroupId, asked: SurroundingsAsked): Promise<GroupSurroundings>;
}

/** What AWS answered to a write that it did not perform. */
export type ActRefusal =
  | { readonly kind: 'busy'; readonly code: string; readonly reason: string }
  | { readonly kind: 'name-or-time-taken'; readonly code: string; readonly reason: string }
  | { readonly kind: 'invalid'; readonly code: string; readonly reason: string };

/** Writes to a group: all absolute and convergent, so that a duplicate is harmless. Throttling and outages throw (retryable). */
export interface GroupActor {
  setFloor(group: GroupId, minSize: CapacityUnits): Promise<Result<void, ActRefusal>>;
  setDesired(group: GroupId, desired: CapacityUnits): Promise<Result<void, ActRefusal>>;
  /** Creates or moves the one-time scheduled action that restores MinSize. */
  armHome(group: GroupId, home: HomeSwitch): Promise<Result<void, ActRefusal>>;
  /** Removes it; succeeds when it is already gone. */
  disarmHome(group: GroupId, name: string): Promise<Result<void, ActRefusal>>;
  /** Writes the tag `prescale:owner`. */
  claim(group: GroupId, owner: string): Promise<Result<void, ActRefusal>>;
  /** Removes the tag `prescale:owner`. */
  disown(group: GroupId): Promise<Result<void, ActRefusal>>;
}

export type BeginRefusal =
  | { readonly kind: 'leased'; readonly holder: string; readonly untilMs: number }
  | { readonly kind: 'superseded'; readonly lastAsOfMs: number };

/** One record per group, guarded by a lease: read and lease in one conditional write. */
export interface RuntimeStore {
  /**
   * Takes the lease for `holder` until `untilMs` and returns the state. Refuses while another holder's lease lives, or
   * when a tick later than `asOfMs` has begun. The same holder may come back: a redelivered message is one holder.
   */
  begin(group: GroupId, lease: Lease): Promise<Result<Begun, BeginRefusal>>;
  /** Writes the state and gives the lease back; throws `LeaseLostError` when the lease is not ours any more. */
  commit(group: GroupId, holder: string, state: RuntimeState): Promise<void>;
  /** Reads without a lease, for people. */
  peek(group: GroupId): Promise<RuntimeState | undefined>;
  /** Every group that has a state here, also those that lost their tag. */
  known(): AsyncIterable<GroupId>;
  forget(group: GroupId): Promise<void>;
}

export interface Begun {
  readonly state: RuntimeState;
  /** True when the tick that began before this one is the one whose state was kept: no tick has died since. */
  readonly settled: boolean;
  /** The group's own switch, null where none is set; undefined where this store does not keep it, or cannot read it. */
  readonly ownSwitch?: Switch | null;
}

export interface Lease {
  readonly holder: string;
  readonly asOfMs: EpochMs;
  readonly wallMs: EpochMs;
  readonly untilMs: EpochMs;
}

export interface LedgerRange {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

export interface LedgerRecord {
  readonly decision: DecisionEntry;
  readonly outcome: OutcomeEntry | undefined;
  readonly confirm: ConfirmEntry | undefined;
}

export interface Standing extends LedgerRecord {
  /** True when this call wrote the decision. */
  readonly written: boolean;
}

/** Append-only: each item is written once, under the condition that it is not there yet. */
export interface Ledger {
  /**
   * Writes the intent; returns what stands: ours (`written`), or what an earlier delivery wrote. What is known already
   * stands or falls with it.
   */
  intend(entry: DecisionEntry, known?: KnownAhead): Promise<Standing>;
  conclude(outcome: OutcomeEntry): Promise<void>;
  at(group: GroupId, asOfMs: EpochMs): Promise<LedgerRecord | undefined>;
  /** Ascending by time. */
  range(group: GroupId, range: LedgerRange): Promise<readonly LedgerRecord[]>;
}

/** What stands now, which is meant where nothing is said, or what a warm process took for it a while ago. */
export type Version = 'newest' | 'lately';

/** Load history of a workload, kept so that a tick asks CloudWatch for the newest minutes alone. */
export interface HistoryStore {
  /** Stored samples whose period starts in the span, ascending, without duplicates; empty when nothing is kept. */
  read(key: HistoryKey, span: LedgerRange, version?: Version): Promise<Samples>;
  /** Merges: a sample with a stamp that is already kept replaces it; others stay. */
  merge(key: HistoryKey, samples: Samples): Promise<void>;
}

/** A workload's history is kept per metric and period: another metric is another history. */
export interface HistoryKey {
  readonly workload: string;
  readonly metric: MetricSpec;
}

/** A model belongs to a history and to the terms it was fitted for. */
export interface ModelKey extends HistoryKey {
  /** Lead window, reach, critical ratio and throughput, as one text. */
  readonly terms: string;
}

export interface ModelStore {
  load(key: ModelKey, version?: Version): Promise<StoredModel | undefined>;
  save(key: ModelKey, model: StoredModel): Promise<void>;
}

/** What each fit was made of, beside its model. */
export interface ManifestStore {
  load(key: ModelKey): Promise<ModelManifest | undefined>;
  /** The manifests of other workloads, one of each, ascending by workload, `most` of them. */
  others(workload: string, most: number): Promise<readonly ModelManifest[]>;
  save(key: ModelKey, manifest: ModelManifest): Promise<void>;
}

export interface StoredModel {
  readonly artefact: WorkloadModel;
  /** Where the archive keeps the artefact's JSON, so that a ledger entry can name exactly what it used. */
  readonly address: string;
}

/** Content-addressed and immutable. */
export interface Archive {
  /** Stores the text and returns its address, the lower-case hex SHA-256 of its UTF-8 bytes. */
  put(text: string): Promise<string>;
  get(address: string): Promise<string | undefined>;
}

export type PolicyRefusal =
  | { readonly kind: 'unknown-policy'; readonly reason: string }
  | { readonly kind: 'bad-policy'; readonly reason: string };

export interface PolicyStore {
  read(name: string): Promise<Result<Policy, PolicyRefusal>>;
}

/** `run`, or one of the two verbs to stop; the newest statement for the account or the group that is stricter wins. */
export interface Switch {
  readonly verb: 'run' | 'freeze' | 'release';
  /** A freeze ends by itself. */
  readonly untilMs: EpochMs | undefined;
  readonly reason: string;
}

export interface SwitchBoard {
  /** The stricter of the account's and the group's own, which `begin` may have seen. Throws when it cannot be read: a tick holds. */
  read(group: GroupId, ownSwitch?: Switch | null): Promise<Switch>;
  write(scope: SwitchScope, value: Switch): Promise<void>;
}

export type SwitchScope = { readonly kind: 'account' } | { readonly kind: 'group'; readonly group: GroupId };

/** Counters that all groups of the account share; each call is one atomic update. */
export interface BlastRadius {
  /** Takes up to `wanted` units from the budget of that minute; returns how many were granted. */
  takeUnits(minuteMs: EpochMs, wanted: number, cap: number): Promise<number>;
  /** Counts one large change in that tick; false when `limit` others were already counted. Asking twice for a group counts once. */
  takeLargeChange(tickMs: EpochMs, group: GroupId, limit: number): Promise<boolean>;
}

export interface Notice {
  readonly group: GroupId;
  readonly asOfMs: EpochMs;
  readonly subject: string;
  readonly text: string;
}

/** Tells a person. */
export interface Notices {
  send(notice: Notice): Promise<void>;
}

/** One line per group and tick, as CloudWatch embedded metrics. */
export interface Telemetry {
  tick(entry: DecisionEntry, outcome: OutcomeEntry): void;
  failure(group: GroupId, code: string): void;
}

/** Everything that a tick needs from the world. */
export interface Ports {
  readonly clock: Clock;
  readonly loads: LoadReader;
  readonly groups: GroupReader;
  readonly actor: GroupActor;
  readonly runtime: RuntimeStore;
  readonly ledger: Ledger;
  readonly history: HistoryStore;
  readonly models: ModelStore;
  readonly manifests: ManifestStore;
  readonly networks: NetworkStore;
  readonly archive: Archive;
  readonly policies: PolicyStore;
  readonly switches: SwitchBoard;
  readonly blastRadius: BlastRadius;
  readonly headroom: HeadroomReader;
  readonly launches: LaunchReader;
  readonly refits: RefitQueue;
  readonly notices: Notices;
  readonly telemetry: Telemetry;
}
