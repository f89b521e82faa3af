import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../cli/report/explain-text.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import { controlledGroup, foretold } from './controlled-group.ts';

const SLOW = { bootSeconds: 900 };

/** A group whose policy says five minutes, whose instances take fifteen, and whose load needs six more at noon. */
async function slowGroup(lead: { readonly measure?: boolean } = {}) {
  const policy = { lead: { bootSeconds: 300, ...lead } };
  const controlled = controlledGroup({ needs: () => 10, group: SLOW, policy });
  await foretold(controlled, () => 10, { policy });
  return controlled;
}

type Slow = Awaited<ReturnType<typeof slowGroup>>;

/** A model as the fit that was asked for would leave it. */
const fitted = (controlled: Slow) => foretold(controlled, () => 10, { policy: { lead: SLOW } });

const windowOf = ({ forecast }: DecisionEntry) =>
  forecast.kind === 'forecast' ? forecast.windowSteps : forecast.reason;

const text = (entry: DecisionEntry): string =>
  explain({ decision: entry, outcome: undefined, confirm: undefined }).replace(/\s+/g, ' ');

describe('boots that take longer than the policy says', () => {
  it('are measured, and the model of their lead is asked for once', async () => {
    const controlled = await slowGroup();
    await controlled.turns(8);
    expect(controlled.world.refits.take().filter(({ bootSeconds }) => bootSeconds !== undefined)).toMatchObject([
      { bootSeconds: 900, reason: 'boots take 900 s, not 300 s', policyName: 'web', workload: 'web' },
    ]);
  });

  it('change nothing until that model is there: the standing one serves, and the ledger says why', async () => {
    const controlled = await slowGroup();
    const { entry } = await controlled.turns(8);
    expect(entry.lead).toEqual({
      seconds: 725,
      bootSeconds: 300,
      source: 'configured',
      configuredSeconds: 300,
      boots: 6,
      measuredSeconds: 900,
    });
    expect(windowOf(entry)).toBe(3);
    expect(text(entry)).toContain(
      'The lead time was 725 s, with 300 s of boot as the policy says; 6 boots were known, nine in ten of them within 900 s.',
    );
  });

  it('count from the tick on that finds the model', async () => {
    const controlled = await slowGroup();
    await controlled.turns(8);
    await fitted(controlled);
    const { entry } = await controlled.turn();
    expect(entry.lead).toMatchObject({ seconds: 1325, bootSeconds: 900, source: 'measured', configuredSeconds: 300 });
    expect(windowOf(entry)).toBe(5);
    expect(text(entry)).toContain(
      'The lead time was 1,325 s, with 900 s of boot as measured, where the policy says 300 s',
    );
    expect(windowOf((await controlled.turns(5)).entry)).toBe(5);
  });

  it('count at once where there is no model to lose', async () => {
    const controlled = controlledGroup({ needs: () => 10, group: SLOW, policy: { lead: { bootSeconds: 300 } } });
    expect((await controlled.turns(8)).entry.lead).toMatchObject({ bootSeconds: 900, source: 'measured' });
  });

  it('keep what they taught through fits that follow: those are asked for the same lead', async () => {
    const controlled = await slowGroup();
    await controlled.turns(8);
    await fitted(controlled);
    controlled.world.refits.take();
    await controlled.turns(80);
    const asked = controlled.world.refits.take();
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ bootSeconds }) => bootSeconds))).toEqual(new Set([900]));
  });

  it('are asked for again after an hour where no fit has come', async () => {
    const controlled = await slowGroup();
    await controlled.turns(8 + 13);
    expect(controlled.world.refits.take().filter(({ bootSeconds }) => bootSeconds === 900)).toHaveLength(2);
  });

  it('change nothing where the policy does not measure', async () => {
    const controlled = await slowGroup({ measure: false });
    const { entry } = await controlled.turns(8);
    expect(entry.lead).toMatchObject({ source: 'configured', bootSeconds: 300 });
    expect(controlled.world.refits.take().filter(({ bootSeconds }) => bootSeconds !== undefined)).toEqual([]);
  });

  it('change the lead once a day at most', async () => {
    const rises = (at: number) => (at < 300 ? 10 : 18);
    const controlled = controlledGroup({ needs: rises, group: SLOW, policy: { lead: { bootSeconds: 300 } } });
    await controlled.turns(8);
    controlled.group.setBoot(60);
    const { entry } = await controlled.turns(80);
    expect(entry.lead).toMatchObject({ bootSeconds: 900, source: 'measured', boots: 14 });
  });
});

describe('how launches went', () => {
  it('is read only where something was launched, and no more than every quarter of an hour', async () => {
    const controlled = controlledGroup({ needs: () => 4 });
    controlled.world.failNext('launches.recent', { code: 'Throttling', times: 100 });
    await controlled.turns(12);
    expect(controlled.world.telemetry.failures).toEqual([]);

    const busy = controlledGroup({ needs: () => 10, group: SLOW });
    busy.world.failNext('launches.recent', { code: 'Throttling', times: 100 });
    await busy.turns(13);
    // An hour from the first tick that finds something on its way.
    expect(busy.world.telemetry.failures).toHaveLength(4);
  });

  it('is read later where it cannot be read, and no decision waits for it', async () => {
    const controlled = await slowGroup();
    controlled.world.failNext('launches.recent', { code: 'InternalFailure', times: 2 });
    expect((await controlled.turns(2)).outcome.retry).toBe(false);
    expect((await controlled.turns(9)).entry.lead).toMatchObject({ boots: 6 });
  });

  it('stands in the ledger for an hour where AWS could not launch', async () => {
    const controlled = controlledGroup({ needs: () => 10 });
    controlled.group.leave(2, 'subnet-addresses');
    // Somebody else orders what cannot be launched.
    controlled.group.setDesired(20, controlled.world.nowMs);
    await controlled.turn();
    const { entry } = await controlled.turn();
    expect(entry.shortage).toMatchObject({ kind: 'addresses', said: expect.stringContaining('do not fit') });
    expect(text(entry)).toContain('AWS could not launch for want of free addresses');
    expect((await controlled.turns(13)).entry.shortage).toBeUndefined();
  });
});
