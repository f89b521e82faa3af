import { describe, expect, it } from '@jest/globals';
import type { PolicyInput } from '../../../loop/policy.ts';
import type { Samples } from '../../../models/clean/load.ts';
import { serversForDelay } from '../../../models/queue/need-for-delay.ts';
import { nowMs, policy, snapshot } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { type SmallWorld, smallGroup, smallWorld } from '../small-world.ts';

const STEP_MS = 300_000;
const DAY = 288;

/** A daily wave between 600 and 5,400 a step, whose newest period is the newest that is published. */
function wave(steps: number): Samples {
  const newest = Math.floor(nowMs / STEP_MS) * STEP_MS - STEP_MS;
  const timestampsMs = Float64Array.from({ length: steps }, (_, i) => newest - (steps - 1 - i) * STEP_MS);
  return { timestampsMs, values: timestampsMs.map((ms) => 3000 + 2400 * Math.sin((ms / STEP_MS / DAY) * 2 * Math.PI)) };
}

function worldWith(samples: Samples, changes: Partial<PolicyInput> = {}): SmallWorld {
  const world = smallWorld({ web: smallGroup() });
  world.policy = policy({
    lead: { bootSeconds: 600, readinessSeconds: 60 },
    price: { shortagePenalty: 50 },
    ...changes,
  });
  world.metrics.set('Requests', samples);
  return world;
}

const RIVALS = ['--policies', 'target-tracking-50,tuned-reactive'];
const onGroup = (world: SmallWorld, ...more: readonly string[]) =>
  prescale(['backtest', '--group', 'web', ...RIVALS, ...more], world.controller);

describe('prescale backtest --group', () => {
  it('replays the group’s load under the boot, delay, price and throughput of its policy', async () => {
    const { code, out, notes } = await onGroup(worldWith(wave(4 * DAY)), '--json');
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    const run = JSON.parse(out);
    expect(run).toMatchObject({ trace: 'web', stepSeconds: 300, bootSteps: 3, scoredSteps: 2 * DAY, filledSteps: 0 });
    // 5,400 a step of 300 s at 1 a second and 80 % of it: 22.5 units.
    expect(run.maxNeed).toBe(23);
    const tracking = run.policies['target-tracking-50'];
    expect(tracking.J).toBe(tracking.cost + 50 * tracking.short);
  });

  it('keeps the policy’s own target utilisation', async () => {
    const world = worldWith(wave(4 * DAY), { capacity: { throughputPerUnit: 1, targetUtilisation: 0.5 } });
    expect(JSON.parse((await onGroup(world, '--json')).out).maxNeed).toBe(36);
  });

  it('keeps the policy’s objective for delay, by which Prescale plans too', async () => {
    const capacity = { throughputPerUnit: 1, objective: { responseSeconds: 6, serviceSeconds: 1 } };
    const world = worldWith(wave(4 * DAY), { capacity });
    const { out, notes } = await onGroup(world, '--policies', 'prescale,tuned-reactive', '--json');
    expect(notes).toMatch(/^web: the need is the least capacity with which 99 % of requests take at most 6 s[^\n]*\n$/);
    const { maxNeed, policies } = JSON.parse(out);
    const objective = { quantile: 0.99, over: 'response', seconds: 6, serviceSeconds: 1, serviceVariation: 1 } as const;
    expect(maxNeed).toBe(serversForDelay(5400 / 300, objective));
    // A share of 80 % would ask for 23.
    expect(maxNeed).toBeLessThan(23);
    // A calm wave that is planned for by the same need: hardly ever short, and not far above what the need itself costs.
    expect(policies.prescale.breachShare).toBeLessThan(0.02);
    expect(policies.prescale.ratio).toBeLessThan(1.1);
  });

  it('lets a flag overrule a part of the policy’s objective, and leaves the rest', async () => {
    const objective = { responseSeconds: 6, serviceSeconds: 1, serviceVariation: 0 };
    const world = worldWith(wave(4 * DAY), { capacity: { throughputPerUnit: 1, objective } });
    const strict = { quantile: 0.99, over: 'response', seconds: 3, serviceSeconds: 1, serviceVariation: 0 } as const;
    expect(JSON.parse((await onGroup(world, '--p99', '3', '--json')).out).maxNeed).toBe(
      serversForDelay(5400 / 300, strict),
    );
  });

  it('lets flags overrule the policy', async () => {
    const { out } = await onGroup(worldWith(wave(4 * DAY)), '--boot', '5m', '--mean', '40', '--penalty', '3', '--json');
    const run = JSON.parse(out);
    expect(run.bootSteps).toBe(1);
    expect(run.maxNeed).toBe(72);
    expect(run.policies['tuned-reactive'].J).toBe(
      run.policies['tuned-reactive'].cost + 3 * run.policies['tuned-reactive'].short,
    );
  });

  it('takes from the stored history what CloudWatch no longer has', async () => {
    const all = wave(4 * DAY);
    const world = worldWith({ timestampsMs: all.timestampsMs.slice(DAY), values: all.values.slice(DAY) });
    world.stored = { timestampsMs: all.timestampsMs.slice(0, 2 * DAY), values: all.values.slice(0, 2 * DAY) };
    const [both, whole] = [await onGroup(world, '--json'), await onGroup(worldWith(all), '--json')];
    expect(both.code).toBe(0);
    expect(both.out).toBe(whole.out);
  });

  it('writes nothing', async () => {
    const world = worldWith(wave(4 * DAY));
    await onGroup(world);
    expect(world.writes).toEqual([]);
  });

  it('says what it repaired', async () => {
    const samples = wave(4 * DAY);
    samples.values[5] = -1;
    const { out } = await onGroup(worldWith(samples));
    expect(out).toContain('1 blank step(s)');
    expect(out).toContain('1 sample(s) are negative or not finite and were left out');
  });

  it.each([
    { case: 'less than two days', samples: wave(DAY), said: 'its load spans 24 hours; at least 2 days are needed' },
    { case: 'no sample', samples: wave(0), said: 'its metric Requests has no samples' },
  ])('refuses a load of $case', async ({ samples, said }) => {
    const { code, out, notes } = await onGroup(worldWith(samples));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
  });

  it('refuses a group without a policy', async () => {
    const world = smallWorld({ web: smallGroup({ snapshot: snapshot({ tags: {} }) }) });
    const { code, notes } = await onGroup(world);
    expect(code).toBe(2);
    expect(notes).toContain('carries no tag prescale:policy');
  });

  it.each([
    { case: 'no load at all', args: [], said: 'neither is given' },
    { case: 'two loads', args: ['--trace', 'a.csv', '--group', 'web'], said: 'both are given' },
    { case: 'a column of a group', args: ['--group', 'web', '--column', 'x'], said: '--column belongs to --trace' },
    { case: 'days of a file', args: ['--trace', 'a.csv', '--days', '3'], said: '--days belongs to --group' },
    {
      case: 'one day',
      args: ['--group', 'web', '--days', '1'],
      said: '--days: "1" is not a whole number from 2 to 63',
    },
    { case: 'an unknown group', args: ['--group', 'api'], said: '--group: "api" neither carries the tag' },
  ])('refuses $case with status 2', async ({ args, said }) => {
    const { code, notes } = await prescale(['backtest', ...args], worldWith(wave(4 * DAY)).controller);
    expect(code).toBe(2);
    expect(notes).toContain(said);
  });
});

describe('prescale backtest without an account', () => {
  it('says that nobody is signed in', async () => {
    const { code, notes } = await prescale(['backtest', '--group', 'web']);
    expect(code).toBe(2);
    expect(notes).toContain('no AWS credentials');
  });
});
