import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../cli/report/explain-text.ts';
import { controlledAccount, STEP } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

/** A group whose instances count for eight units each, with two of them in service. */
const eights = { unitsPerInstance: 8, minSize: 8, desired: 16, maxSize: 40 };

describe('a group whose instances have weights', () => {
  it('gets what the load needs in whole instances, and its ledger says what one counts for', async () => {
    const controlled = controlledGroup({ needs: () => 18, group: eights });
    await controlled.turns(2);
    expect(controlled.sizes().min).toBe(18);
    const { entry } = await controlled.turn();
    expect(entry.groupFound).toMatchObject({ inService: 24, largestWeight: 8 });
    const text = explain({ decision: entry, outcome: undefined, confirm: undefined }).replace(/\s+/g, ' ');
    expect(text).toContain('One instance counts for up to 8, so that a raise may overshoot by 7.');
  });

  it('never comes to more than its bounds leave, although the last instance overshoots', async () => {
    const controlled = controlledGroup({ needs: () => 60, group: eights, policy: { guards: { maxStepOutShare: 5 } } });
    const { entry } = await controlled.turn();
    // MaxSize less one unit kept free is 39: the fifth instance would make it 40.
    expect(entry.decision).toMatchObject({ target: 32, rule: 'bounds' });
    expect(entry.decision?.reasons.at(-1)).toBe(
      "not above 32, all that the group's bounds leave where one instance may bring 8 units",
    );
    controlled.pass(STEP.minutes);
    expect((await controlled.turn()).entry.groupFound).toMatchObject({ inService: 32 });
  });

  it('keeps what stands already: what is in service launches nothing', async () => {
    const full = { ...eights, desired: 40 };
    const controlled = controlledGroup({ needs: () => 38, group: full });
    expect((await controlled.turn()).entry.decision?.target).toBe(38);
    controlled.pass(STEP.minutes);
    expect((await controlled.turn()).entry.groupFound).toMatchObject({ inService: 40 });
  });

  it.each([
    { case: 'what its whole instances bring', budget: 8, floor: 18 },
    { case: 'nothing where the budget ends within an instance', budget: 7, floor: 16 },
  ])('takes from the account’s budget $case', async ({ budget, floor }) => {
    const account = controlledAccount([{ name: 'web', needs: () => 18, group: eights }], {
      fleet: { maxUnitsPerMinute: budget },
    });
    await account.deliver();
    expect(account.world.group('web').sizes.min).toBe(floor);
  });
});
