import type { Controller, PeoplePorts } from '../../cli/shell.ts';
import type { Headroom } from '../../loop/headroom.ts';
import type { Policy } from '../../loop/policy.ts';
import type { GroupId, GroupSnapshot, GroupSurroundings, LedgerRecord, Switch } from '../../loop/ports.ts';
import { newRuntimeState, type RuntimeState } from '../../loop/runtime-state.ts';
import type { Samples } from '../../models/clean/load.ts';
import { accept, refuse } from '../../models/kernel/result.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import { nowMs, policy, snapshot, surroundings } from '../loop/fixtures.ts';

/** One group as AWS and the controller's memory hold it; the ports below read and write it. */
export interface SmallGroup {
  snapshot: GroupSnapshot | undefined;
  around: GroupSurroundings;
  state: RuntimeState | undefined;
  tagged: boolean;
  leasedBy?: string;
}

export interface SmallWorld {
  readonly groups: Map<string, SmallGroup>;
  readonly writes: string[];
  readonly switches: Map<string, Switch>;
  readonly records: LedgerRecord[];
  readonly archive: Map<string, string>;
  policy: Policy | undefined;
  headroom: Headroom;
  /** Samples by metric name. */
  readonly metrics: Map<string, Samples>;
  /** What the history store holds, of whatever metric. */
  stored: Samples;
  /** Name of a write that AWS refuses. */
  refused?: string;
  /** A write that AWS accepts and somebody undoes. */
  undone?: string;
  readonly controller: Controller;
}

export const OWNER = '000000000000/us-east-1/PrescaleController';

export const smallGroup = (change: Partial<SmallGroup> = {}): SmallGroup => ({
  snapshot: snapshot(),
  around: surroundings(),
  state: newRuntimeState(),
  tagged: true,
  ...change,
});

/** A floor that was raised from 2 to 8, with its dead-man's switch armed. */
export const raised = (change: Partial<SmallGroup> = {}): SmallGroup => ({
  snapshot: snapshot({ minSize: units(8), tags: { 'prescale:policy': 'web', 'prescale:owner': OWNER } }),
  around: surroundings({
    scheduledActions: [
      { name: 'prescale-home', startMs: instant(nowMs + 1_200_000), minSize: units(2), recurring: false },
    ],
  }),
  state: {
    ...newRuntimeState(),
    lastAsOfMs: nowMs - 300_000,
    base: units(2),
    lastFloor: units(8),
    armed: { name: 'prescale-home', startMs: nowMs + 1_200_000, minSize: units(2), base: units(2) },
  },
  tagged: true,
  ...change,
});

const idOf = (arn: string): GroupId => ({ arn, name: arn, account: '000000000000', region: 'us-east-1' });

/** Ports over a few groups, by name; names serve as ARNs. */
export function smallWorld(groups: Readonly<Record<string, SmallGroup>> = {}): SmallWorld {
  const world: Omit<SmallWorld, 'controller'> = {
    groups: new Map(Object.entries(groups)),
    writes: [],
    switches: new Map(),
    records: [],
    archive: new Map(),
    policy: policy(),
    headroom: { limits: [], unknown: [] },
    metrics: new Map(),
    stored: { timestampsMs: new Float64Array(0), values: new Float64Array(0) },
  };
  const installation = {
    table: 'state-table',
    bucket: 'state-bucket',
    tickQueueUrl: 'https://sqs/ticks',
    refitQueueUrl: 'https://sqs/refits',
    noticesTopicArn: 'arn:notices',
    learnMachine: 'arn:learn',
    owner: OWNER,
  };
  return Object.assign(world, { controller: { installation, ports: portsOf(world) } });
}

type World = Omit<SmallWorld, 'controller'>;

const portsOf = (world: World): PeoplePorts => ({
  clock: { wall: () => nowMs },
  headroom: { headroom: async () => world.headroom },
  models: { load: async () => undefined, save: async () => undefined },
  history: {
    read: async () => world.stored,
    merge: async () => {
      throw new Error('no command may write the history');
    },
  },
  archive: {
    get: async (address) => world.archive.get(address),
    put: async (text) => {
      throw new Error(`no command may archive anything: ${text.slice(0, 20)}`);
    },
  },
  policies: {
    read: async (name) =>
      world.policy === undefined
        ? refuse({ kind: 'unknown-policy', reason: `no policy "${name}"` })
        : accept(world.policy),
  },
  loads: {
    read: async (queries) =>
      new Map(
        queries.map(({ id, metric }) => {
          const samples = world.metrics.get(metric.name);
          return [id, accept(samples ?? { timestampsMs: new Float64Array(0), values: new Float64Array(0) })];
        }),
      ),
  },
  ledger: ledgerOf(world),
  switches: {
    read: async ({ name }) =>
      strictest([world.switches.get('account'), world.switches.get(name)].filter((s) => s !== undefined)),
    write: async (scope, value) => {
      world.switches.set(scope.kind === 'account' ? 'account' : scope.group.name, value);
    },
  },
  ...groupPorts(world),
});

