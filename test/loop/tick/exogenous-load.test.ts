import { describe, expect, it } from '@jest/globals';
import type { MetricSpec } from '../../../loop/policy.ts';
import { minute, samplesOf } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup, type Turned } from './controlled-group.ts';

const cpu: MetricSpec = {
  namespace: 'AWS/EC2',
  name: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: 'web' },
  statistic: 'Average',
  periodSeconds: 300,
};

const inService: MetricSpec = { ...cpu, namespace: 'AWS/AutoScaling', name: 'GroupInServiceCapacity' };

const policy = { load: { source: 'utilisation', metric: cpu, missing: 'unknown' } } as const;

/** A group whose instances report how busy they are; nothing is published yet. */
const busy = (desired: number): ControlledGroup =>
  controlledGroup({ policy, needs: () => undefined, group: { desired } });

/** Utilisation in percent and capacity for the whole time. */
function reporting(percent: number, capacity: number): ControlledGroup {
  const controlled = busy(capacity);
  controlled.world.publish(
    cpu,
    samplesOf(() => percent),
  );
  controlled.world.publish(
    inService,
    samplesOf(() => capacity),
  );
  return controlled;
}

/** Runs so many ticks under a load of fully busy units that is the world's own: what is in service shares it. */
async function underLoad(controlled: ControlledGroup, load: number, ticks: number): Promise<readonly Turned[]> {
  const turned: Turned[] = [];
  for (let i = 0; i < ticks; i++) {
    const at = (i - 1) * 5;
    const capacity = controlled.group.snapshot(controlled.world.nowMs).inService;
    const one = (value: number) => samplesOf((minutes) => (minutes === at ? value : undefined));
    controlled.world.publish(cpu, one(Math.min(100, (100 * load) / capacity)));
    controlled.world.publish(inService, one(capacity));
    turned.push(await controlled.turn());
  }
  return turned;
}

describe('a load that is known by utilisation alone', () => {
  it.each([
    { case: 'ten units at 80 %', percent: 80, capacity: 10 },
    { case: 'sixteen units at 50 %', percent: 50, capacity: 16 },
    { case: 'forty units at 20 %', percent: 20, capacity: 40 },
  ])('is the same load, and needs the same ten, whether it keeps $case busy', async ({ percent, capacity }) => {
    const { entry } = await reporting(percent, capacity).turn();
    expect(entry.load?.latest).toBeCloseTo(8, 9);
    expect(entry.needNow).toBe(10);
  });

  it('does not fall because instances were added: the floor stands', async () => {
    const controlled = busy(9);
    const turned = await underLoad(controlled, 8, 36);
    const { group, world } = controlled;
    expect(group.snapshot(world.nowMs).inService).toBe(10);
    expect(new Set(turned.slice(1).map(({ entry }) => entry.decision?.target))).toEqual(new Set([10]));
    expect(controlled.writes.filter((write) => write.includes('MinSize'))).toEqual(['web: MinSize 10']);
  });

  it('is only a lower bound where instances are 90 % busy or more, and is said to be', async () => {
    expect((await reporting(89, 4).turn()).entry.load).toMatchObject({ censored: 0 });
    const { entry } = await reporting(90, 4).turn();
    expect(entry.load).toMatchObject({ observed: 0 });
    expect(entry.load?.censored).toBeGreaterThan(30);
  });

  it('is found by going up as long as it hides behind full instances', async () => {
    const controlled = busy(3);
    const turned = await underLoad(controlled, 12, 24);
    const needs = turned.map(({ entry }) => entry.needNow ?? 0);
    expect(needs[0]).toBe(4);
    expect(needs).toEqual([...needs].sort((a, b) => a - b));
    expect(needs.at(-1)).toBe(15);
    expect(controlled.sizes().min).toBe(15);
  });

  it('is not known where the capacity is not: utilisation alone says nothing', async () => {
    const controlled = busy(4);
    controlled.world.publish(
      cpu,
      samplesOf(() => 80),
    );
    const { entry } = await controlled.turn();
    expect(entry.decision?.rule).toBe('blind-hold');
    expect(controlled.writes).toEqual([]);
  });

  it('is held, not lowered, when one of its two metrics can no longer be read', async () => {
    const controlled = reporting(80, 10);
    await controlled.turns(8);
    controlled.world.metrics.breakMetric(inService, 'not authorised');
    controlled.world.advanceTo(minute(57));
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 10, rule: 'blind-hold' });
    expect(entry.decision?.reasons.join()).toContain('not authorised');
  });
});

describe('a metric per target', () => {
  it('is refused: it falls when instances are added', async () => {
    const controlled = controlledGroup();
    const metric = { ...cpu, name: 'RequestCountPerTarget' };
    const document = { version: 1, name: 'web', workload: 'web', load: { source: 'total', metric, missing: 'zero' } };
    controlled.world.policies.putText('web', JSON.stringify({ ...document, capacity: { throughputPerUnit: 1 } }));
    const { outcome } = await controlled.turn();
    expect(outcome.status).toBe('refused');
    expect(outcome.reason).toContain('the forecast would erase itself');
  });
});
