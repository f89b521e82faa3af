import type { MetricSpec } from '../../loop/policy.ts';
import type { Clock, GroupActor, GroupId } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { MemoryArchive } from './archive.ts';
import { MemoryBlastRadius } from './blast-radius.ts';
import { type Fault, FaultPlan, type FaultPoint } from './faults.ts';
import type { GroupOptions, MemoryGroup } from './group.ts';
import { memoryGroupActor } from './group-actor.ts';
import { GroupRegister } from './group-register.ts';
import { MemoryHistoryStore } from './history-store.ts';
import { MemoryLedger } from './ledger.ts';
import { MemoryManifestStore } from './manifest-store.ts';
import { Metrics } from './metrics.ts';
import { MemoryModelStore } from './model-store.ts';
import { MemoryNetworkStore } from './network-store.ts';
import { MemoryNotices, MemoryRefitQueue, MemoryTelemetry, MemoryTickQueue } from './outbox.ts';
import { MemoryPolicyStore } from './policy-store.ts';
import { MemoryRuntimeStore } from './runtime-store.ts';
import { MemorySwitchBoard } from './switch-board.ts';

export interface WorldOptions {
  /** When the world begins, epoch milliseconds. */
  readonly startMs: number;
  /** Default `000000000000`. */
  readonly account?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** How long after the end of its period a sample can be read. Default 0. */
  readonly publicationDelaySeconds?: number;
  /** How late scheduled actions fire; AWS promises within two minutes. In [0, 120], default 0. */
  readonly scheduleDelaySeconds?: number;
  /** `discard` computes the archive's addresses and keeps no text. Default `keep`. */
  readonly archive?: 'keep' | 'discard';
}

const MOST_DELAY_SECONDS = 120;

/**
 * An AWS account in memory: groups whose instances take time to boot, metrics that are published late, scheduled actions
 * that fire, tables and queues, and faults on demand. Deterministic: it has no clock but the one that `advanceTo` moves,
 * and no randomness.
 */
export class World {
  readonly clock: Clock = { wall: () => this.#nowMs };
  readonly groups: GroupRegister;
  readonly actor: GroupActor;
  readonly metrics: Metrics;
  readonly runtime = new MemoryRuntimeStore();
  readonly ledger = new MemoryLedger();
  readonly history = new MemoryHistoryStore();
  readonly models = new MemoryModelStore();
  readonly manifests = new MemoryManifestStore();
  readonly networks = new MemoryNetworkStore();
  readonly archive: MemoryArchive;
  readonly policies = new MemoryPolicyStore();
  readonly switches = new MemorySwitchBoard(this.clock);
  readonly blastRadius = new MemoryBlastRadius();
  readonly ticks = new MemoryTickQueue();
  readonly refits = new MemoryRefitQueue();
  readonly notices = new MemoryNotices();
  readonly telemetry = new MemoryTelemetry();
  readonly faults = new FaultPlan();
  #nowMs: EpochMs;

  constructor(options: WorldOptions) {
    const scheduleDelaySeconds = options.scheduleDelaySeconds ?? 0;
    if (scheduleDelaySeconds < 0 || scheduleDelaySeconds > MOST_DELAY_SECONDS) {
      throw new InvariantError(`scheduled actions are 0 to ${MOST_DELAY_SECONDS} s late, got ${scheduleDelaySeconds}`);
    }
    this.#nowMs = instant(options.startMs);
    const nowMs = (): EpochMs => this.#nowMs;
    this.groups = new GroupRegister({
      account: options.account ?? '000000000000',
      region: options.region ?? 'us-east-1',
      scheduleDelaySeconds,
      nowMs,
    });
    this.actor = memoryGroupActor(this.groups, nowMs);
    this.metrics = new Metrics(options.publicationDelaySeconds ?? 0, nowMs);
    this.archive = new MemoryArchive(options.archive ?? 'keep');
  }

  get nowMs(): EpochMs {
    return this.#nowMs;
  }

  /** Moves the clock; what came due on the way fires, each at its own time. Throws `InvariantError` on the way back. */
  advanceTo(ms: number): void {
    if (ms < this.#nowMs) throw new InvariantError(`the world stands at ${this.#nowMs} and cannot go back to ${ms}`);
    this.groups.advance(ms);
    this.#nowMs = instant(ms);
  }

  addGroup(options: GroupOptions): GroupId {
    return this.groups.add(options).id;
  }

  /** The group itself, to look at or to do to it what its owner would. Throws `InvariantError` when there is none. */
  group(name: string): MemoryGroup {
    const found = this.groups.find(name);
    if (found === undefined) throw new InvariantError(`there is no group "${name}" in this world`);
    return found;
  }

  /** Writes samples of a metric, each of which is seen once its period and the publication delay have passed. */
  publish(metric: MetricSpec, samples: Samples): void {
    this.metrics.publish(metric, samples);
  }

  /** The next calls of a port fail, or are refused where AWS refuses with that code. */
  failNext(point: FaultPoint, fault: Fault): void {
    this.faults.add(point, fault);
  }

  /** The process ends at the next call of this point, and every call after it fails, until `faults.restart()`. */
  crashNext(point: FaultPoint, when: 'before' | 'after' = 'before'): void {
    this.faults.crash(point, when);
  }
}

/** A new, empty account. */
export const createWorld = (options: WorldOptions): World => new World(options);
