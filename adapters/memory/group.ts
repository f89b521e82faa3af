import { POLICY_TAG } from '../../loop/admission.ts';
import type { Headroom, HeadroomLimit } from '../../loop/headroom.ts';
import type { LaunchSpan, RecentLaunches } from '../../loop/launches.ts';
import type {
  GroupId,
  GroupSnapshot,
  GroupSurroundings,
  ScheduledAction,
  SurroundingsAsked,
} from '../../loop/ports.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import {
  type AwsRefusal,
  type GroupSizes,
  type SizeChange,
  scheduledActionRefusal,
  setDesiredRefusal,
  sizesAfter,
  sizesRefusal,
} from '../../models/simulate/environment/aws-refusals.ts';
import type { Schedule } from '../../models/simulate/environment/scenario.ts';
import { Instances } from './instances.ts';
import { LaunchRoom } from './launch-room.ts';

/** A group to create. Sizes in the group's own unit. */
export interface GroupOptions {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  /** Default: `minSize`. These are in service from the start. */
  readonly desired?: number;
  /** Value of the tag `prescale:policy`; without it the group is not discovered. */
  readonly policyName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** From launch to in service. Default 300. */
  readonly bootSeconds?: number;
  /** Capacity that one instance counts for. Default 1. */
  readonly unitsPerInstance?: number;
  readonly defaultCooldownSeconds?: number;
  /** Whether a dynamic policy of the group may scale it in. Default true. */
  readonly hasScaleInPolicy?: boolean;
  readonly hasPredictivePolicy?: boolean;
}

/** A scheduled action that came due. */
export interface Firing {
  readonly atMs: number;
  readonly name: string;
  /** `fired`, `suspended`, or the code of AWS's refusal. */
  readonly outcome: string;
}

/** One Auto Scaling group, refusing what AWS refuses. Time comes with each call and never runs backwards. */
export class MemoryGroup {
  readonly id: GroupId;
  readonly firings: Firing[] = [];
  hasScaleInPolicy: boolean;
  hasPredictivePolicy: boolean;
  refreshing = false;
  /** When the next scheduled action comes due, with the world's delay; infinity when none waits. */
  nextFiringMs = Number.POSITIVE_INFINITY;
  readonly #instances: Instances;
  readonly #weight: number;
  readonly #cooldownSeconds: number;
  readonly #scheduleDelayMs: number;
  #sizes: GroupSizes;
  #tags: Readonly<Record<string, string>>;
  #suspended: readonly string[] = [];
  #schedules: readonly Schedule[] = [];
  readonly #room = new LaunchRoom();
  #lastActivityMs: number | null = null;

  constructor(id: GroupId, options: GroupOptions, scheduleDelaySeconds: number) {
    const sizes = { min: options.minSize, max: options.maxSize, desired: options.desired ?? options.minSize };
    const refusal = sizesRefusal(sizes);
    if (refusal !== null) throw new InvariantError(`group ${id.name}: ${refusal.message}`);
    this.id = id;
    this.#sizes = sizes;
    this.#weight = options.unitsPerInstance ?? 1;
    this.#instances = new Instances(options.bootSeconds ?? 300, this.#weight, sizes.desired);
    this.#cooldownSeconds = options.defaultCooldownSeconds ?? 300;
    this.#scheduleDelayMs = scheduleDelaySeconds * 1000;
    this.#tags = { ...options.tags, ...(options.policyName && { [POLICY_TAG]: options.policyName }) };
    this.hasScaleInPolicy = options.hasScaleInPolicy ?? true;
    this.hasPredictivePolicy = options.hasPredictivePolicy ?? false;
  }

  get sizes(): GroupSizes {
    return this.#sizes;
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#tags;
  }

