import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Headroom, HeadroomLimit, HeadroomReader } from '../../loop/headroom.ts';
import type { Clock, GroupId } from '../../loop/ports.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { units } from '../../models/kernel/units.ts';
import { AwsCallError } from '../aws/aws-call-error.ts';
import { BriefMemory } from '../aws/brief-memory.ts';
import type { Meter } from './cloudwatch-load-reader.ts';
import type { Ec2Calls } from './ec2-calls.ts';
import { type InstanceKind, type LaunchShape, launchShapeOf, namedKinds, subnetsOf } from './launch-shape.ts';
import type { MetricCalls } from './metric-calls.ts';
import type { ScalingCalls } from './scaling-calls.ts';
import { quotaClassOf, type VcpuQuota, vcpuQuota } from './vcpu-quota.ts';

/** What is asked of AWS to tell an account's headroom. */
export interface HeadroomSources {
  readonly scaling: Pick<ScalingCalls, 'groups'>;
  readonly ec2: Ec2Calls;
  readonly metrics: MetricCalls;
  readonly meter: Meter;
  readonly clock: Clock;
}

const MINUTE_MS = 60_000;

/** What runs changes by the minute, and a fleet that rises asks for every group of it. */
const REMEMBERED_MS = 2 * MINUTE_MS;

/** So many instances of a group show what it launches. */
const SAMPLE = 20;

/** A type has the vCPU that it has. */
const TYPE_REMEMBERED_MS = 24 * 60 * MINUTE_MS;

/**
 * What an account can still launch for a group: vCPU below the quota of its classes, and free addresses in its subnets.
 * Where a group may choose among types or markets, the choice that gets furthest counts: this spares a raise that AWS
 * would refuse, and takes none away that AWS might grant. Answers are minutes old, and groups that rise together see the
 * same room. A call that fails makes its own part unknown. Four calls a group and raise; throws nothing of AWS.
 */
export class AccountHeadroom implements HeadroomReader {
  readonly #sources: HeadroomSources;
  readonly #groups = new BriefMemory<Headroom>(REMEMBERED_MS);
  readonly #quotas = new BriefMemory<VcpuQuota | undefined>(REMEMBERED_MS);
  readonly #vcpus = new BriefMemory<number | undefined>(TYPE_REMEMBERED_MS);

  constructor(sources: HeadroomSources) {
    this.#sources = sources;
  }

  headroom(group: GroupId): Promise<Headroom> {
    return this.#groups.ask(group.arn, () => this.#read(group));
  }

  async #read({ arn, name }: GroupId): Promise<Headroom> {
    const described = await known(async () => {
      const { items } = await this.#sources.scaling.groups({ names: [name] }, undefined);
      const found = items.find(({ AutoScalingGroupARN }) => AutoScalingGroupARN === arn);
      return found === undefined ? refuse(`there is no group "${name}"`) : accept(found);
    });
    if (!described.ok) return { limits: [], unknown: [described.refusal] };
    const parts = await Promise.all([
      known(() => this.#addresses(described.value)),
      known(() => this.#vcpu(described.value)),
    ]);
    return {
      limits: parts.flatMap((part) => (part.ok ? [part.value] : [])),
      unknown: parts.flatMap((part) => (part.ok ? [] : [part.refusal])),
    };
  }

  async #addresses(group: AutoScalingGroup): Promise<Result<HeadroomLimit, string>> {
    const ids = subnetsOf(group);
    if (ids.length === 0) return refuse('the group names zones, not subnets, so their free addresses are not known');
    const subnets = await this.#sources.ec2.subnets(ids);
    const free = subnets.reduce((sum, { AvailableIpAddressCount = 0 }) => sum + AvailableIpAddressCount, 0);
    const largest = Math.max(1, ...namedKinds(group).map(({ weight }) => weight));
    const said = `${free} addresses are free in ${ids.length === 1 ? 'the subnet' : `the ${ids.length} subnets`} of the group`;
    return accept({ of: 'subnet-addresses', units: units(Math.floor(free * largest)), said });
  }

  async #vcpu(group: AutoScalingGroup): Promise<Result<HeadroomLimit, string>> {
    const ids = (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []).slice(-SAMPLE);
    const standing = ids.length === 0 ? [] : await this.#sources.ec2.instances(ids);
    const shape = launchShapeOf(group, standing);
    if (!shape.ok) return refuse(`the vCPU quota: ${shape.refusal}`);
    const rooms = await Promise.all(classesOf(shape.value).map((one) => this.#roomOf(one)));
    const refused = rooms.find((room) => !room.ok);
    if (refused !== undefined && !refused.ok) return refused;
    const told = rooms.flatMap((room) => (room.ok ? [room.value] : []));
    const most = told.reduce((sum, room) => sum + room.units, 0);
    return accept({ of: 'vcpu-quota', units: units(most), said: told.map(({ said }) => said).join('; ') });
  }

  /** Units that one quota leaves to the kind of instance that makes the most of it. */
  async #roomOf({
    name,
    kinds,
  }: QuotaClass): Promise<Result<{ readonly units: number; readonly said: string }, string>> {
    if (name === undefined) return refuse(`the vCPU quota of ${kinds[0]?.type ?? 'the type'} is not known here`);
    const { metrics: calls, meter, clock } = this.#sources;
    const [quota, vcpus] = await Promise.all([
      this.#quotas.ask(name, () => vcpuQuota(name, clock.wall(), { calls, meter })),
      Promise.all(kinds.map(({ type }) => this.#vcpus.ask(type, () => this.#vcpusOf(type)))),
    ]);
    if (quota === undefined) return refuse(`the vCPU quota ${name}: CloudWatch publishes no use of it`);
    const left = Math.max(0, quota.quota - quota.used);
    const rooms = kinds.map(({ weight }, i) => {
      const each = vcpus[i];
      return each === undefined ? undefined : Math.floor(left / each) * weight;
    });
    if (rooms.includes(undefined)) return refuse(`the vCPU quota ${name}: EC2 does not tell the vCPU of every type`);
    const most = Math.max(0, ...rooms.filter((room) => room !== undefined));
    return accept({ units: most, said: `${quota.used} of ${quota.quota} vCPU of ${name} are in use` });
  }

  async #vcpusOf(type: string): Promise<number | undefined> {
    const [info] = await this.#sources.ec2.instanceTypes([type]);
    return info?.VCpuInfo?.DefaultVCpus;
  }
}

/** Kinds of instances that share a quota; without a name where that is not known. */
interface QuotaClass {
  readonly name: string | undefined;
  readonly kinds: readonly InstanceKind[];
}

function classesOf({ kinds, markets }: LaunchShape): readonly QuotaClass[] {
  const classes = new Map<string | undefined, InstanceKind[]>();
  for (const market of markets) {
    for (const kind of kinds) {
      const name = quotaClassOf(kind.type, market);
      classes.set(name, [...(classes.get(name) ?? []), kind]);
    }
  }
  return [...classes].map(([name, members]) => ({ name, kinds: members }));
}

/** What a call of AWS failed by is the reason why its part is not known. */
async function known<T>(read: () => Promise<Result<T, string>>): Promise<Result<T, string>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsCallError) return refuse(error.message);
    throw error;
  }
}
