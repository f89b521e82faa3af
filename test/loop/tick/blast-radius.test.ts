import { describe, expect, it } from '@jest/globals';
import { type Account, type AccountOptions, controlledAccount, START_MS, STEP } from './controlled-account.ts';

const fleetOf = (
  count: number,
  needs: number,
  options: AccountOptions = {},
): Account & { names: readonly string[] } => {
  const names = Array.from({ length: count }, (_, i) => `group-${i}`);
  return {
    ...controlledAccount(
      names.map((name) => ({ name, needs: () => needs })),
      options,
    ),
    names,
  };
};

const floorsOf = ({ world, names }: ReturnType<typeof fleetOf>): readonly number[] =>
  names.map((name) => world.group(name).sizes.min);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const rulesOf = async (account: ReturnType<typeof fleetOf>, asOfMs: number): Promise<readonly (string | undefined)[]> =>
  Promise.all(account.names.map(async (name) => (await account.entryOf(name, asOfMs)).decision?.rule));

describe('the cap on what the account adds in a minute', () => {
  it('lets in what it has left and refuses the rest, with the reason', async () => {
    const account = fleetOf(3, 10, { fleet: { maxUnitsPerMinute: 10 } });
    const asOfMs = account.world.nowMs;
    await account.deliver();
    const added = sum(account.names.map((name) => account.world.group(name).sizes.desired)) - 3 * 4;
    expect(added).toBe(10);

    const rules = await rulesOf(account, asOfMs);
    expect(rules.filter((rule) => rule === 'account-cap')).toHaveLength(2);
    const capped = await account.entryOf(account.names[2]!, asOfMs);
    expect(capped.decision?.reasons.at(-1)).toBe("the account's budget for this minute leaves 0 more units");
  });

  it('never raises a floor by what it did not grant', async () => {
    const account = fleetOf(1, 10, { fleet: { maxUnitsPerMinute: 0 } });
    await account.deliver();
    // Four are ordered already: a floor there adds nothing to the account.
    expect(floorsOf(account)).toEqual([4]);
    expect(account.world.group(account.names[0]!).sizes.desired).toBe(4);
  });

  it('has room again in the next minute', async () => {
    const account = fleetOf(3, 10, { fleet: { maxUnitsPerMinute: 10 } });
    await account.deliver();
    account.pass(STEP.minutes);
    await account.deliver();
    expect(floorsOf(account)).toEqual([10, 10, 10]);
  });

  it('does not count what is lowered, and keeps nobody from going home', async () => {
    const account = fleetOf(2, 10, { fleet: { maxUnitsPerMinute: 12 } });
    await account.deliver();
    await account.ports.switches.write({ kind: 'account' }, { verb: 'release', untilMs: undefined, reason: 'leave' });
    for (let i = 0; i < 8; i++) {
      account.pass(STEP.minutes);
      await account.deliver();
    }
    expect(floorsOf(account)).toEqual([2, 2]);
  });
});

describe('the fleet breaker', () => {
  it('lets a fifth of the fleet change by much in one tick; all others hold, with the reason', async () => {
    const account = fleetOf(40, 10);
    const asOfMs = account.world.nowMs;
    await account.deliver();
    expect(floorsOf(account).filter((floor) => floor === 10)).toHaveLength(8);
    expect(floorsOf(account).filter((floor) => floor === 2)).toHaveLength(32);

    const rules = await rulesOf(account, asOfMs);
    expect(rules.filter((rule) => rule === 'fleet-breaker')).toHaveLength(32);
    const held = await account.entryOf(account.names[39]!, asOfMs);
    expect(held.decision).toMatchObject({ target: 2 });
    expect(held.decision?.reasons.at(-1)).toContain('too many groups change by much');
  });

  it('lets the next fifth follow in the next tick', async () => {
    const account = fleetOf(40, 10);
    await account.deliver();
    account.pass(STEP.minutes);
    await account.deliver();
    expect(floorsOf(account).filter((floor) => floor === 10)).toHaveLength(16);
  });

  it('does not ask about small changes: all of them pass', async () => {
    const account = fleetOf(40, 5);
    await account.deliver();
    expect(floorsOf(account)).toEqual(Array.from({ length: 40 }, () => 5));
  });

  it('lets a small fleet’s few groups change all at once', async () => {
    const account = fleetOf(5, 10);
    await account.deliver();
    expect(floorsOf(account)).toEqual([10, 10, 10, 10, 10]);
  });

  it('counts over the whole fleet, not over one batch of it', async () => {
    const account = fleetOf(12, 10);
    const { names } = account;
    await account.deliver({ names: names.slice(0, 6), fleetSize: 12 });
    await account.deliver({ names: names.slice(6), fleetSize: 12 });
    expect(floorsOf(account).filter((floor) => floor === 10)).toHaveLength(5);
  });

  it('counts a group once, however often its message arrives', async () => {
    const account = fleetOf(6, 10);
    account.world.failNext('armHome', { code: 'Throttling', times: 3 });
    for (let i = 0; i < 3; i++) await account.deliver({ names: ['group-0'], fleetSize: 6 });
    await account.deliver();
    expect(floorsOf(account).filter((floor) => floor === 10)).toHaveLength(5);
    expect(floorsOf(account)[0]).toBe(10);
  });

  it('takes nothing from the account’s budget for those that it holds', async () => {
    const account = fleetOf(10, 10, { fleet: { maxUnitsPerMinute: 60 } });
    await account.deliver();
    expect(floorsOf(account).filter((floor) => floor === 10)).toHaveLength(5);
    expect(await account.ports.blastRadius.takeUnits(START_MS, 100, 60)).toBe(60 - 5 * 6);
  });
});
