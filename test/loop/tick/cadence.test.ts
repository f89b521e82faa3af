import { describe, expect, it } from '@jest/globals';
import { controlledAccount } from './controlled-account.ts';
import { controlledGroup } from './controlled-group.ts';

describe('a policy of another cadence than the rule that begins the turns', () => {
  it.each([
    {
      everySeconds: 60,
      cadenceSeconds: 300,
      reason:
        "policy says cadenceSeconds 300, but this controller's rule runs every 1 min; set cadenceSeconds to 60, or deploy with prescale:everyMinutes=5",
    },
    {
      everySeconds: 600,
      cadenceSeconds: 90,
      reason: "policy says cadenceSeconds 90, but this controller's rule runs every 10 min; set cadenceSeconds to 600",
    },
  ])('is refused ($cadenceSeconds s under $everySeconds s), in the ledger and to a person', async (given) => {
    const { everySeconds, cadenceSeconds, reason } = given;
    const controlled = controlledGroup({ policy: { cadenceSeconds } }, { everySeconds });
    const { outcome, entry } = await controlled.turn();
    expect(outcome).toMatchObject({ status: 'refused', retry: false, reason });
    expect(entry).toMatchObject({ decision: null, load: null });
    expect(controlled.writes).toEqual([]);
    expect(controlled.world.notices.sent).toMatchObject([{ text: expect.stringContaining(reason) }]);
  });

  it('keeps no neighbour of the right cadence from its turn', async () => {
    const needs = () => 10;
    const account = controlledAccount(
      [
        { name: 'web', needs },
        { name: 'fast', needs, policy: { cadenceSeconds: 60 } },
      ],
      { everySeconds: 300 },
    );
    expect((await account.deliver()).map(({ status }) => status)).toEqual(['acted', 'refused']);
  });
});

describe('a policy of any cadence', () => {
  it('is carried out where turns are begun by hand', async () => {
    const controlled = controlledGroup({ policy: { cadenceSeconds: 60 } });
    expect((await controlled.turn()).outcome.status).toBe('acted');
  });
});
