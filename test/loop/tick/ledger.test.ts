import { describe, expect, it } from '@jest/globals';
import { replayEntry } from '../../../cli/replay-record.ts';
import { LEDGER_LEVELS } from '../../../loop/ledger.ts';
import { loadOf, metricOf, minute, policyFor } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup, foretold } from './controlled-group.ts';

/** A group whose ten units of load are foretold to stay within one per cent. */
async function told(): Promise<ControlledGroup> {
  const controlled = controlledGroup();
  await foretold(controlled, () => 10);
  return controlled;
}

describe('the entry of a tick', () => {
  it('names the forecast, the quantile that the price asks for, and the load at it', async () => {
    const { forecast } = (await (await told()).turn()).entry;
    if (forecast.kind !== 'forecast') throw new Error(forecast.reason);
    expect(forecast).toMatchObject({ model: 'told', fittedAtMs: minute(0), windowSteps: 3, level: 20 / 21 });
    expect(forecast.quantiles).toHaveLength(LEDGER_LEVELS.length);
    expect([...forecast.quantiles].sort((a, b) => a - b)).toEqual(forecast.quantiles);
    expect(forecast.expectedPeak).toBeCloseTo(loadOf(10), 9);
    expect(forecast.loadAtLevel).toBeGreaterThan(forecast.expectedPeak);
  });

  it('prices the alternatives beside the choice; none of them is cheaper', async () => {
    const { alternatives } = (await (await told()).turn()).entry;
    expect(alternatives.map(({ target }) => target)).toEqual([9, 10, 11]);
    const [less, chosen, more] = alternatives;
    expect(less).toMatchObject({ coverage: 0, expectedPrice: 20 });
    expect(chosen).toMatchObject({ coverage: 1, expectedPrice: 0 });
    expect(more).toMatchObject({ coverage: 1, expectedPrice: 1 });
  });

  it('says where target tracking would stand at this moment', async () => {
    const { counterfactual } = (await controlledGroup().turn()).entry;
    const need = loadOf(10) / 300;
    expect(counterfactual).toEqual({
      targetTracking50: Math.ceil(need / 0.5),
      targetTracking70: Math.ceil(need / 0.7),
    });
  });

  it('gives every reason in the order of the guards, the last word last', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 ? 10 : 4) });
    await controlled.turns(9);
    const { decision } = (await controlled.turn()).entry;
    expect(decision).toMatchObject({ target: 8, rule: 'step-limit' });
    expect(decision?.reasons).toEqual([
      'no forecast (no model has been fitted yet); the present load needs 4',
      'no more than 2 units below 10 in one step',
    ]);
  });

  it('records what was found, what shall be written, and afterwards what came of it', async () => {
    const controlled = controlledGroup();
    const asOfMs = controlled.world.nowMs;
    const { entry } = await controlled.turn();
    expect(entry.groupFound).toEqual({ minSize: 2, maxSize: 40, desired: 4, inService: 4, pending: 0, base: 2 });
    expect(entry.action).toMatchObject({ floor: 10, desired: null, disarm: null, claim: true, arm: { minSize: 2 } });
    const record = await controlled.world.ledger.at(controlled.group.id, asOfMs);
    expect(record?.outcome).toMatchObject({
      status: 'acted',
      reasons: ['armed prescale-home: MinSize back to 2 at 12:32:01 UTC', 'MinSize set to 10'],
    });
  });

  it('is there once for each tick, whatever came of it', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 ? 10 : undefined) });
    await controlled.turns(8);
    await controlled.order('freeze', 'hold', 10);
    await controlled.turns(4);
    controlled.world.policies.putText('web', 'no policy');
    await controlled.turns(4);
    const records = await controlled.world.ledger.range(controlled.group.id, { fromMs: minute(0), toMs: minute(120) });
    expect(records).toHaveLength(16);
    for (const { outcome } of records) expect(outcome).toBeDefined();
    expect(controlled.world.telemetry.ticks).toHaveLength(16);
  });

  it.each([
    { case: 'with a forecast', prepare: async () => told() },
    { case: 'without one', prepare: async () => controlledGroup() },
    { case: 'in mode observe', prepare: async () => controlledGroup({ policy: { mode: 'observe' } }) },
    {
      case: 'while blind',
      prepare: async () => {
        const controlled = await told();
        controlled.world.metrics.breakMetric(metricOf('web'), 'denied');
        return controlled;
      },
    },
    {
      case: 'capped by the account',
      prepare: async () => controlledGroup({}, { fleet: { maxUnitsPerMinute: 3 } }),
    },
  ])('can be thought again from the archive, bit for bit: $case', async ({ prepare }) => {
    const controlled = await prepare();
    for (let i = 0; i < 3; i++) {
      const { entry } = await controlled.turn();
      expect(await replayEntry(entry, controlled.ports.archive)).toMatchObject({ identical: true, differences: [] });
    }
  });
});

describe('learning', () => {
  it('is asked for outside the tick, once an hour at most, while there is no model', async () => {
    const controlled = controlledGroup();
    await controlled.turns(12);
    expect(controlled.world.refits.take()).toMatchObject([
      { workload: 'web', groupName: 'web', reason: 'no model yet' },
    ]);
    await controlled.turn();
    expect(controlled.world.refits.take()).toHaveLength(1);
  });

  it('is asked for again when the model is a day old or was fitted for another lead time', async () => {
    const fresh = await told();
    await fresh.turns(12);
    expect(fresh.world.refits.take()).toEqual([]);
    fresh.world.advanceTo(minute(24 * 60 + 2));
    await fresh.turn();
    expect(fresh.world.refits.take()).toMatchObject([{ reason: 'the model is a day old' }]);

    const dearer = { price: { shortagePenalty: 50 } };
    fresh.world.policies.put({ ...policyFor({ name: 'web' }), ...dearer });
    await fresh.turn();
    expect(fresh.world.refits.take()).toMatchObject([{ reason: 'no model yet' }]);
    await fresh.turn();
    expect(fresh.world.refits.take()).toEqual([]);

    const slower = controlledGroup({ policy: { lead: { bootSeconds: 900 } } });
    await foretold(slower, () => 10);
    const { entry } = await slower.turn();
    expect(entry.forecast.kind).toBe('refused');
    expect(slower.world.refits.take()).toMatchObject([{ reason: 'no model yet' }]);
  });
});
