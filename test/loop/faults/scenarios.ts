import { jest } from '@jest/globals';
import type { FaultPoint } from '../../../adapters/memory/faults.ts';
import { STEP_MS, type WatchedGroup, watchedGroup } from './watched-group.ts';

/** A group brought to the tick that matters, at which nothing has gone wrong yet. */
export interface Scenario {
  readonly case: string;
  readonly ready: () => Promise<WatchedGroup>;
}

/** The group after so many ticks of this load. */
async function after(count: number, group: WatchedGroup): Promise<WatchedGroup> {
  await group.turns(count);
  return group;
}

const ten = { needs: () => 10 };
const upAndDown = { needs: (at: number) => (at < 30 ? 10 : 1) };

/** Ticks of the loop that together make every kind of call. */
export const SCENARIOS: readonly Scenario[] = [
  { case: 'the first raise', ready: async () => watchedGroup(ten) },
  { case: 'a second raise', ready: () => after(1, watchedGroup({ needs: (at) => (at < 0 ? 5 : 12) })) },
  { case: 'renewal of the switch', ready: () => after(3, watchedGroup(ten)) },
  { case: 'a tick after one that died', ready: afterDeath },
  { case: 'the first step down', ready: () => fallenTo(10) },
  { case: 'the last step home', ready: () => fallenTo(3) },
  {
    case: 'a desired capacity that rises',
    ready: async () => watchedGroup({ ...ten, policy: { mode: 'desired' }, group: { hasScaleInPolicy: false } }),
  },
  {
    case: 'a desired capacity that falls',
    ready: () =>
      after(9, watchedGroup({ ...upAndDown, policy: { mode: 'desired' }, group: { hasScaleInPolicy: false } })),
  },
  {
    case: 'a raise that may not be made, of which a person is told',
    ready: async () => {
      const group = watchedGroup(ten);
      group.group.suspend(['Launch'], group.world.nowMs);
      return group;
    },
  },
  { case: 'advice to a person', ready: async () => watchedGroup({ ...ten, policy: { mode: 'advise' } }) },
  {
    case: 'a MinSize that the owner has set over our floor',
    ready: async () => {
      const group = await after(2, watchedGroup(ten));
      group.group.update({ min: 15 }, group.world.nowMs);
      group.watch.look();
      return group;
    },
  },
  { case: 'a step of a release', ready: async () => ordered('release', 2) },
  { case: 'renewal while frozen', ready: async () => ordered('freeze', 4) },
  {
    case: 'renewal while blind',
    ready: () => after(4, watchedGroup({ needs: (at) => (at < 5 ? 10 : undefined) })),
  },
  {
    case: 'a policy that cannot be read',
    ready: async () => {
      const group = await after(1, watchedGroup(ten));
      group.world.policies.putText('web', '{');
      return group;
    },
  },
  {
    case: 'a load that is rebuilt from utilisation',
    ready: async () => watchedGroup({ ...ten, policy: { load: UTILISATION } }),
  },
];

const UTILISATION = {
  source: 'utilisation',
  metric: { namespace: 'Test', name: 'CPUUtilization', statistic: 'Average', periodSeconds: 300 },
  missing: 'unknown',
} as const;

/** A second raise of which nothing is remembered: its tick died once the floor stood, and was never delivered again. */
export async function afterDeath(): Promise<WatchedGroup> {
  const group = await after(1, watchedGroup({ needs: (at) => (at < 0 ? 5 : 12) }));
  group.world.crashNext('setFloor', 'after');
  await group.deliver();
  group.world.faults.restart();
  group.passTo(group.world.nowMs + STEP_MS);
  return group;
}

/** A floor that comes down step by step and stands here; the next tick takes the next step. */
async function fallenTo(floor: number): Promise<WatchedGroup> {
  const group = await after(9, watchedGroup(upAndDown));
  for (let i = 0; i < 24 && group.group.sizes.min > floor; i++) await group.turn();
  return group;
}

async function ordered(verb: 'freeze' | 'release', ticks: number): Promise<WatchedGroup> {
  const group = await after(ticks, watchedGroup(ten));
  await group.order(verb);
  return group;
}

/** Every call of one tick, in order; the group's world goes on. */
export async function callsOf(group: WatchedGroup): Promise<readonly FaultPoint[]> {
  const { world } = group;
  // Something that no tick meets is planned, so that the plan is asked at every call.
  world.failNext('queue.send', { code: 'Throttling' });
  const meet = jest.spyOn(world.faults, 'meet');
  await group.deliver();
  const calls = meet.mock.calls.map(([point]) => point);
  meet.mockRestore();
  world.faults.clear();
  return calls;
}
