import type { GroupOptions, MemoryGroup } from '../../../adapters/memory/group.ts';
import { memoryPorts } from '../../../adapters/memory/memory-ports.ts';
import { createWorld, type World } from '../../../adapters/memory/world.ts';
import { type Policy, type PolicyInput, windowStepsOf } from '../../../loop/policy.ts';
import type { LedgerRecord, Ports, ScheduledAction, Switch } from '../../../loop/ports.ts';
import type { RuntimeState } from '../../../loop/runtime-state.ts';
import { type TickOutcome, tick } from '../../../loop/tick.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import type { ForecastArtefact } from '../../../models/forecast/artefact.ts';
import { instant } from '../../../models/kernel/series.ts';
import type { GroupSizes } from '../../../models/simulate/environment/aws-refusals.ts';
import { policy as policyWith } from '../fixtures.ts';
import { type Watch, watchOver } from './watch.ts';

export const MINUTE_MS = 60_000;
export const STEP_MS = 5 * MINUTE_MS;

/** Noon; minutes are counted from here, and the load reaches back three hours. */
export const NOON_MS = Date.UTC(2026, 0, 5, 12);

/** The first tick: two minutes past noon, when the load until noon is out. */
export const START_MS = NOON_MS + 2 * MINUTE_MS;

/** Units that the load needs, by minutes after noon; undefined where there is no sample. */
export type Needs = (minutes: number) => number | undefined;

export interface GroupSetUp {
  readonly needs: Needs;
  /** What differs from a floor policy of one request a second and unit. */
  readonly policy?: Partial<PolicyInput>;
  /** What differs from a group of two to forty at four. */
  readonly group?: Partial<GroupOptions>;
  /** How many minutes of samples there are after noon. Default: a day. */
  readonly minutes?: number;
}

export interface Arrival {
  /** Default: now. */
  readonly asOfMs?: number;
  /** Default: one for each `asOfMs`, so that a redelivery is the same hand. */
  readonly holder?: string;
}

/** One group, `web`, under the loop and under watch. */
export interface WatchedGroup {
  readonly world: World;
  readonly ports: Ports;
  readonly group: MemoryGroup;
  readonly policy: Policy;
  readonly watch: Watch;
  /** One run of the loop, as a function that SQS invokes; what the loop throws is a failure to deliver again. */
  readonly deliver: (arrival?: Arrival, ports?: Ports) => Promise<TickOutcome>;
  /** Delivers until nothing has to come again, five times at most; then five minutes pass. */
  readonly turn: () => Promise<TickOutcome>;
  readonly turns: (count: number) => Promise<void>;
  readonly passTo: (ms: number) => void;
  /** What the owner does to the group, or to its switch. */
  readonly order: (verb: Switch['verb']) => Promise<void>;
  /** Everything that the world keeps of the group, comparable with another world. */
  readonly standing: () => Promise<Standing>;
  readonly ledger: () => Promise<readonly LedgerRecord[]>;
}

export interface Standing {
  readonly sizes: GroupSizes;
  readonly tags: Readonly<Record<string, string>>;
  readonly scheduled: readonly ScheduledAction[];
  readonly state: RuntimeState | undefined;
}

const NAME = 'web';

/** The load of one step that exactly so many units carry, with two per cent to spare. */
export const loadOf = (units: number): number => 0.98 * units * 0.8 * 300;

export function watchedGroup({ needs, policy: changes, group: options, minutes = 24 * 60 }: GroupSetUp): WatchedGroup {
  const world = createWorld({ startMs: START_MS });
  const policy = policyWith(changes);
  world.policies.put(policy);
  publish(world, policy, { needs, minutes });
  const id = world.addGroup({ name: NAME, policyName: NAME, minSize: 2, maxSize: 40, desired: 4, ...options });
  const group = world.group(NAME);
  const watch = watchOver(world, group, policy.guards.headroomUnits);
  const ports = memoryPorts(world);
  const { ledger } = world;

  const deliver: WatchedGroup['deliver'] = async (arrival = {}, through = ports) => {
    const { asOfMs = world.nowMs, holder = `message-${asOfMs}` } = arrival;
    const message = { version: 1, group: id, policyName: NAME, asOfMs: instant(asOfMs), fleetSize: 1 } as const;
    try {
      const [outcome] = await tick([{ holder, message }], watch.over(through, asOfMs), SETTINGS);
      return outcome!;
    } catch (error) {
      return { group: id, asOfMs: message.asOfMs, status: 'failed', retry: true, reason: String(error) };
    }
  };
  const passTo = (ms: number): void => {
    world.advanceTo(ms);
    watch.look();
  };
  const turn = async (): Promise<TickOutcome> => {
    let outcome = await deliver();
    for (let again = 0; outcome.retry && again < 4; again++) outcome = await deliver();
    passTo(world.nowMs + STEP_MS);
    return outcome;
  };
  return {
    world,
    ports,
    group,
    policy,
    watch,
    deliver,
    turn,
    passTo,
    turns: async (count) => {
      for (let i = 0; i < count; i++) await turn();
    },
    order: (verb) => world.switches.write({ kind: 'group', group: id }, { verb, untilMs: undefined, reason: 'said' }),
    standing: async () => ({
      sizes: group.sizes,
      tags: group.tags,
      scheduled: group.surroundings().scheduledActions,
      state: await world.runtime.peek(id),
    }),
    ledger: () => ledger.range(id, { fromMs: instant(NOON_MS), toMs: instant(world.nowMs + STEP_MS) }),
  };
}

const SETTINGS = {
  owner: 'controller-a',
  version: '0.1.0',
  leaseSeconds: 45,
  fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
  remainingMs: () => 30_000,
};

/** Writes the load from three hours before noon on. */
export function publish(world: World, policy: Policy, load: { needs: Needs; minutes: number }): void {
  const known: { readonly at: number; readonly value: number }[] = [];
  for (let at = -180; at < load.minutes; at += 5) {
    const units = load.needs(at);
    if (units !== undefined) known.push({ at, value: loadOf(units) });
  }
  world.publish(policy.load.metric, {
    timestampsMs: Float64Array.from(known, ({ at }) => NOON_MS + at * MINUTE_MS),
    values: Float64Array.from(known, ({ value }) => value),
  });
}

/** Hands the group a model of noon that expects these needs for two days, give or take one per cent. */
export async function foretell({ world, policy }: WatchedGroup, expected: (minutes: number) => number): Promise<void> {
  const artefact: ForecastArtefact = {
    version: 1,
    model: 'told',
    fittedAtMs: instant(NOON_MS),
    stepMs: STEP_MS,
    path: Array.from({ length: 48 * 12 }, (_, i) => loadOf(expected(i * 5))),
    correction: { alpha: 0, phi: 1 },
    calibration: {
      windowSteps: windowStepsOf(policy),
      power: 1,
      scores: Array.from({ length: 99 }, (_, i) => (i - 49) / 4900),
    },
    scores: [],
  };
  const address = await world.archive.put(JSON.stringify(artefact));
  await world.models.save(modelKeyOf(policy), { artefact, address });
}
