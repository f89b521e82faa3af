import type { MetricSpec } from '../../loop/policy.ts';
import type { GroupId, Ports, RefitJob, TickMessage, TickQueue } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';

/** A group to create; all its instances are in service before the account hands it over. */
export interface GroupWanted {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired?: number;
  /** Value of the tag `prescale:policy`. */
  readonly policyName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The group's own policy: none, target tracking, or target tracking that never scales in. */
  readonly ownPolicy?: 'target-tracking' | 'out-only';
}

/** An account on which a suite works: the ports under test, and what an owner does beside them. Names never repeat. */
export interface Account {
  readonly ports: Ports & { readonly queue: TickQueue };
  /** The account's present. */
  nowMs(): number;
  /** A name that no other test has. */
  freshName(): string;
  addGroup(wanted: GroupWanted): Promise<GroupId>;
  removeGroup(group: GroupId): Promise<void>;
  /** A schedule of the group's owner that changes MinSize. */
  schedule(group: GroupId, action: { name: string; startMs: number; minSize: number }): Promise<void>;
  suspend(group: GroupId, processes: readonly string[]): Promise<void>;
  publish(metric: MetricSpec, samples: Samples): Promise<void>;
  putPolicyText(name: string, text: string): Promise<void>;
  /** Waits for so many tick messages, or fits asked for, in any order. */
  takeTicks(count: number): Promise<readonly TickMessage[]>;
  takeRefits(count: number): Promise<readonly RefitJob[]>;
}

export type OpenAccount = () => Account;
