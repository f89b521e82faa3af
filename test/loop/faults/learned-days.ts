import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { memoryPorts } from '../../../adapters/memory/memory-ports.ts';
import { createWorld, type World } from '../../../adapters/memory/world.ts';
import { learn } from '../../../loop/learn.ts';
import type { Policy, PolicyInput } from '../../../loop/policy.ts';
import type { GroupId, LedgerRecord, Ports } from '../../../loop/ports.ts';
import { tick } from '../../../loop/tick.ts';
import { instant } from '../../../models/kernel/series.ts';
import { policy as policyWith } from '../fixtures.ts';

export const STEP_MS = 15 * 60_000;
export const DAY_MS = 24 * 3_600_000;

/** The first tick: two minutes past midnight of a Monday. The load reaches four days further back. */
export const MIDNIGHT_MS = Date.UTC(2026, 0, 5);

/** Load of the step that begins at so many steps after midnight; undefined where there is no sample. */
export type LoadOf = (step: number) => number | undefined;

const STEPS_A_DAY = DAY_MS / STEP_MS;

/** A load with a day's shape, a small week and a deterministic jitter, of one to about twenty units. */
export const dailyLoad: LoadOf = (step) => {
  const hour = (2 * Math.PI * step) / STEPS_A_DAY;
  const jitter = Math.sin(step * 12.9898) * 43_758.5453;
  return 900 * 0.8 * (10 - 7 * Math.cos(hour) + 2 * Math.sin(2 * hour) + (jitter - Math.floor(jitter)));
};

export interface LearnedDays {
  readonly world: World;
  readonly ports: Ports;
  readonly id: GroupId;
  readonly policy: Policy;
  /** One tick now, and the fits that it asks for; then a quarter of an hour passes. */
  readonly step: () => Promise<void>;
  /** One tick of that time now, and nothing else. */
  readonly deliver: (asOfMs: number) => Promise<void>;
  readonly ledger: () => Promise<readonly LedgerRecord[]>;
}

/** One group whose models are fitted at once and then daily by the shipped fitter. Cost: under a second a fit. */
export async function learnedDays(load: LoadOf, changes: Partial<PolicyInput> = {}): Promise<LearnedDays> {
  const startMs = MIDNIGHT_MS + 2 * 60_000;
  const world = createWorld({ startMs });
  const metric = { namespace: 'Test', name: 'Requests', statistic: 'Sum', periodSeconds: 900 } as const;
  const policy = policyWith({
    load: { source: 'total', metric, missing: 'unknown' },
    cadenceSeconds: 900,
    guards: { deadManMinutes: 60 },
    ...changes,
  });
  world.policies.put(policy);
  const known: { readonly at: number; readonly value: number }[] = [];
  for (let at = -4 * STEPS_A_DAY; at < 4 * STEPS_A_DAY; at++) {
    const value = load(at);
    if (value !== undefined) known.push({ at, value });
  }
  world.publish(policy.load.metric, {
    timestampsMs: Float64Array.from(known, ({ at }) => MIDNIGHT_MS + at * STEP_MS),
    values: Float64Array.from(known, ({ value }) => value),
  });
  const id = world.addGroup({ name: 'web', policyName: 'web', minSize: 1, maxSize: 60, desired: 8 });
  const ports = memoryPorts(world);
  const fitter = directFitter();
  const deliver = async (asOfMs: number): Promise<void> => {
    const message = { version: 1, group: id, policyName: 'web', asOfMs: instant(asOfMs), fleetSize: 1 } as const;
    await tick([{ holder: `message-${asOfMs}`, message }], ports, SETTINGS);
  };
  return {
    world,
    ports,
    id,
    policy,
    step: async () => {
      const asOfMs = world.nowMs;
      await deliver(asOfMs);
      for (const job of world.refits.take()) await learn(job, ports, fitter);
      world.advanceTo(asOfMs + STEP_MS);
    },
    deliver,
    ledger: () => world.ledger.range(id, { fromMs: instant(MIDNIGHT_MS), toMs: world.nowMs }),
  };
}

const SETTINGS = {
  owner: 'controller-a',
  version: '0.1.0',
  leaseSeconds: 45,
  fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
  remainingMs: () => 30_000,
};
