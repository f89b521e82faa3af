import type { Samples } from '../models/clean/load.ts';
import { codeOf } from '../models/kernel/errors.ts';
import { type Result, refuse } from '../models/kernel/result.ts';
import { type EpochMs, instant } from '../models/kernel/series.ts';
import { aheadOfClock } from './ahead.ts';
import { changed, deltaQuery, historyKeyOf, noSamples, overlay, worthKeeping } from './history.ts';
import { type Grounds, groundsOf } from './lead-in-force.ts';
import { paceRefused } from './pace.ts';
import type { MetricSpec, Policy } from './policy.ts';
import type {
  BeginRefusal,
  GroupId,
  GroupSnapshot,
  HistoryKey,
  LedgerRange,
  LoadQuery,
  PolicyRefusal,
  Ports,
  ReadRefusal,
  Switch,
} from './ports.ts';
import type { RuntimeState, UnstoredSamples } from './runtime-state.ts';
import type { Delivery, TickSettings } from './tick-contract.ts';
import type { TickInputs } from './tick-inputs.ts';
import { recalled, remembered } from './unstored.ts';
import { knownUntil, recentFrom } from './window.ts';

/** What the first stage found of one group; anything but `seen` ends that group's tick, and no other's. */
export type Sighting =
  | {
      readonly kind: 'seen';
      readonly delivery: Delivery;
      readonly inputs: TickInputs;
      readonly settled: boolean;
    }
  | { readonly kind: 'ahead'; readonly delivery: Delivery; readonly reason: string }
  | { readonly kind: 'leased'; readonly delivery: Delivery; readonly refusal: BeginRefusal }
  | {
      readonly kind: 'bad-input';
      readonly delivery: Delivery;
      readonly wallMs: EpochMs;
      readonly state: RuntimeState;
      readonly settled: boolean;
      /** Undefined where there is no such group. */
      readonly snapshot: GroupSnapshot | undefined;
      readonly reason: string;
    }
  | { readonly kind: 'failed'; readonly delivery: Delivery; readonly error: unknown };

/** A group whose lease is ours, before anything of it is read. */
interface Seat {
  readonly kind: 'seated';
  readonly delivery: Delivery;
  readonly state: RuntimeState;
  /** True when no tick has died since that state was kept. */
  readonly settled: boolean;
  readonly ownSwitch?: Switch | null;
  readonly wallMs: EpochMs;
}

/** The same, before its load is read. */
interface Desk extends Omit<Seat, 'kind' | 'ownSwitch'>, Grounds {
  readonly snapshot: GroupSnapshot;
  readonly switch: Switch;
  readonly readings: readonly Reading[];
}

/** One metric of one group: what is stored of it and what has to be asked. */
interface Reading {
  readonly key: HistoryKey;
  readonly span: LedgerRange;
  readonly stored: Samples;
  readonly query: LoadQuery;
}

/**
 * First stage, for a whole batch: leases one by one, group states in as few calls as AWS allows, and all metrics in one
 * read. Looks at nothing later than each event's time less the publication delay, and at no group before its lease is
 * ours: what another tick writes meanwhile would pass for the owner's hand.
 */
export async function observe(
  deliveries: readonly Delivery[],
  ports: Ports,
  settings: TickSettings,
): Promise<readonly Sighting[]> {
  const seats = await Promise.all(
    deliveries.map((delivery) => isolated(delivery, () => takeSeat(delivery, { ports, settings }))),
  );
  const taken = seats.filter((seat): seat is Seat => seat.kind === 'seated');
  const groups = taken.map(({ delivery }) => delivery.message.group);
  // Awaited by each group on its own: a call that fails is then the failure of each, and of no run as a whole.
  const snapshots = groups.length === 0 ? nobody : ports.groups.describe(groups);
  const desks = await Promise.all(
    seats.map((seat) =>
      seat.kind === 'seated'
        ? isolated(seat.delivery, async () => sitDown(seat, await snapshots, { ports, settings }))
        : seat,
    ),
  );
  const open = desks.filter((desk): desk is Desk => 'readings' in desk);
  const read = await readLoads(open, ports);
  return Promise.all(
    desks.map((desk) =>
      'readings' in desk ? isolated(desk.delivery, () => complete(desk, read, { ports, settings })) : desk,
    ),
  );
}

const nobody: ReadonlyMap<string, GroupSnapshot> = new Map();

interface Room {
  readonly ports: Ports;
  readonly settings: TickSettings;
}

/** One group's failure is that group's alone. */
async function isolated<T>(delivery: Delivery, work: () => Promise<T>): Promise<T | Sighting> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'failed', delivery, error };
  }
}

async function takeSeat(delivery: Delivery, { ports, settings }: Room): Promise<Seat | Sighting> {
  const { group, asOfMs } = delivery.message;
  const wallMs = ports.clock.wall();
  const ahead = aheadOfClock(asOfMs, wallMs);
  if (ahead !== undefined) return { kind: 'ahead', delivery, reason: ahead };
  const untilMs = instant(wallMs + settings.leaseSeconds * 1000);
  const begun = await ports.runtime.begin(group, { holder: delivery.holder, asOfMs, wallMs, untilMs });
  if (!begun.ok) return { kind: 'leased', delivery, refusal: begun.refusal };
  return { kind: 'seated', delivery, ...begun.value, wallMs };
}

