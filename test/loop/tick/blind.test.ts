import { describe, expect, it } from '@jest/globals';
import { loadOf, metricOf, minute, samplesOf } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

/** Ten units until half past noon; then there are no samples. */
const goesDark = (at: number): number | undefined => (at < 30 ? 10 : undefined);

/** The last tick that still sees: at 12:42 the load until 12:30 is ten minutes behind, which is tolerated. */
const LAST_SEEING = 42;

async function until(controlled: ControlledGroup, last: number): Promise<void> {
  while (controlled.world.nowMs <= minute(last)) await controlled.turn();
}

const blindnesses = [
  { case: 'has no more samples', needs: goesDark, darken: () => {} },
  {
    case: 'cannot be read',
    needs: () => 10,
    darken: ({ world }: ControlledGroup) => world.metrics.breakMetric(metricOf('web'), 'not authorised'),
  },
  {
    case: 'comes from a source that is down',
    needs: () => 10,
    darken: ({ world }: ControlledGroup) => world.failNext('loads.read', { code: 'InternalFailure', times: 1000 }),
  },
] as const;

describe.each(blindnesses)('a group whose metric $case', ({ needs, darken }) => {
  const started = async (): Promise<ControlledGroup> => {
    const controlled = controlledGroup({ needs });
    await until(controlled, 32);
    darken(controlled);
    await until(controlled, LAST_SEEING);
    return controlled;
  };

  it('is held for a quarter of an hour, its switch renewed', async () => {
    const controlled = await started();
    for (const at of [47, 52, 57]) {
      const { entry } = await controlled.turn();
      expect(entry).toMatchObject({ asOfMs: minute(at), needNow: null, decision: { target: 10, rule: 'blind-hold' } });
      expect(entry.blind).toMatch(/behind what should be known/);
      expect(controlled.armed()[0]!.startMs).toBeGreaterThan(minute(at + 10));
    }
    expect(controlled.sizes().min).toBe(10);
  });

  it('then goes home by its switch, which nobody renews any more, and loses no instance to it', async () => {
    const controlled = await started();
    await until(controlled, 57);
    const before = [...controlled.writes];
    const { entry } = await controlled.turn();
    expect(entry).toMatchObject({ decision: { target: 10, rule: 'blind-home' }, blind: expect.any(String) });
    await until(controlled, 95);
    expect(controlled.writes).toEqual(before);
    expect(controlled.group.firings).toMatchObject([{ outcome: 'fired' }]);
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
  });
});

describe('one read that fails', () => {
  it.each([32, 37, 42, 47, 52, 57].map((at) => ({ case: `12:${at}`, at })))(
    'loses nothing that was read before it: at $case the load of the tick before still counts',
    async ({ at }) => {
      const controlled = controlledGroup();
      await until(controlled, at);
      controlled.world.failNext('loads.read', { code: 'InternalFailure', times: 1 });
      const { entry } = await controlled.turn();
      expect(entry).toMatchObject({ needNow: 10, load: { freshUntilMs: minute(at - 2) } });
      expect(entry.decision?.rule).not.toBe('blind-hold');
    },
  );

  it('leaves the history whole, once the next read has come', async () => {
    const [failing, whole] = [controlledGroup(), controlledGroup()];
    for (let i = 0; i < 24; i++) {
      if (i % 3 === 1) failing.world.failNext('loads.read', { code: 'InternalFailure', times: 1 });
      await failing.turn();
      await whole.turn();
    }
    const kept = ({ world }: ControlledGroup) =>
      world.history.read({ workload: 'web', metric: metricOf('web') }, { fromMs: minute(-180), toMs: minute(60) });
    expect(await kept(failing)).toEqual(await kept(whole));
  });
});

