import type { GroupOptions } from '../../../adapters/memory/group.ts';
import { memoryPorts } from '../../../adapters/memory/memory-ports.ts';
import { createWorld, type World, type WorldOptions } from '../../../adapters/memory/world.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import { type MetricSpec, type Policy, type PolicyInput, policyOf } from '../../../loop/policy.ts';
import type { GroupActor, GroupId, Ports } from '../../../loop/ports.ts';
import { type FleetLimits, type TickOutcome, tick } from '../../../loop/tick.ts';
import type { Samples } from '../../../models/clean/load.ts';
import { type EpochMs, instant } from '../../../models/kernel/series.ts';
import { policyInput } from '../fixtures.ts';

export const OWNER = '000000000000/us-east-1/PrescaleController';

export const MINUTE_MS = 60_000;
const STEP_MS = 5 * MINUTE_MS;

/** Noon. Minutes of a test are counted from here. */
const NOON_MS = Date.UTC(2026, 0, 5, 12);

/** The first tick: two minutes past noon, when the load of 11:55 to 12:00 has just been published. */
export const START_MS = instant(NOON_MS + 2 * MINUTE_MS);

/** The instant a number of minutes after noon. */
export const minute = (minutes: number): EpochMs => instant(NOON_MS + minutes * MINUTE_MS);

/** A load over time as the units that carry it, by minutes after noon; undefined where no sample was ever published. */
export type Needs = (minutes: number) => number | undefined;

/** Five-minute load that exactly `units` units carry, with two per cent to spare. */
export const loadOf = (units: number): number => 0.98 * units * 0.8 * 300;

export interface GroupSetUp {
  readonly name: string;
  /** What differs from a floor policy of one request a second and unit. */
  readonly policy?: Partial<PolicyInput>;
  /** What differs from a group of two to forty at four. */
  readonly group?: Partial<GroupOptions>;
  readonly needs?: Needs;
}

export interface AccountOptions {
  readonly world?: Partial<WorldOptions>;
  readonly fleet?: Partial<FleetLimits>;
  readonly remainingMs?: () => number;
  readonly everySeconds?: number;
}

/** A tick message as it arrives; by default of this very moment, for every group, carried by a holder of its own. */
export interface Arrival {
  readonly asOfMs?: number;
  readonly holder?: string;
  readonly names?: readonly string[];
  readonly fleetSize?: number;
}

export interface Account {
  readonly world: World;
  readonly ports: Ports;
  readonly idOf: (name: string) => GroupId;
  /** Writes that were done, in order, each `<group>: <what>`. */
  readonly writes: string[];
  /** One run of the loop for the whole batch; time does not move. */
  readonly deliver: (arrival?: Arrival) => Promise<readonly TickOutcome[]>;
  readonly pass: (minutes: number) => void;
  /** What the ledger says of a group's tick. Throws when there is no such entry. */
  readonly entryOf: (name: string, asOfMs: number) => Promise<DecisionEntry>;
}

/** Groups under the real loop in an account in memory; each has its own policy, metric and load. */
export function controlledAccount(groups: readonly GroupSetUp[], options: AccountOptions = {}): Account {
  const world = createWorld({ startMs: START_MS, ...options.world });
  const ids = new Map(groups.map((group) => [group.name, settled(world, group)]));
  const idOf = (name: string): GroupId => ids.get(name) ?? unknownGroup(name);
  const writes: string[] = [];
  const ports: Ports = withRecordedWrites(memoryPorts(world), writes);
  const settings = {
    owner: OWNER,
    version: '0.1.0',
    leaseSeconds: 45,
    fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5, ...options.fleet },
    everySeconds: options.everySeconds,
    remainingMs: options.remainingMs ?? (() => 30_000),
  };
  return {
    world,
    ports,
    idOf,
    writes,
    pass: (minutes) => world.advanceTo(world.nowMs + minutes * MINUTE_MS),
    deliver: ({ asOfMs = world.nowMs, holder, names = [...ids.keys()], fleetSize = names.length } = {}) =>
      tick(
        names.map((name) => ({
          holder: holder ?? `${name}@${asOfMs}`,
          message: { version: 1, group: idOf(name), policyName: name, asOfMs: instant(asOfMs), fleetSize },
        })),
        ports,
        settings,
      ),
    entryOf: async (name, asOfMs) => {
      const record = await world.ledger.at(idOf(name), instant(asOfMs));
      if (record === undefined) throw new Error(`the ledger has no entry of "${name}" at ${asOfMs}`);
      return record.decision;
    },
  };
}

const unknownGroup = (name: string): GroupId => ({
  arn: `arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:0:autoScalingGroupName/${name}`,
  name,
  account: '000000000000',
  region: 'us-east-1',
});

export const metricOf = (name: string): MetricSpec => ({
  namespace: 'Test',
  name: 'Requests',
  dimensions: { Group: name },
  statistic: 'Sum',
  periodSeconds: 300,
});

/** The policy document of a group; its name, workload and metric are the group's own. */
export const policyFor = ({ name, policy }: GroupSetUp): Policy =>
  policyOf({
    ...policyInput,
    name,
    workload: name,
    load: { source: 'total', metric: metricOf(name), missing: 'unknown' },
    ...policy,
  });

function settled(world: World, setUp: GroupSetUp): GroupId {
  const { name, needs, group } = setUp;
  const policy = policyFor(setUp);
  world.policies.put(policy);
  if (needs !== undefined)
    world.publish(
      policy.load.metric,
      samplesOf((at) => ofNeed(needs(at))),
    );
  return world.addGroup({ name, policyName: name, minSize: 2, maxSize: 40, desired: 4, ...group });
}

const ofNeed = (units: number | undefined): number | undefined => (units === undefined ? undefined : loadOf(units));

/** Five-minute samples from nine in the morning until noon of the next day. */
export function samplesOf(value: (minutes: number) => number | undefined): Samples {
  const steps = Array.from({ length: 27 * 12 }, (_, i) => i * 5 - 180);
  const known = steps.flatMap((at) => {
    const sample = value(at);
    return sample === undefined ? [] : [{ stampMs: NOON_MS + at * MINUTE_MS, sample }];
  });
  return {
    timestampsMs: Float64Array.from(known, ({ stampMs }) => stampMs),
    values: Float64Array.from(known, ({ sample }) => sample),
  };
}

/** The same ports; each write that AWS took is noted. */
function withRecordedWrites(ports: Ports, writes: string[]): Ports {
  const { actor } = ports;
  const noted = async <T extends { readonly ok: boolean }>(group: GroupId, what: string, write: Promise<T>) => {
    const done = await write;
    if (done.ok) writes.push(`${group.name}: ${what}`);
    return done;
  };
  const recorded: GroupActor = {
    setFloor: (group, size) => noted(group, `MinSize ${size}`, actor.setFloor(group, size)),
    setDesired: (group, size) => noted(group, `desired ${size}`, actor.setDesired(group, size)),
    armHome: (group, home) => noted(group, `arm ${home.minSize}`, actor.armHome(group, home)),
    disarmHome: (group, name) => noted(group, 'disarm', actor.disarmHome(group, name)),
    claim: (group, owner) => noted(group, 'claim', actor.claim(group, owner)),
    disown: (group) => noted(group, 'disown', actor.disown(group)),
  };
  return { ...ports, actor: recorded };
}

export const STEP = { ms: STEP_MS, minutes: 5 } as const;
