import type { Ports } from '../../../loop/ports.ts';

/** Waits until it is this call's turn; the name tells a reader of a failing order what was waiting. */
export type Turnstile = (call: string) => Promise<unknown>;

/** The same ports; every call that a tick makes waits twice for its turn: before it is done, and before it answers. */
export function pacedPorts(ports: Ports, who: string, turnstile: Turnstile): Ports {
  const paced =
    <A extends readonly unknown[], T>(name: string, work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      await turnstile(`${who} ${name}`);
      const done = await work(...given);
      await turnstile(`${who} ${name} answers`);
      return done;
    };
  const { loads, groups, actor, runtime, ledger, history, models, archive, policies, switches } = ports;
  const { blastRadius, refits, notices } = ports;
  return {
    ...ports,
    loads: { read: paced('loads.read', (queries) => loads.read(queries)) },
    groups: {
      ...groups,
      describe: paced('describe', (ids) => groups.describe(ids)),
      surroundings: paced('surroundings', (group, asked) => groups.surroundings(group, asked)),
    },
    actor: {
      setFloor: paced('setFloor', (group, size) => actor.setFloor(group, size)),
      setDesired: paced('setDesired', (group, size) => actor.setDesired(group, size)),
      armHome: paced('armHome', (group, home) => actor.armHome(group, home)),
      disarmHome: paced('disarmHome', (group, name) => actor.disarmHome(group, name)),
      claim: paced('claim', (group, owner) => actor.claim(group, owner)),
      disown: paced('disown', (group) => actor.disown(group)),
    },
    runtime: {
      ...runtime,
      begin: paced('begin', (group, lease) => runtime.begin(group, lease)),
      commit: paced('commit', (group, holder, state) => runtime.commit(group, holder, state)),
    },
    ledger: {
      ...ledger,
      intend: paced('intend', (entry, known) => ledger.intend(entry, known)),
      conclude: paced('conclude', (outcome) => ledger.conclude(outcome)),
      range: paced('range', (group, range) => ledger.range(group, range)),
    },
    history: {
      read: paced('history.read', (key, span, version) => history.read(key, span, version)),
      merge: paced('history.merge', (key, samples) => history.merge(key, samples)),
    },
    models: { ...models, load: paced('models.load', (key, version) => models.load(key, version)) },
    archive: { ...archive, put: paced('archive.put', (text) => archive.put(text)) },
    policies: { read: paced('policies.read', (name) => policies.read(name)) },
    switches: { ...switches, read: paced('switches.read', (group, own) => switches.read(group, own)) },
    blastRadius: {
      takeUnits: paced('takeUnits', (minuteMs, wanted, cap) => blastRadius.takeUnits(minuteMs, wanted, cap)),
      takeLargeChange: paced('takeLargeChange', (tickMs, group, limit) =>
        blastRadius.takeLargeChange(tickMs, group, limit),
      ),
    },
    refits: { request: paced('refits.request', (job) => refits.request(job)) },
    notices: { send: paced('notices.send', (notice) => notices.send(notice)) },
  };
}
