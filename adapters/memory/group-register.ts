import { POLICY_TAG } from '../../loop/admission.ts';
import type { Headroom, HeadroomReader } from '../../loop/headroom.ts';
import type { LaunchReader, LaunchSpan, RecentLaunches } from '../../loop/launches.ts';
import type {
  GroupId,
  GroupReader,
  GroupSnapshot,
  GroupSurroundings,
  SurroundingsAsked,
  TaggedGroup,
} from '../../loop/ports.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { unknownGroupRefusal } from '../../models/simulate/environment/aws-refusals.ts';
import { AwsCallError } from '../aws/aws-call-error.ts';
import { type GroupOptions, MemoryGroup } from './group.ts';

export interface Register {
  readonly account: string;
  readonly region: string;
  readonly scheduleDelaySeconds: number;
  readonly nowMs: () => number;
}

/** Every group of the world, by name. */
export class GroupRegister implements GroupReader, HeadroomReader, LaunchReader {
  readonly #groups = new Map<string, MemoryGroup>();
  readonly #register: Register;
  #created = 0;

  constructor(register: Register) {
    this.#register = register;
  }

  /** Creates a group. Throws `InvariantError` when its sizes contradict one another or its name is taken. */
  add(options: GroupOptions): MemoryGroup {
    const { account, region, scheduleDelaySeconds } = this.#register;
    const { name } = options;
    if (this.#groups.has(name)) throw new InvariantError(`a group named "${name}" is already there`);
    this.#created += 1;
    const uuid = String(this.#created).padStart(12, '0');
    const arn = `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${uuid}:autoScalingGroupName/${name}`;
    const group = new MemoryGroup({ arn, name, account, region }, options, scheduleDelaySeconds);
    this.#groups.set(name, group);
    return group;
  }

  remove(name: string): void {
    this.#groups.delete(name);
  }

  /** Undefined when there is no such group. */
  find(name: string): MemoryGroup | undefined {
    return this.#groups.get(name);
  }

  /** Fires what came due anywhere. O(groups). */
  advance(nowMs: number): void {
    for (const group of this.#groups.values()) if (group.nextFiringMs <= nowMs) group.advance(nowMs);
  }

  async *tagged(): AsyncIterable<TaggedGroup> {
    for (const { id, tags } of [...this.#groups.values()]) {
      const policyName = tags[POLICY_TAG];
      if (policyName !== undefined) yield { group: id, policyName };
    }
  }

  async describe(groups: readonly GroupId[]): Promise<ReadonlyMap<string, GroupSnapshot>> {
    const nowMs = this.#register.nowMs();
    const found = new Map<string, GroupSnapshot>();
    for (const { arn, name } of groups) {
      const group = this.#groups.get(name);
      if (group?.id.arn === arn) found.set(arn, group.snapshot(nowMs));
    }
    return found;
  }

  async headroom(group: GroupId): Promise<Headroom> {
    const known = this.#groups.get(group.name);
    return known?.headroom() ?? { limits: [], unknown: [`there is no group "${group.name}"`] };
  }

  async recent({ name }: GroupId, span: LaunchSpan): Promise<RecentLaunches> {
    return this.#groups.get(name)?.launches(span) ?? { boots: [], shortage: undefined };
  }

  async surroundings(group: GroupId, asked: SurroundingsAsked): Promise<GroupSurroundings> {
    const known = this.#groups.get(group.name);
    if (known !== undefined) return known.surroundings(asked);
    const { code, message } = unknownGroupRefusal();
    const facts = { code: 'AWS_CALL', retryable: false, detail: { group: group.name } } as const;
    throw new AwsCallError(`DescribeScheduledActions failed: ${code}: ${message}`, facts);
  }
}