const STRICTNESS = { run: 0, freeze: 1, release: 2 } as const;
const strictest = (standing: readonly Switch[]): Switch =>
  [...standing].sort((a, b) => STRICTNESS[b.verb] - STRICTNESS[a.verb])[0] ?? {
    verb: 'run',
    untilMs: undefined,
    reason: '',
  };

const ledgerOf = (world: World): PeoplePorts['ledger'] => {
  const noWrite = async (): Promise<never> => {
    throw new Error('no command may write the ledger');
  };
  const range: PeoplePorts['ledger']['range'] = async ({ name }, { fromMs, toMs }) =>
    world.records.filter(({ decision: { group, asOfMs } }) => group.name === name && asOfMs >= fromMs && asOfMs < toMs);
  const at: PeoplePorts['ledger']['at'] = async (group, asOfMs) =>
    (await range(group, { fromMs: asOfMs, toMs: instant(asOfMs + 1) }))[0];
  return { intend: noWrite, conclude: noWrite, at, range };
};

function groupPorts(world: World): Pick<PeoplePorts, 'groups' | 'actor' | 'runtime'> {
  const { groups, writes } = world;
  const at = ({ arn }: GroupId): SmallGroup => groups.get(arn) ?? smallGroup({ snapshot: undefined });
  const write = async (group: GroupId, what: string, change: (s: GroupSnapshot) => GroupSnapshot) => {
    if (world.refused !== undefined && what.startsWith(world.refused)) {
      return refuse({ kind: 'busy', code: 'ResourceContention', reason: 'another change is under way' } as const);
    }
    writes.push(`${group.name}: ${what}`);
    const small = at(group);
    const undone = world.undone !== undefined && what.startsWith(world.undone);
    if (small.snapshot !== undefined && !undone) small.snapshot = change(small.snapshot);
    return accept(undefined);
  };
  return {
    groups: {
      tagged: async function* () {
        for (const [name, { tagged }] of groups) if (tagged) yield { group: idOf(name), policyName: 'web' };
      },
      describe: async (ids) =>
        new Map(
          ids.flatMap((id) => {
            const found = at(id).snapshot;
            return found === undefined ? [] : [[id.arn, { ...found, group: id }] as const];
          }),
        ),
      surroundings: async (id) => at(id).around,
    },
    actor: {
      setFloor: (group, minSize) => write(group, `MinSize ${minSize}`, (s) => ({ ...s, minSize })),
      setDesired: (group, desired) => write(group, `desired ${desired}`, (s) => ({ ...s, desired })),
      armHome: (group, { name }) => write(group, `arm ${name}`, (s) => s),
      disarmHome: async (group, name) => {
        const small = at(group);
        const scheduledActions = small.around.scheduledActions.filter((action) => action.name !== name);
        small.around = { ...small.around, scheduledActions };
        return write(group, `disarm ${name}`, (s) => s);
      },
      claim: (group, owner) =>
        write(group, `claim ${owner}`, (s) => ({ ...s, tags: { ...s.tags, 'prescale:owner': owner } })),
      disown: (group) =>
        write(group, 'disown', (s) => {
          const { 'prescale:owner': _gone, ...tags } = s.tags;
          return { ...s, tags };
        }),
    },
    runtime: {
      begin: async (group) => {
        const small = at(group);
        if (small.leasedBy !== undefined) {
          return refuse({ kind: 'leased', holder: small.leasedBy, untilMs: nowMs + 30_000 } as const);
        }
        return accept({ state: small.state ?? newRuntimeState(), settled: small.state !== undefined });
      },
      commit: async (group, _holder, state) => {
        at(group).state = state;
      },
      peek: async (group) => at(group).state,
      known: async function* () {
        for (const [name, { state }] of groups) if (state !== undefined) yield idOf(name);
      },
      forget: async (group) => {
        at(group).state = undefined;
      },
    },
  };
}
