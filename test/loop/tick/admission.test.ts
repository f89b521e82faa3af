import { describe, expect, it } from '@jest/globals';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import { controlledAccount, metricOf, policyFor } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup, foretold } from './controlled-group.ts';

describe('a group that another controller scales', () => {
  it.each([
    { case: 'Cluster Autoscaler', tag: 'k8s.io/cluster-autoscaler/enabled' },
    { case: 'Karpenter', tag: 'karpenter.sh/nodepool' },
    { case: 'EKS', tag: 'eks:nodegroup-name' },
    { case: 'an ECS capacity provider', tag: 'AmazonECSManaged' },
    { case: 'Elastic Beanstalk', tag: 'elasticbeanstalk:environment-name' },
  ])('is refused for good when it is $case, and said so', async ({ case: owner, tag }) => {
    const controlled = controlledGroup({ group: { tags: { [tag]: 'x' } } });
    const { outcome, entry } = await controlled.turns(3);
    expect(outcome.status).toBe('refused');
    expect(entry.decision).toMatchObject({ rule: 'admission' });
    expect(entry.decision?.reasons[0]).toContain(`belongs to ${owner}`);
    expect(controlled.writes).toEqual([]);
  });

  it('is let go when it comes into other hands while its floor is raised', async () => {
    const controlled = controlledGroup();
    await controlled.turns(2);
    controlled.group.tag('prescale:owner', 'rival');
    const before = [...controlled.writes];
    await controlled.turns(8);
    expect(controlled.writes).toEqual(before);
    expect(controlled.sizes().min).toBe(2);
  });
});

describe('a scheduled action of our name', () => {
  it('stays where it is once the group is a rival’s: it may be the rival’s own way home', async () => {
    const controlled = controlledGroup();
    await controlled.turn();
    controlled.group.tag('prescale:owner', 'rival');
    controlled.group.update({ min: 12 }, controlled.world.nowMs);
    const before = [...controlled.writes];
    await controlled.turns(3);
    expect(controlled.writes).toEqual(before);
    expect(controlled.armed()).toHaveLength(1);
  });
});

describe('mode floor', () => {
  it('raises nothing without a policy that scales in: capacity would never come down again', async () => {
    const controlled = controlledGroup({ group: { hasScaleInPolicy: false } });
    const { outcome, entry } = await controlled.turn();
    expect(outcome.status).toBe('held');
    expect(entry.decision).toMatchObject({ target: 2, rule: 'admission' });
    expect(entry.decision?.reasons.at(-1)).toContain('needs a scaling policy that scales in');
    expect(controlled.writes).toEqual([]);
  });

  it('still lowers a floor whose group has lost that policy', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 10 ? 10 : 1) });
    await controlled.turns(2);
    controlled.group.hasScaleInPolicy = false;
    await controlled.turns(24);
    expect(controlled.sizes().min).toBe(2);
    expect(controlled.group.firings).toEqual([]);
  });

  it.each([
    { case: 'one unit by default', guards: {}, floor: 39 },
    { case: 'as many as the policy says', guards: { headroomUnits: 6 }, floor: 34 },
  ])('leaves room below MaxSize: $case', async ({ guards, floor }) => {
    const controlled = controlledGroup({ needs: () => 60, policy: { guards } });
    const { entry } = await controlled.turns(2);
    expect(controlled.sizes().min).toBe(floor);
    expect(entry.decision).toMatchObject({ target: floor, rule: 'bounds' });
  });
});

describe('while instances are being refreshed', () => {
  const refreshed = async (needs: (at: number) => number): Promise<ControlledGroup> => {
    const controlled = controlledGroup({ needs });
    await controlled.turns(3);
    controlled.group.refreshing = true;
    await controlled.turns(24);
    return controlled;
  };

  it.each([
    { case: 'more load', needs: (at: number) => (at < 10 ? 10 : 16) },
    { case: 'less load', needs: (at: number) => (at < 10 ? 10 : 3) },
  ])('a raised floor is held and kept alive, with $case too', async ({ needs }) => {
    const controlled = await refreshed(needs);
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.group.firings).toEqual([]);
    expect((await controlled.turn()).entry.decision).toMatchObject({ target: 10, rule: 'instance-refresh' });
  });

  it('the floor waits, and moves when the refresh is over', async () => {
    const controlled = await refreshed((at) => (at < 10 ? 10 : 16));
    controlled.group.refreshing = false;
    await controlled.turn();
    expect(controlled.sizes().min).toBe(16);
  });
});

describe('a floor raised to MaxSize', () => {
  it('is still ours to lower: room is counted from home, not from where we have put the floor', async () => {
    const controlled = controlledGroup({
      group: { maxSize: 12 },
      policy: { guards: { headroomUnits: 0 } },
      needs: (at) => (at < 60 ? 14 : 4),
    });
    await controlled.turns(4);
    expect(controlled.sizes()).toMatchObject({ min: 12, max: 12 });
    expect((await controlled.turn()).outcome.status).not.toBe('refused');
    await controlled.turns(48);
    expect(controlled.sizes().min).toBeLessThan(6);
  });
});

describe('identity and unit', () => {
  it('history and model are the workload’s: a green group starts with what the blue one has learned', async () => {
    const shared = {
      workload: 'shop',
      load: { source: 'total', metric: metricOf('shop'), missing: 'unknown' },
    } as const;
    const account = controlledAccount([
      { name: 'blue', policy: shared, needs: () => 6 },
      { name: 'green', policy: shared },
    ]);
    const blue = controlledGroup();
    await foretold(blue, () => 12);
    const learned = await blue.world.models.load(modelKeyOf(policyFor({ name: 'web' })));
    await account.world.models.save(modelKeyOf(policyFor({ name: 'blue', policy: shared })), learned!);

    await account.deliver({ names: ['green'] });
    const entry = await account.entryOf('green', account.world.nowMs);
    expect(entry).toMatchObject({
      workload: 'shop',
      forecast: { kind: 'forecast', model: 'told' },
      decision: { target: 8 },
    });
  });

  it('capacity in service is counted in the group’s own unit, the last instance’s surplus included', async () => {
    const controlled = controlledGroup({ group: { unitsPerInstance: 4 } });
    await controlled.turns(2);
    expect(controlled.sizes()).toMatchObject({ min: 10, desired: 10 });
    expect((await controlled.turn()).entry.groupFound).toMatchObject({ desired: 10, inService: 12 });
  });
});
