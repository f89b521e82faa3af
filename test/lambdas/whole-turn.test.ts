import { describe, expect, it } from '@jest/globals';
import { memoryPorts } from '../../adapters/memory/memory-ports.ts';
import { createWorld, type World } from '../../adapters/memory/world.ts';
import { makeFanOut } from '../../lambdas/discover/fan-out.ts';
import { makeConsumer } from '../../lambdas/tick/consume.ts';
import { policyOf } from '../../loop/policy.ts';
import { tick } from '../../loop/tick.ts';
import { instant } from '../../models/kernel/series.ts';
import { policyInput } from '../loop/fixtures.ts';
import { recordedVoice } from './recorded-voice.ts';
import { drain, eventOf } from './small-queue.ts';

const STEP_MS = 300_000;
const now = Date.UTC(2026, 0, 2);
const NAMES = ['web', 'api', 'jobs'] as const;

/** Three groups of one policy, each at floor 2, under a load that needs 13 units. */
function account(): World {
  const world = createWorld({ startMs: now });
  const policy = policyOf({ ...policyInput, capacity: { throughputPerUnit: 1 } });
  world.policies.put(policy);
  for (const name of NAMES) world.addGroup({ name, minSize: 2, maxSize: 40, policyName: policy.name });
  const stamps = Float64Array.from({ length: 288 }, (_, i) => now - (288 - i) * STEP_MS);
  world.publish(policy.load.metric, { timestampsMs: stamps, values: stamps.map(() => 3000) });
  return world;
}

/** The two functions over one account, without AWS. */
function functionsOver(world: World) {
  const ports = memoryPorts(world);
  const { voice, counts } = recordedVoice();
  const clock = { wall: () => world.nowMs, begin: () => {} };
  const consume = makeConsumer({
    voice,
    clock,
    turn: (deliveries, remainingMs) =>
      tick(deliveries, ports, {
        owner: 'test',
        version: 'test',
        leaseSeconds: 45,
        fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
        remainingMs,
      }),
  });
  const fanOut = makeFanOut({ ports, clock, voice });
  const context = { invokedFunctionArn: 'arn', getRemainingTimeInMillis: () => 25_000 };
  const turn = async (): Promise<readonly string[]> => {
    await fanOut({ time: new Date(now).toISOString() }, context);
    const bodies = world.ticks.take().map((message) => JSON.stringify(message));
    return drain(eventOf(bodies), (event) => consume(event, context));
  };
  return { turn, counts };
}

const floorsOf = (world: World): readonly number[] => NAMES.map((name) => world.group(name).sizes.min);

describe('a turn through discover, the queue and tick', () => {
  it('raises the floor of every group before the load would', async () => {
    const world = account();
    const { turn, counts } = functionsOver(world);
    expect(await turn()).toEqual([]);
    for (const floor of floorsOf(world)) expect(floor).toBeGreaterThan(2);
    expect(counts.get('TicksActed')).toBe(3);
  });

  it('is completed by the second delivery when a write was throttled, and the neighbours were done at the first', async () => {
    const world = account();
    const { turn, counts } = functionsOver(world);
    world.failNext('setFloor', { code: 'Throttling' });
    expect(await turn()).toEqual([]);
    for (const floor of floorsOf(world)) expect(floor).toBeGreaterThan(2);
    expect(counts.get('TicksRetried')).toBe(1);
    expect(counts.get('TicksActed')).toBe(3);
  });

  it('sets a message aside when the ledger stays away, and changes nothing of that group', async () => {
    const world = account();
    const { turn } = functionsOver(world);
    world.failNext('intend', { code: 'InternalFailure', times: 100 });
    expect(await turn()).toEqual(['m0', 'm1', 'm2']);
    expect(floorsOf(world)).toEqual([2, 2, 2]);
  });

  it('acts once however often EventBridge and SQS deliver it', async () => {
    const world = account();
    const { turn, counts } = functionsOver(world);
    await turn();
    const floors = floorsOf(world);
    await turn();
    expect(floorsOf(world)).toEqual(floors);
    expect(counts.get('TicksActed')).toBe(3);
  });

  it('leaves the neighbours of a group that is gone', async () => {
    const world = account();
    const { turn } = functionsOver(world);
    const group = { ...world.group('web').id, arn: 'arn:gone', name: 'gone' };
    await world.ticks.send([{ version: 1, group, policyName: 'web', asOfMs: instant(now), fleetSize: 4 }]);
    expect(await turn()).toEqual([]);
    for (const floor of floorsOf(world)) expect(floor).toBeGreaterThan(2);
  });
});
