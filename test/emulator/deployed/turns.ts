import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupId } from '../../../loop/ports.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import type { Concluded, DeployedStack } from './deployed-stack.ts';
import { eventually } from './eventually.ts';
import { BASE, type GroupSeen, NEED, policyFor, THIRTEEN_DAYS } from './handed-groups.ts';

/** A fit takes two seconds on a machine that has nothing else to do. */
const PATIENCE = { seconds: 60, everyMs: 1000 };

/** One turn over groups of every kind: what it does to its own, and what it leaves alone. */
export function turnTests(open: () => DeployedStack): void {
  describe('one turn', () => {
    let stack: DeployedStack;
    let own: GroupId;
    let untagged: GroupId;
    let foreign: readonly { readonly group: GroupId; readonly before: GroupSeen; readonly record: Concluded }[];
    let untaggedBefore: GroupSeen;
    let record: Concluded;
    let asOfMs: number;

    beforeAll(async () => {
      stack = open();
      const { groups } = stack;
      own = await groups.handOver('own', { steps: THIRTEEN_DAYS });
      untagged = await groups.handOver('untagged', { tagged: false });
      untaggedBefore = await groups.see(untagged);
      const others = await Promise.all(
        FOREIGN.map(({ role, tags }) => groups.handOver(role, { tags })).map(async (handed) => {
          const group = await handed;
          return { group, before: await groups.see(group) };
        }),
      );
      asOfMs = await stack.discover();
      record = await stack.concluded(own, asOfMs);
      foreign = await Promise.all(
        others.map(async (other) => ({ ...other, record: await stack.concluded(other.group, asOfMs) })),
      );
    }, 90_000);
    afterAll(() => stack.groups.removeAll());

    it('raises the floor in Auto Scaling to what the load needs, and leaves the rest as it was', async () => {
      expect(await stack.groups.see(own)).toMatchObject({ minSize: NEED, maxSize: 40, scheduled: ['prescale-home'] });
    });

    it('marks the group with its owner', async () => {
      const { owner } = stack.deployment.installation;
      expect((await stack.groups.see(own)).tags).toMatchObject({ 'prescale:owner': owner });
    });

    it('writes its intent before it acts, and then what came of it', () => {
      expect(record.decision).toMatchObject({
        policyName: own.name,
        asOfMs,
        groupFound: { minSize: BASE, base: BASE, desired: 4 },
        needNow: NEED,
        action: { floor: NEED, claim: true, arm: { name: 'prescale-home', minSize: BASE } },
      });
      expect(record.outcome).toMatchObject({ status: 'acted', reasons: expect.arrayContaining(['MinSize set to 10']) });
    });

    it('keeps what it decided on, under the address that the ledger names', async () => {
      const kept = await stack.ports.archive.get(record.decision.inputs ?? '');
      expect(JSON.parse(kept ?? 'null')).toMatchObject({ format: 1, snapshot: { group: own } });
    });

    it('is read back by the next', async () => {
      const next = await stack.turn(own);
      expect(next.outcome.status).toBe('held');
      expect((await stack.concluded(own, asOfMs)).confirm).toMatchObject({ floorSeen: NEED, asIntended: true });
    });

    it('is asked for once, however often EventBridge delivers its event', async () => {
      await stack.ticks.drained();
      expect(await stack.ticks.sentBy(() => stack.discover(asOfMs))).toBe(0);
      expect(await stack.ticks.sentBy(() => stack.discover())).toBeGreaterThanOrEqual(1 + FOREIGN.length);
      await stack.ticks.drained();
    });

    it('asks for a model, by which a later one decides', async () => {
      const next = await eventually(
        'a turn with a forecast',
        async () => {
          const { decision } = await stack.turn(own);
          return decision.forecast.kind === 'forecast' ? decision : undefined;
        },
        PATIENCE,
      );
      const kept = await stack.ports.models.load(modelKeyOf(policyFor(own.name)));
      const { model, fittedAtMs } = kept?.artefact ?? {};
      expect(next).toMatchObject({ forecast: { model, fittedAtMs, loadAtLevel: expect.any(Number) } });
      expect(fittedAtMs).toBeLessThanOrEqual(next.asOfMs);
    }, 70_000);

    it('passes a group by that nobody handed over', async () => {
      expect(await stack.groups.see(untagged)).toEqual(untaggedBefore);
      expect(await stack.ledgerOf(untagged)).toEqual([]);
    });

    it.each(FOREIGN)('refuses a group of $case, and says why', ({ role, why }) => {
      const found = foreign.find(({ group }) => group.name.endsWith(role));
      expect(found?.record.outcome.status).toBe('refused');
      expect(found?.record.decision.decision).toMatchObject({
        rule: 'admission',
        reasons: [expect.stringMatching(why)],
      });
    });

    it.each(FOREIGN)('leaves a group of $case as it was', async ({ role }) => {
      const found = foreign.find(({ group }) => group.name.endsWith(role));
      expect(found && (await stack.groups.see(found.group))).toEqual(found?.before);
    });
  });
}

const FOREIGN = [
  {
    case: 'another controller',
    role: 'foreign',
    tags: { 'prescale:owner': '000000000000/us-east-1/Another' },
    why: /owned by the controller "000000000000\/us-east-1\/Another"/,
  },
  {
    case: 'Cluster Autoscaler',
    role: 'kubernetes',
    tags: { 'k8s.io/cluster-autoscaler/enabled': 'true' },
    why: /belongs to Cluster Autoscaler/,
  },
] as const;