describe('a group that is blind', () => {
  it('is said to be so in the ledger whatever else holds it, and no longer once it sees', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 || at >= 60 ? 10 : undefined) });
    expect((await controlled.turn()).entry).not.toHaveProperty('blind');
    await until(controlled, LAST_SEEING);
    await controlled.order('freeze', 'a person said so', 10);
    const { entry } = await controlled.turn();
    expect(entry).toMatchObject({ decision: { rule: 'freeze' }, blind: expect.any(String) });
    await until(controlled, 62);
    expect((await controlled.turn()).entry).not.toHaveProperty('blind');
  });

  it('is never held below the last need that was seen', async () => {
    const controlled = controlledGroup({ needs: goesDark });
    await until(controlled, LAST_SEEING + 5);
    controlled.group.update({ min: 3 }, controlled.world.nowMs);
    const { entry } = await controlled.turn();
    expect(entry.decision).toMatchObject({ target: 10, rule: 'blind-hold' });
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.armed()).toMatchObject([{ minSize: 3 }]);
  });

  it('is not raised on a load that it has never seen', async () => {
    const controlled = controlledGroup({ needs: () => undefined });
    const { entry } = await controlled.turns(6);
    expect(entry.decision?.rule).toBe('blind-home');
    expect(controlled.writes).toEqual([]);
  });

  it('counts a metric that comes twenty minutes late as not seen', async () => {
    const controlled = controlledGroup({}, { world: { publicationDelaySeconds: 1200 } });
    const { entry } = await controlled.turn();
    expect(entry.decision?.rule).toBe('blind-hold');
    expect(entry.decision?.reasons[0]).toMatch(/behind what should be known, 600 s are tolerated/);
    expect(controlled.writes).toEqual([]);
  });

  it('is not called so for a period that is not due yet', async () => {
    const controlled = controlledGroup({ needs: goesDark });
    for (const [at, rule] of [
      [46, 'reactive-floor'],
      [47, 'blind-hold'],
    ] as const) {
      controlled.world.advanceTo(minute(at));
      await controlled.deliver();
      expect((await controlled.entryOf('web', minute(at))).decision?.rule).toBe(rule);
    }
  });

  it('goes on where it was as soon as it sees again', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 || at >= 60 ? 10 : undefined) });
    await until(controlled, 62);
    expect((await controlled.turn()).entry.decision).toMatchObject({ target: 10, rule: 'reactive' });
    await controlled.turns(12);
    expect(controlled.sizes().min).toBe(10);
    expect(controlled.group.firings).toEqual([]);
  });

  it('that has gone home is raised anew once it sees, armed first', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 || at >= 120 ? 10 : undefined) });
    await until(controlled, 117);
    expect(controlled.sizes().min).toBe(2);
    await until(controlled, 127);
    expect(controlled.writes.slice(-2)).toEqual(['web: arm 2', 'web: MinSize 10']);
  });

  it('takes no sample that is not a load for one', async () => {
    const controlled = controlledGroup({ needs: goesDark });
    controlled.world.publish(
      metricOf('web'),
      samplesOf((at) => (at >= 30 ? -loadOf(1) : undefined)),
    );
    await until(controlled, LAST_SEEING);
    const { entry } = await controlled.turn();
    expect(entry.decision?.rule).toBe('blind-hold');
    expect(entry.load?.rejected).toBe(3);
  });
});

describe('a metric without samples that is declared to mean zero', () => {
  const load = { source: 'total', metric: metricOf('web'), missing: 'zero' } as const;

  it('may have stopped: silence that was never heard before is held through, for as long as blindness is', async () => {
    const controlled = controlledGroup({ needs: goesDark, policy: { load } });
    await until(controlled, LAST_SEEING);
    // As many turns in a row as the alarm on blindness waits for.
    for (const at of [47, 52, 57]) {
      const { entry } = await controlled.turn();
      expect(entry).toMatchObject({ asOfMs: minute(at), needNow: null, decision: { target: 10, rule: 'blind-hold' } });
    }
  });

  it('is then a quiet night: the floor comes down step by step and ends at the base', async () => {
    const controlled = controlledGroup({ needs: goesDark, policy: { load } });
    await until(controlled, 77);
    expect(controlled.sizes().min).toBeLessThan(10);
    const { entry } = await controlled.turns(12);
    expect(entry).toMatchObject({ load: { latest: 0 }, needNow: 1 });
    expect(controlled.sizes().min).toBe(2);
    expect(controlled.group.firings).toEqual([]);
  });

  it.each(blindnesses.slice(1))(
    'is still an outage when it $case: what was not read is not zero',
    async ({ darken }) => {
      const controlled = controlledGroup({ policy: { load } });
      await until(controlled, 42);
      darken(controlled);
      await until(controlled, 57);
      const { entry } = await controlled.turn();
      expect(entry.decision?.rule).toMatch(/^blind/);
      expect(controlled.writes.filter((write) => write.includes('MinSize'))).toEqual(['web: MinSize 10']);
    },
  );
});
