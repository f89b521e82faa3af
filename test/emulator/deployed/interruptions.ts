import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupId, LedgerRecord } from '../../../loop/ports.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { eventually } from './eventually.ts';
import { killFunction } from './function-processes.ts';
import type { GateControl } from './gate-control.ts';
import { BASE, NEED } from './handed-groups.ts';

/** Long enough for a first delivery to begin and die on a busy machine. */
const REDELIVERY_SECONDS = 6;

/** How long the write hangs in the gate: the function is killed while it does. */
const HANGING_MS = 2500;

/** The SDK's own attempts at one call. */
const ATTEMPTS = 3;

const DEATHS = [
  {
    case: 'is killed before its write arrives',
    role: 'before',
    fault: { code: 'reset', delayMs: HANGING_MS },
    kill: true,
    writes: ['reset', 'ok'],
  },
  {
    case: 'is killed before it hears that its write was done',
    role: 'after',
    fault: { code: 'lost', delayMs: HANGING_MS },
    kill: true,
    writes: ['lost', 'ok'],
  },
  {
    case: 'finds Auto Scaling out of reach',
    role: 'outage',
    fault: { code: 'reset', times: ATTEMPTS },
    kill: false,
    writes: ['reset', 'reset', 'reset', 'ok'],
  },
] as const;

/** A turn that dies between its intent and its outcome. */
export function interruptionTests(open: () => DeployedStack, gate: GateControl): void {
  describe.each(DEATHS)('a turn that $case', ({ role, fault, kill, writes }) => {
    let stack: DeployedStack;
    let group: GroupId;
    let intended: LedgerRecord | undefined;
    let finished: LedgerRecord;
    let message: ReturnType<DeployedStack['messageFor']>;

    /** The calls that moved the floor, or tried to. */
    const attempts = () => gate.calls({ group: group.name, action: 'UpdateAutoScalingGroup' });

    beforeAll(async () => {
      stack = open();
      await stack.ticks.redeliverAfter(REDELIVERY_SECONDS);
      group = await stack.groups.handOver(role);
      message = stack.messageFor(group);
      await gate.fault({ action: 'UpdateAutoScalingGroup', ...fault });
      await stack.ticks.send(message);
      await eventually('the write to be under way', async () => ((await gate.faultsLeft()) === 0 ? true : undefined), {
        seconds: 25,
        everyMs: 20,
      });
      if (kill) expect(await killFunction('TickWorker')).toBeGreaterThan(0);
      intended = await stack.ports.ledger.at(group, message.asOfMs);
      // The world moves on meanwhile: a decision made anew would be another one.
      await stack.groups.publish(group.name, 3);
      finished = await stack.concluded(group, message.asOfMs);
    }, 60_000);
    afterAll(() => stack.groups.removeAll());
    afterEach(() => gate.clearFaults());

    it('leaves its intent behind, and no outcome', () => {
      expect(intended).toMatchObject({ decision: { action: { floor: NEED } }, outcome: undefined });
    });

    it('is completed by the next delivery as it was intended', async () => {
      expect(finished.decision).toEqual(intended?.decision);
      expect(finished.outcome?.status).toBe('acted');
      expect(await stack.groups.see(group)).toMatchObject({ minSize: NEED, scheduled: ['prescale-home'] });
    });

    it('asks for the same floor each time, and no more once it is done', async () => {
      await stack.ticks.send(message);
      await stack.ticks.drained();
      const seen = await attempts();
      expect(seen.map(({ outcome }) => outcome)).toEqual(writes);
      expect(new Set(seen.map(({ parameters }) => parameters['MinSize']))).toEqual(new Set([String(NEED)]));
    });

    it("does not take its own floor for the owner's", async () => {
      expect(await stack.ports.runtime.peek(group)).toMatchObject({ base: BASE, lastFloor: NEED });
    });
  });
}
