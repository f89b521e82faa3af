import { describe, expect, it } from '@jest/globals';
import { memoryPorts } from '../../adapters/memory/memory-ports.ts';
import { createWorld, type World } from '../../adapters/memory/world.ts';
import type { Controller } from '../../cli/shell.ts';
import { tick } from '../../loop/tick.ts';
import { policy, policyInput } from '../loop/fixtures.ts';
import { prescale } from './run-prescale.ts';
import { OWNER } from './small-world.ts';

const STEP_MS = 300_000;
const START_MS = Date.UTC(2026, 0, 5, 12, 2);

interface Account {
  readonly world: World;
  readonly controller: Controller;
  /** One turn of the loop for the group `web`, five minutes after the one before. */
  readonly turn: () => Promise<void>;
}

/** A group of two to forty whose load needs ten, in mode floor; nothing has been decided yet. */
function account(): Account {
  const world = createWorld({ startMs: START_MS });
  const group = world.addGroup({ name: 'web', minSize: 2, maxSize: 40, desired: 4, policyName: 'web' });
  world.policies.put(policyInput);
  const timestampsMs = Float64Array.from({ length: 60 }, (_, i) => Date.UTC(2026, 0, 5, 9) + i * STEP_MS);
  world.publish(policy().load.metric, { timestampsMs, values: new Float64Array(60).fill(10 * 0.8 * 300) });
  const ports = memoryPorts(world);
  const installation = {
    table: 'table',
    bucket: 'bucket',
    tickQueueUrl: 'https://sqs/ticks',
    refitQueueUrl: 'https://sqs/refits',
    noticesTopicArn: 'arn:notices',
    owner: OWNER,
  };
  const settings = {
    owner: OWNER,
    version: '0.1.0',
    leaseSeconds: 45,
    fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
    remainingMs: () => 30_000,
  };
  return {
    world,
    controller: { installation, ports },
    turn: async () => {
      const asOfMs = world.nowMs;
      const message = { version: 1, group, policyName: 'web', asOfMs, fleetSize: 1 } as const;
      const [outcome] = await tick([{ holder: `turn-${asOfMs}`, message }], ports, settings);
      if (outcome?.status === 'failed') throw new Error(outcome.reason);
      world.advanceTo(asOfMs + STEP_MS);
    },
  };
}

describe('the command line beside the real loop', () => {
  it('explains and replays what the loop has decided, bit for bit', async () => {
    const { turn, controller } = account();
    await turn();
    const told = await prescale(['explain', '--group', 'web'], controller);
    expect(told).toMatchObject({ code: 0, notes: '' });
    expect(told.out).toContain('10');
    expect((await prescale(['replay', '--group', 'web', '--json'], controller)).out).toContain('"identical":true');
  });

  it('keeps the floor where it is while paused and lets it move when resumed', async () => {
    const { world, turn, controller } = account();
    await prescale(['pause', '--group', 'web', '--for', '10m'], controller);
    await turn();
    expect(world.group('web').snapshot(world.nowMs).minSize).toBe(2);
    await prescale(['resume', '--group', 'web'], controller);
    await turn();
    expect(world.group('web').snapshot(world.nowMs).minSize).toBe(10);
  });

  it('finds the dead-man’s switch of the floor that the loop has raised', async () => {
    const { turn, controller } = account();
    await turn();
    const { out } = await prescale(['doctor', '--group', 'web'], controller);
    expect(out).toMatch(/ok +web +dead-man's switch +armed: MinSize \d+ goes back to 2/);
  });

  it('uninstalls: the floor is home, nothing is armed or owned, and the loop stays away', async () => {
    const { world, turn, controller } = account();
    await turn();
    await turn();
    expect(world.group('web').snapshot(world.nowMs).minSize).toBeGreaterThan(2);
    const desired = world.group('web').snapshot(world.nowMs).desired;

    expect((await prescale(['uninstall', '--yes'], controller)).code).toBe(0);
    const left = world.group('web').snapshot(world.nowMs);
    expect(left).toMatchObject({ minSize: 2, desired });
    expect(left.tags['prescale:owner']).toBeUndefined();
    expect(world.group('web').surroundings().scheduledActions).toEqual([]);

    await turn();
    expect(world.group('web').snapshot(world.nowMs).minSize).toBe(2);
  });

  it('uninstalls what a tick left behind that died after its writes', async () => {
    const { world, turn, controller } = account();
    world.crashNext('conclude');
    await turn().catch(() => undefined);
    world.faults.restart();
    expect(world.group('web').snapshot(world.nowMs).minSize).toBeGreaterThan(2);
    world.advanceTo(world.nowMs + 60_000);

    expect((await prescale(['uninstall', '--yes'], controller)).code).toBe(0);
    expect(world.group('web').snapshot(world.nowMs)).toMatchObject({ minSize: 2 });
    expect(world.group('web').surroundings().scheduledActions).toEqual([]);
  });

  it('writes a report of what the loop has decided', async () => {
    const { turn, controller } = account();
    for (let i = 0; i < 3; i++) await turn();
    const { code, out } = await prescale(['report', '--group', 'web', '--out', '/dev/null', '--json'], controller);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ group: 'web', decisions: 3 });
  });
});