async function sitDown(
  { delivery, state, settled, ownSwitch, wallMs }: Seat,
  snapshots: ReadonlyMap<string, GroupSnapshot>,
  { ports, settings }: Room,
): Promise<Desk | Sighting> {
  const { group, asOfMs, policyName } = delivery.message;
  const snapshot = snapshots.get(group.arn);
  const bad = (reason: string): Sighting => ({
    kind: 'bad-input',
    delivery,
    wallMs,
    state,
    settled,
    snapshot,
    reason,
  });
  if (snapshot === undefined) return bad(`no Auto Scaling group "${group.name}" in ${group.region}`);
  const [policy, order] = await Promise.all([ports.policies.read(policyName), readSwitch(group, ownSwitch, ports)]);
  if (!policy.ok) return bad(policyReason(policy.refusal));
  const offPace = paceRefused(policy.value, settings.everySeconds);
  if (offPace !== undefined) return bad(offPace);

  const key = historyKeyOf(policy.value);
  const grounds = await groundsOf(policy.value, { state, asOfMs }, ports);
  const { model } = grounds;
  const span = {
    fromMs: recentFrom(policy.value, asOfMs, model?.artefact.fittedAtMs),
    toMs: knownUntil(policy.value, asOfMs),
  };
  const readings = await Promise.all(
    metricsOf(policy.value, group.name).map(async (metric, i): Promise<Reading> => {
      const own = { ...key, metric };
      const stored = await ports.history.read(own, span, 'lately');
      const query = deltaQuery(
        `${group.arn}#${i}`,
        { ...policy.value, load: { ...policy.value.load, metric } },
        { stored, ...span },
      );
      return { key: own, span, stored, query };
    }),
  );
  return { delivery, ...grounds, settled, snapshot, switch: order, wallMs, readings };
}

/** A switch that cannot be read may say stop: the group holds, and its floor is kept alive, until it can be read again. */
async function readSwitch(group: GroupId, ownSwitch: Seat['ownSwitch'], ports: Ports): Promise<Switch> {
  try {
    return await ports.switches.read(group, ownSwitch);
  } catch (error) {
    ports.telemetry.failure(group, codeOf(error));
    const said = error instanceof Error ? error.message : String(error);
    return { verb: 'freeze', untilMs: undefined, reason: `the switch cannot be read: ${said}` };
  }
}

const policyReason = (refusal: PolicyRefusal): string => refusal.reason;

/** The load's metric, and for utilisation the capacity in service that turns it into load. */
export function metricsOf(policy: Policy, groupName: string): readonly MetricSpec[] {
  const { metric, source } = policy.load;
  if (source === 'total') return [metric];
  const inService: MetricSpec = {
    namespace: 'AWS/AutoScaling',
    name: 'GroupInServiceCapacity',
    dimensions: { AutoScalingGroupName: groupName },
    statistic: 'Average',
    periodSeconds: metric.periodSeconds,
  };
  return [metric, inService];
}

/** One read for the batch. When the source as a whole fails, every group is blind rather than failed: it has to hold. */
async function readLoads(
  desks: readonly Desk[],
  ports: Ports,
): Promise<ReadonlyMap<string, Result<Samples, ReadRefusal>>> {
  const queries = desks.flatMap((desk) => desk.readings.map((reading) => reading.query));
  if (queries.length === 0) return new Map();
  try {
    return await ports.loads.read(queries);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const refusal = { kind: 'unreadable', reason, code: codeOf(error) } as const;
    return new Map(queries.map((query) => [query.id, refuse(refusal)]));
  }
}

/** One metric as a tick sees it, and what of it the next tick has to be told because the history does not hold it yet. */
interface Collected {
  readonly samples: Samples;
  readonly unstored: readonly UnstoredSamples[];
}

/** Stored, remembered and newly read samples, the newer over the older; what is worth keeping is written back. */
async function collect(
  { readings, state }: Desk,
  read: ReadonlyMap<string, Result<Samples, ReadRefusal>>,
  ports: Ports,
): Promise<{ readonly load: readonly Collected[]; readonly readRefusal: ReadRefusal | undefined }> {
  let readRefusal: ReadRefusal | undefined;
  const load: Collected[] = [];
  for (const { key, span, stored: lately, query } of readings) {
    const answer = read.get(query.id) ?? refuse({ kind: 'unreadable', reason: 'the metric source gave no answer' });
    if (!answer.ok) readRefusal = answer.refusal;
    // What others have stored since would have come with the read: where that fails it has to be looked for.
    const stored = answer.ok ? lately : await ports.history.read(key, span);
    const newer = overlay(recalled(state.unstored, key.metric, stored), answer.ok ? answer.value : noSamples);
    const fresh = changed(stored, newer);
    const kept = worthKeeping(stored, fresh);
    if (kept) await ports.history.merge(key, fresh);
    const left = kept || fresh.values.length === 0 ? [] : [remembered(key.metric, fresh)];
    load.push({ samples: overlay(stored, newer), unstored: left });
  }
  return { load, readRefusal };
}

async function complete(
  desk: Desk,
  read: ReadonlyMap<string, Result<Samples, ReadRefusal>>,
  { ports, settings }: Room,
): Promise<Sighting> {
  const { load, readRefusal } = await collect(desk, read, ports);
  const { policy, lead, snapshot, state, model, wallMs, delivery } = desk;
  // The group holds as a blind one does, but a failed call is one all the same, and alarms count it.
  if (readRefusal?.kind === 'unreadable') {
    ports.telemetry.failure(delivery.message.group, readRefusal.code ?? 'LOAD_UNREADABLE');
  }
  const inputs: TickInputs = {
    asOfMs: delivery.message.asOfMs,
    wallMs,
    policy,
    lead,
    snapshot,
    state: { ...state, unstored: load.flatMap(({ unstored }) => unstored) },
    switch: desk.switch,
    samples: load[0]?.samples ?? noSamples,
    inService: load[1]?.samples,
    readRefusal,
    model: model?.artefact,
    modelAddress: model?.address,
    owner: settings.owner,
  };
  return { kind: 'seen', delivery, inputs, settled: desk.settled };
}