  snapshot(nowMs: number): GroupSnapshot {
    const { inService, pending } = this.#instances.at(nowMs);
    return {
      group: this.id,
      minSize: units(this.#sizes.min),
      maxSize: units(this.#sizes.max),
      desired: units(this.#sizes.desired),
      inService: units(inService),
      pending: units(pending),
      ...(this.#weight === 1 ? {} : { weights: [units(this.#weight)] }),
      tags: this.#tags,
      suspendedProcesses: this.#suspended,
      defaultCooldownSeconds: this.#cooldownSeconds,
    };
  }

  surroundings(asked: SurroundingsAsked = 'all'): GroupSurroundings {
    const { hasScaleInPolicy, hasPredictivePolicy, refreshing } = this;
    const scheduledActions = this.#schedules.map(
      ({ name, startMs, min, everyMs }): ScheduledAction => ({
        name,
        startMs: instant(startMs),
        minSize: min === undefined ? undefined : units(min),
        recurring: everyMs !== undefined,
      }),
    );
    const policies = asked === 'all' ? { hasScaleInPolicy, hasPredictivePolicy } : {};
    return { scheduledActions, ...policies, refreshing };
  }

  /** Instances launched from now on take so long to be in service. */
  setBoot(seconds: number): void {
    this.#instances.bootMs = seconds * 1000;
  }

  /** The account can launch so many more instances of this group, because of that. */
  leave(instances: number, of: HeadroomLimit['of']): void {
    this.#instances.room = instances;
    this.#room.scarce = of;
  }

  headroom(): Headroom {
    return this.#room.headroom(this.#instances.room, this.#weight);
  }

  /** What became of the launches that ended within a span. */
  launches(span: LaunchSpan): RecentLaunches {
    return this.#room.launches(this.#instances.boots, span);
  }

  /** UpdateAutoScalingGroup: null when it was done. */
  update(change: SizeChange, nowMs: number): AwsRefusal | null {
    const after = sizesAfter(this.#sizes, change);
    const refusal = sizesRefusal(after);
    if (refusal === null) this.#resize(after, nowMs);
    return refusal;
  }

  /** SetDesiredCapacity. */
  setDesired(desired: number, nowMs: number, honorCooldown = false): AwsRefusal | null {
    const cooldownEndsMs = this.#lastActivityMs === null ? null : this.#lastActivityMs + this.#cooldownSeconds * 1000;
    const refusal = setDesiredRefusal({ group: this.#sizes, desired, honorCooldown, cooldownEndsMs, nowMs });
    if (refusal === null) this.#resize({ ...this.#sizes, desired }, nowMs);
    return refusal;
  }

  /** PutScheduledUpdateGroupAction. */
  schedule(action: Schedule, nowMs: number): AwsRefusal | null {
    const refusal = scheduledActionRefusal(action, this.#schedules, nowMs);
    if (refusal !== null) return refusal;
    this.#reschedule([...this.#schedules.filter(({ name }) => name !== action.name), action]);
    return null;
  }

  unschedule(name: string): void {
    this.#reschedule(this.#schedules.filter((action) => action.name !== name));
  }

  tag(key: string, value: string): void {
    this.#tags = { ...this.#tags, [key]: value };
  }

  untag(key: string): void {
    const { [key]: _gone, ...rest } = this.#tags;
    this.#tags = rest;
  }

  /** Suspends exactly these processes; `Launch`, `Terminate` and `ScheduledActions` matter here. */
  suspend(processes: readonly string[], nowMs: number): void {
    this.#suspended = [...processes];
    this.#reconcile(nowMs);
  }

  /** Fires what came due until `nowMs`, earliest first. */
  advance(nowMs: number): void {
    while (this.nextFiringMs <= nowMs) {
      const due = this.#schedules[0]!;
      this.#fire(due, this.nextFiringMs);
      const rest = this.#schedules.slice(1);
      this.#reschedule(due.everyMs === undefined ? rest : [...rest, { ...due, startMs: due.startMs + due.everyMs }]);
    }
  }

  #fire({ name, min, max, desired }: Schedule, atMs: number): void {
    const outcome = this.#suspended.includes('ScheduledActions')
      ? 'suspended'
      : (this.update({ min, max, desired }, atMs)?.code ?? 'fired');
    this.firings.push({ atMs, name, outcome });
  }

  #reschedule(schedules: readonly Schedule[]): void {
    this.#schedules = [...schedules].sort((a, b) => a.startMs - b.startMs);
    const first = this.#schedules[0];
    this.nextFiringMs = first === undefined ? Number.POSITIVE_INFINITY : first.startMs + this.#scheduleDelayMs;
  }

  #resize(sizes: GroupSizes, nowMs: number): void {
    if (sizes.desired !== this.#sizes.desired) this.#lastActivityMs = nowMs;
    this.#sizes = sizes;
    this.#reconcile(nowMs);
  }

  #reconcile(nowMs: number): void {
    const lacking = this.#instances.reconcile(this.#sizes.desired, nowMs, {
      launch: !this.#suspended.includes('Launch'),
      terminate: !this.#suspended.includes('Terminate'),
    });
    if (lacking > 0) this.#room.lacked(lacking, nowMs);
  }
}
