import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupId } from '../../../loop/ports.ts';
import type { Concluded, DeployedStack } from './deployed-stack.ts';
import { notCovered } from './endpoint-kind.ts';
import { eventually } from './eventually.ts';
import type { GateControl } from './gate-control.ts';
import { BASE, NEED } from './handed-groups.ts';

/** The rule fires once a minute; twice that, for a machine that is busy. */
const PATIENCE_SECONDS = 120;

const MINUTE_MS = 60_000;

/** EventBridge itself starts a turn; then the controller dies, and the group goes home without it. */
export function scheduleTests(open: () => DeployedStack, gate: GateControl | undefined): void {
  describe('the schedule', () => {
    let stack: DeployedStack;
    let group: GroupId;
    let record: Concluded;
    let startedMs: number;

    beforeAll(async () => {
      stack = open();
      group = await stack.groups.handOver('scheduled');
      startedMs = Date.now();
      await stack.startSchedule();
      record = await eventually('EventBridge to fire', () => firstTurn(stack, group), {
        seconds: PATIENCE_SECONDS,
        everyMs: 250,
      });
      await stack.stopSchedule();
      await stack.ticks.drained();
    }, 160_000);
    afterAll(async () => {
      await gate?.setNow(null);
      await stack.groups.removeAll();
    });

    it('takes a turn by itself, at the time of its own event', () => {
      expect(record.decision.asOfMs).toBeGreaterThan(startedMs - 1000);
      expect(record.outcome.status).toBe('acted');
    });

    it('raises the floor, with the way home armed', async () => {
      expect(await stack.groups.see(group)).toMatchObject({ minSize: NEED, scheduled: ['prescale-home'] });
    });

    if (gate === undefined) notCovered('whole', 'the way home of a dead controller', 'the clock of the gate');
    else deadControllerTests(() => ({ stack, group, record }), gate);
  });
}

async function firstTurn(stack: DeployedStack, group: GroupId): Promise<Concluded | undefined> {
  const [first] = await stack.ledgerOf(group);
  return first?.outcome === undefined ? undefined : { ...first, outcome: first.outcome };
}

interface Raised {
  readonly stack: DeployedStack;
  readonly group: GroupId;
  readonly record: Concluded;
}

/** From here on nothing invokes the controller any more. */
function deadControllerTests(raised: () => Raised, gate: GateControl): void {
  describe('when the controller is dead', () => {
    it('holds the floor until the armed time', async () => {
      const { stack, group, record } = raised();
      await gate.setNow(armedMs(record) - MINUTE_MS);
      expect(await stack.groups.see(group)).toMatchObject({ minSize: NEED, scheduled: ['prescale-home'] });
    });

    it('brings the group home at the armed time, by the action that Auto Scaling itself carries out', async () => {
      const { stack, group, record } = raised();
      await gate.setNow(armedMs(record));
      expect(await stack.groups.see(group)).toMatchObject({ minSize: BASE, scheduled: [] });
      expect(
        (await gate.calls({ group: group.name })).findLast(({ action }) => !action.startsWith('Describe')),
      ).toMatchObject({
        action: 'ScheduledAction',
        outcome: 'fired',
      });
    });

    it('has taken no turn meanwhile', async () => {
      const { stack, group } = raised();
      expect(await stack.ledgerOf(group)).toHaveLength(1);
    });
  });
}

const armedMs = ({ decision }: Concluded): number => decision.action.arm?.startMs ?? Number.NaN;
