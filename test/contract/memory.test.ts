import { describe } from '@jest/globals';
import { memoryPorts } from '../../adapters/memory/memory-ports.ts';
import { createWorld } from '../../adapters/memory/world.ts';
import type { Account } from './account.ts';
import { portsContract } from './ports.contract.ts';

let names = 0;

const memoryAccount = (): Account => {
  const world = createWorld({ startMs: Date.UTC(2026, 0, 15, 12, 34) });
  const freshName = (): string => {
    names += 1;
    return `m${names}`;
  };
  return {
    ports: memoryPorts(world),
    nowMs: () => world.nowMs,
    freshName,
    addGroup: async ({ ownPolicy, ...wanted }) =>
      world.addGroup({ name: freshName(), ...wanted, hasScaleInPolicy: ownPolicy === 'target-tracking' }),
    removeGroup: async ({ name }) => world.groups.remove(name),
    schedule: async ({ name: group }, { name, startMs, minSize }) => {
      world.group(group).schedule({ name, startMs, min: minSize }, world.nowMs);
    },
    suspend: async ({ name }, processes) => world.group(name).suspend(processes, world.nowMs),
    publish: async (metric, samples) => world.publish(metric, samples),
    putPolicyText: async (name, text) => world.policies.putText(name, text),
    takeTicks: async () => world.ticks.take(),
    takeRefits: async () => world.refits.take(),
  };
};

describe('the in-memory twin', () => {
  portsContract(memoryAccount);
});
