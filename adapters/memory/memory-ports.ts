import type { ActRefusal, Ports, TickQueue } from '../../loop/ports.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';
import type { ActPoint, FaultPlan, FaultPoint } from './faults.ts';
import type { World } from './world.ts';

/**
 * Every port over one world, and the queue between `discover` and `tick`. Several sets of ports over one world are several
 * processes in one account. Each call first meets the faults that are planned for it.
 */
export function memoryPorts(world: World): Ports & { readonly queue: TickQueue } {
  return {
    clock: world.clock,
    telemetry: world.telemetry,
    ...groupPorts(world),
    ...recordPorts(world),
    ...accountPorts(world),
    ...messagePorts(world),
  };
}

function groupPorts({ faults, groups, actor, metrics }: World): Pick<Ports, 'loads' | 'groups' | 'actor'> {
  const call = failing(faults);
  const acting = refusing(faults);
  return {
    loads: { read: call('loads.read', (queries) => metrics.read(queries)) },
    groups: {
      tagged: failingPages(faults, 'tagged', () => groups.tagged()),
      describe: call('describe', (ids) => groups.describe(ids)),
      surroundings: call('surroundings', (group, asked) => groups.surroundings(group, asked)),
    },
    actor: {
      setFloor: acting('setFloor', actor.setFloor),
      setDesired: acting('setDesired', actor.setDesired),
      armHome: acting('armHome', actor.armHome),
      disarmHome: acting('disarmHome', actor.disarmHome),
      claim: acting('claim', actor.claim),
      disown: acting('disown', actor.disown),
    },
  };
}

type RecordPorts = Pick<Ports, 'runtime' | 'ledger' | 'history' | 'models' | 'manifests' | 'networks' | 'archive'>;

function recordPorts(world: World): RecordPorts {
  const { faults, runtime, ledger, history, models, manifests, networks, archive } = world;
  const call = failing(faults);
  return {
    runtime: {
      begin: call('begin', (group, lease) => runtime.begin(group, lease)),
      commit: call('commit', (group, holder, state) => runtime.commit(group, holder, state)),
      peek: call('peek', (group) => runtime.peek(group)),
      known: failingPages(faults, 'known', () => runtime.known()),
      forget: call('forget', (group) => runtime.forget(group)),
    },
    ledger: {
      intend: call('intend', (entry, known) => ledger.intend(entry, known)),
      conclude: call('conclude', (outcome) => ledger.conclude(outcome)),
      at: call('at', (group, asOfMs) => ledger.at(group, asOfMs)),
      range: call('range', (group, range) => ledger.range(group, range)),
    },
    history: {
      read: call('history.read', (key, span) => history.read(key, span)),
      merge: call('history.merge', (key, samples) => history.merge(key, samples)),
    },
    models: {
      load: call('models.load', (key) => models.load(key)),
      save: call('models.save', (key, model) => models.save(key, model)),
    },
    manifests: {
      load: call('manifests.load', (key) => manifests.load(key)),
      others: call('manifests.others', (workload, most) => manifests.others(workload, most)),
      save: call('manifests.save', (key, manifest) => manifests.save(key, manifest)),
    },
    networks: {
      of: call('networks.of', (workload) => networks.of(workload)),
      keep: call('networks.keep', (workload, network) => networks.keep(workload, network)),
    },
    archive: {
      put: call('archive.put', (text) => archive.put(text)),
      get: call('archive.get', (address) => archive.get(address)),
    },
  };
}

function accountPorts(world: World): Pick<Ports, 'policies' | 'switches' | 'blastRadius' | 'headroom' | 'launches'> {
  const { faults, policies, switches, blastRadius, groups } = world;
  const call = failing(faults);
  return {
    policies: { read: call('policies.read', (name) => policies.read(name)) },
    switches: {
      read: call('switches.read', (group) => switches.read(group)),
      write: call('switches.write', (scope, value) => switches.write(scope, value)),
    },
    blastRadius: {
      takeUnits: call('takeUnits', (minuteMs, wanted, cap) => blastRadius.takeUnits(minuteMs, wanted, cap)),
      takeLargeChange: call('takeLargeChange', (tickMs, group, limit) =>
        blastRadius.takeLargeChange(tickMs, group, limit),
      ),
    },
    launches: { recent: call('launches.recent', (group, span) => groups.recent(group, span)) },
    headroom: { headroom: call('headroom', (group) => groups.headroom(group)) },
  };
}

function messagePorts({ faults, ticks, refits, notices }: World): Pick<Ports, 'refits' | 'notices'> & {
  readonly queue: TickQueue;
} {
  const call = failing(faults);
  return {
    refits: { request: call('refits.request', (job) => refits.request(job)) },
    notices: { send: call('notices.send', (notice) => notices.send(notice)) },
    queue: { send: call('queue.send', (messages) => ticks.send(messages)) },
  };
}

type Call<A extends readonly unknown[], T> = (...given: A) => Promise<T>;

/** The call as it is, unless something is planned for it. */
const failing =
  (faults: FaultPlan) =>
  <A extends readonly unknown[], T>(point: FaultPoint, work: Call<A, T>): Call<A, T> =>
  async (...given) => {
    if (faults.idle) return work(...given);
    const met = faults.meet(point);
    if (met.before !== undefined) throw met.before;
    const done = await work(...given);
    if (met.after !== undefined) throw met.after;
    return done;
  };

/** A write that AWS may also refuse. */
const refusing =
  (faults: FaultPlan) =>
  <A extends readonly unknown[]>(
    point: ActPoint,
    work: Call<A, Result<void, ActRefusal>>,
  ): Call<A, Result<void, ActRefusal>> =>
  async (...given) => {
    if (faults.idle) return work(...given);
    const met = faults.meet(point);
    if (met.refusal !== undefined) return refuse(met.refusal);
    if (met.before !== undefined) throw met.before;
    const done = await work(...given);
    if (met.after !== undefined) throw met.after;
    return done;
  };

/** Pages fail before the first of them. */
const failingPages = <T>(faults: FaultPlan, point: FaultPoint, pages: () => AsyncIterable<T>) =>
  async function* (): AsyncIterable<T> {
    const met = faults.idle ? undefined : faults.meet(point);
    if (met?.before !== undefined) throw met.before;
    yield* pages();
    if (met?.after !== undefined) throw met.after;
  };
