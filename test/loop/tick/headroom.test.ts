import { describe, expect, it } from '@jest/globals';
import { controlledAccount } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

describe('what the account can still launch', () => {
  it.each([
    { case: 'the vCPU quota', of: 'vcpu-quota', words: 'vCPU quota' },
    { case: 'the free addresses', of: 'subnet-addresses', words: 'free addresses of the subnets' },
  ] as const)('caps a raise, and the ledger has the figures: $case', async ({ of, words }) => {
    const controlled = controlledGroup({ needs: () => 10 });
    controlled.group.leave(3, of);
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 7, rule: 'headroom' });
    expect(entry.decision?.reasons.at(-1)).toBe(`no more than 7 can be launched: 3 more instances fit the ${words}`);
    expect(entry.headroom).toMatchObject({ limits: [{ of, units: 3 }], unknown: [] });
    expect(controlled.sizes().min).toBe(7);
  });

  it('counts in units, not in instances', async () => {
    const group = { unitsPerInstance: 4, minSize: 4, desired: 8 };
    const controlled = controlledGroup({ needs: () => 16, group });
    controlled.group.leave(1, 'vcpu-quota');
    expect((await controlled.turn()).entry.decision).toMatchObject({ target: 12, rule: 'headroom' });
  });

  it('is left alone where there is room enough, without a word', async () => {
    const controlled = controlledGroup({ needs: () => 10 });
    controlled.group.leave(6, 'vcpu-quota');
    expect((await controlled.turn()).entry.decision).toMatchObject({ target: 10, rule: 'reactive-floor' });
  });

  it('grants a raise later, once there is room again', async () => {
    const controlled = controlledGroup({ needs: () => 10 });
    controlled.group.leave(3, 'vcpu-quota');
    await controlled.turn();
    controlled.group.leave(9, 'vcpu-quota');
    await controlled.turn();
    expect(controlled.sizes().min).toBe(10);
  });

  it('is not asked where nothing is added', async () => {
    const controlled = controlledGroup({ needs: () => 4 });
    controlled.world.failNext('headroom', { code: 'Throttling' });
    const { entry } = await controlled.turn();
    expect(entry.decision?.target).toBe(4);
    expect(entry.headroom).toBeUndefined();
  });

  it('limits nothing where it cannot be read: the raise is made, the reasons say so, and the failure is counted', async () => {
    const controlled = controlledGroup({ needs: () => 10 });
    controlled.world.failNext('headroom', { code: 'Throttling' });
    const { entry } = await controlled.turn();
    expect(controlled.sizes().min).toBe(10);
    expect(entry.decision).toMatchObject({ target: 10, rule: 'reactive-floor' });
    expect(entry.decision?.reasons[0]).toMatch(/^what the account can still launch is not fully known: .*Throttling/);
    expect(controlled.world.telemetry.failures.map(({ code }) => code)).toEqual(['AWS_THROTTLED']);
  });

  it('is taken from the shared budget only as far as it can be launched', async () => {
    const setUp = ['scarce', 'rich'].map((name) => ({ name, needs: () => 10 }));
    const account = controlledAccount(setUp, { fleet: { maxUnitsPerMinute: 7 } });
    account.world.group('scarce').leave(1, 'subnet-addresses');
    await account.deliver();
    expect(account.world.group('scarce').sizes.min).toBe(5);
    expect(account.world.group('rich').sizes.min).toBe(10);
  });
});
