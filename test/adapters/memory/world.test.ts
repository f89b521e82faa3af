import { describe, expect, it } from '@jest/globals';
import type { GroupOptions } from '../../../adapters/memory/group.ts';
import { memoryPorts } from '../../../adapters/memory/memory-ports.ts';
import { createWorld, type WorldOptions } from '../../../adapters/memory/world.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import { metricNamed, pairsOf, samplesOf } from '../../contract/samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;

const setUp = (group: Partial<GroupOptions> = {}, options: Partial<WorldOptions> = {}) => {
  const world = createWorld({ startMs: T0, ...options });
  const id = world.addGroup({ name: 'web', minSize: 2, maxSize: 20, bootSeconds: 300, ...group });
  const ports = memoryPorts(world);
  const capacity = async () => {
    const seen = (await ports.groups.describe([id])).get(id.arn);
    return seen && [seen.inService, seen.pending];
  };
  return { world, id, ports, capacity, web: world.group('web') };
};

describe('instances of the twin', () => {
  it('are pending until their boot time has passed', async () => {
    const { world, id, ports, capacity } = setUp();
    await ports.actor.setFloor(id, units(5));
    expect(await capacity()).toEqual([2, 3]);
    world.advanceTo(T0 + 5 * MINUTE - 1);
    expect(await capacity()).toEqual([2, 3]);
    world.advanceTo(T0 + 5 * MINUTE);
    expect(await capacity()).toEqual([5, 0]);
  });

  it('leave newest first when desired falls', async () => {
    const { world, id, ports, capacity } = setUp();
    await ports.actor.setDesired(id, units(6));
    world.advanceTo(T0 + MINUTE);
    await ports.actor.setDesired(id, units(3));
    expect(await capacity()).toEqual([2, 1]);
    world.advanceTo(T0 + 10 * MINUTE);
    await ports.actor.setDesired(id, units(2));
    expect(await capacity()).toEqual([2, 0]);
  });

  it('overshoot by less than one instance when they count for several units, and leave only whole', async () => {
    const { id, ports, capacity } = setUp({ minSize: 0, unitsPerInstance: 4, bootSeconds: 0 });
    await ports.actor.setDesired(id, units(10));
    expect(await capacity()).toEqual([12, 0]);
    await ports.actor.setDesired(id, units(9));
    expect(await capacity()).toEqual([12, 0]);
    await ports.actor.setDesired(id, units(8));
    expect(await capacity()).toEqual([8, 0]);
  });

  it('are not launched while Launch is suspended, and are once it is resumed', async () => {
    const { world, id, ports, capacity, web } = setUp({ bootSeconds: 0 });
    web.suspend(['Launch'], world.nowMs);
    await ports.actor.setFloor(id, units(4));
    expect(await capacity()).toEqual([2, 0]);
    web.suspend([], world.nowMs);
    expect(await capacity()).toEqual([4, 0]);
  });
});

describe('launches of the twin', () => {
  const all = { fromMs: instant(T0 - DAY), toMs: instant(T0 + DAY) };

  it('are told once they are in service, with their own boot time', async () => {
    const { world, id, ports, web } = setUp();
    await ports.actor.setDesired(id, units(4));
    web.setBoot(60);
    await ports.actor.setDesired(id, units(5));
    world.advanceTo(T0 + 5 * MINUTE - 1);
    await ports.groups.describe([id]);
    const taken = async () =>
      (await ports.launches.recent(id, all)).boots.map(({ startMs, endMs }) => (endMs - startMs) / 1000);
    expect(await taken()).toEqual([60]);
    world.advanceTo(T0 + 5 * MINUTE);
    await ports.groups.describe([id]);
    expect(await taken()).toEqual([60, 300, 300]);
  });

  it('end where the account has no room for more, and say what it lacked', async () => {
    const { id, ports, capacity, web } = setUp({ bootSeconds: 0 });
    web.leave(3, 'vcpu-quota');
    await ports.actor.setDesired(id, units(9));
    expect(await capacity()).toEqual([5, 0]);
    expect((await ports.launches.recent(id, all)).shortage).toEqual({
      atMs: T0,
      kind: 'quota',
      said: '4 instances do not fit the vCPU quota',
    });
    expect((await ports.headroom.headroom(id)).limits).toMatchObject([{ of: 'vcpu-quota', units: 0 }]);
  });

  it('make room again by what is terminated', async () => {
    const { id, ports, web } = setUp({ bootSeconds: 0 });
    web.leave(3, 'subnet-addresses');
    await ports.actor.setDesired(id, units(5));
    await ports.actor.setDesired(id, units(3));
    expect((await ports.headroom.headroom(id)).limits).toMatchObject([{ of: 'subnet-addresses', units: 2 }]);
  });
});

describe('scheduled actions of the twin', () => {
  const home = { name: 'prescale-home', startMs: instant(T0 + 30 * MINUTE + 1000), minSize: units(2) };

  it('take a raised floor home when nobody renews the switch, and leave desired where it is', async () => {
    const { world, id, ports, web } = setUp();
    await ports.actor.armHome(id, home);
    await ports.actor.setFloor(id, units(9));
    world.advanceTo(home.startMs - 1);
    expect(web.sizes).toEqual({ min: 9, max: 20, desired: 9 });
    world.advanceTo(home.startMs);
    expect(web.sizes).toEqual({ min: 2, max: 20, desired: 9 });
    expect(web.firings).toEqual([{ atMs: home.startMs, name: 'prescale-home', outcome: 'fired' }]);
    expect((await ports.groups.surroundings(id, 'all')).scheduledActions).toEqual([]);
  });

  it('fire as late as the world says', async () => {
    const { world, id, ports, web } = setUp({}, { scheduleDelaySeconds: 120 });
    await ports.actor.setFloor(id, units(9));
    await ports.actor.armHome(id, home);
    world.advanceTo(home.startMs + 2 * MINUTE - 1);
    expect(web.sizes.min).toBe(9);
    world.advanceTo(home.startMs + 2 * MINUTE);
    expect(web.sizes.min).toBe(2);
  });

  it('do not fire while ScheduledActions is suspended, and not later either', async () => {
    const { world, id, ports, web } = setUp();
    await ports.actor.setFloor(id, units(9));
    await ports.actor.armHome(id, home);
    web.suspend(['ScheduledActions'], world.nowMs);
    world.advanceTo(home.startMs);
    web.suspend([], world.nowMs);
    world.advanceTo(home.startMs + DAY);
    expect([web.sizes.min, web.firings.map(({ outcome }) => outcome)]).toEqual([9, ['suspended']]);
  });

  it('fire in order and each at its own time when the clock jumps over several', () => {
    const { world, web } = setUp({ bootSeconds: 60 });
    web.schedule({ name: 'noon', startMs: T0 + 20 * MINUTE, min: 3 }, T0);
    web.schedule({ name: 'often', startMs: T0 + 10 * MINUTE, min: 5, everyMs: 15 * MINUTE }, T0);
    world.advanceTo(T0 + 30 * MINUTE);
    expect(web.firings.map(({ name, atMs }) => [name, (atMs - T0) / MINUTE])).toEqual([
      ['often', 10],
      ['noon', 20],
      ['often', 25],
    ]);
    expect(web.snapshot(world.nowMs)).toMatchObject({ minSize: 5, inService: 5, pending: 0 });
  });

  it('are refused when they come due and contradict the group, and the group stays as it was', () => {
    const { world, web } = setUp();
    web.schedule({ name: 'too-high', startMs: T0 + MINUTE, min: 25 }, T0);
    world.advanceTo(T0 + MINUTE);
    expect([web.sizes.min, web.firings[0]?.outcome]).toEqual([2, 'ValidationError']);
  });
});

describe('metrics of the twin', () => {
  const metric = metricNamed('Requests');
  const read = async (ports: ReturnType<typeof memoryPorts>, fromMs: number, toMs: number) => {
    const query = { id: 'a', metric, fromMs: instant(fromMs), toMs: instant(toMs) };
    const answer = (await ports.loads.read([query])).get('a');
    return answer?.ok ? pairsOf(answer.value).map(([, value]) => value) : answer?.refusal;
  };

  it('are seen once their period and the publication delay have passed, though all were published before', async () => {
    const { world, ports } = setUp({}, { publicationDelaySeconds: 120 });
    world.publish(
      metric,
      samplesOf([
        [T0 - 5 * MINUTE, 1],
        [T0, 2],
        [T0 + 5 * MINUTE, 3],
      ]),
    );
    const seen: unknown[] = [];
    for (const minutes of [1, 2, 6, 7, 11, 12]) {
      world.advanceTo(T0 + minutes * MINUTE);
      seen.push(await read(ports, T0 - DAY, T0 + DAY));
    }
    expect(seen).toEqual([[], [1], [1], [1, 2], [1, 2], [1, 2, 3]]);
  });

  it('are gone when they are too fine for their age', async () => {
    const { world, ports } = setUp();
    const fine = { ...metric, name: 'Fine', periodSeconds: 60 };
    world.publish(
      fine,
      samplesOf([
        [T0 - 2 * MINUTE, 1],
        [T0 - MINUTE, 2],
      ]),
    );
    const query = { id: 'a', metric: fine, fromMs: instant(T0 - DAY), toMs: instant(T0 + 20 * DAY) };
    world.advanceTo(T0 + 15 * DAY - MINUTE);
    const answer = (await ports.loads.read([query])).get('a');
    expect(answer?.ok && pairsOf(answer.value)).toEqual([[T0 - MINUTE, 2]]);
  });

  it('refuse alone while they are broken', async () => {
    const { world, ports } = setUp();
    world.metrics.breakMetric(metric, 'InternalError');
    expect(await read(ports, T0 - DAY, T0)).toEqual({ kind: 'unreadable', reason: 'InternalError' });
    world.metrics.breakMetric(metric, undefined);
    expect(await read(ports, T0 - DAY, T0)).toEqual([]);
  });
});

describe('faults of the twin', () => {
  it('throw AWS’s throttling as often as planned, then no more', async () => {
    const { world, id, ports, web } = setUp();
    world.failNext('setFloor', { code: 'Throttling', times: 2 });
    for (let i = 0; i < 2; i++) {
      await expect(ports.actor.setFloor(id, units(4))).rejects.toMatchObject({
        code: 'AWS_THROTTLED',
        retryable: true,
      });
    }
    expect(web.sizes.min).toBe(2);
    expect(await ports.actor.setFloor(id, units(4))).toMatchObject({ ok: true });
  });

  it('refuse where AWS refuses', async () => {
    const { world, id, ports, web } = setUp();
    world.failNext('setFloor', { code: 'ResourceContention' });
    const refusal = { kind: 'busy', code: 'ResourceContention', reason: 'injected' };
    expect(await ports.actor.setFloor(id, units(4))).toEqual({ ok: false, refusal });
    expect(web.sizes.min).toBe(2);
  });

  it('can lose the answer of a call that was carried out', async () => {
    const { world, id, ports, web } = setUp();
    world.failNext('setFloor', { code: 'ECONNRESET', when: 'lost', after: 1 });
    await ports.actor.setFloor(id, units(3));
    await expect(ports.actor.setFloor(id, units(4))).rejects.toMatchObject({ code: 'AWS_UNREACHABLE' });
    expect(web.sizes.min).toBe(4);
  });

  it.each([
    { when: 'before' as const, min: 2 },
    { when: 'after' as const, min: 4 },
  ])('can end the process $when a call, and nothing works until it is started again', async ({ when, min }) => {
    const { world, id, ports, web } = setUp();
    world.crashNext('setFloor', when);
    await expect(ports.actor.setFloor(id, units(4))).rejects.toMatchObject({ code: 'CRASHED' });
    await expect(ports.archive.put('x')).rejects.toMatchObject({ code: 'CRASHED' });
    expect(web.sizes.min).toBe(min);
    world.faults.restart();
    expect(await ports.actor.setFloor(id, units(5))).toMatchObject({ ok: true });
  });

  it('can fail pages', async () => {
    const { world, ports } = setUp();
    world.failNext('tagged', { code: 'Throttling' });
    const all = async () => {
      for await (const _ of ports.groups.tagged()) break;
    };
    await expect(all()).rejects.toMatchObject({ code: 'AWS_THROTTLED' });
    await expect(all()).resolves.toBeUndefined();
  });
});

describe('the twin itself', () => {
  it('does not go back in time', () => {
    const { world } = setUp();
    expect(() => world.advanceTo(T0 - 1)).toThrow(/cannot go back/);
  });

  it('refuses groups that AWS would not create', () => {
    const { world } = setUp();
    expect(() => world.addGroup({ name: 'x', minSize: 3, maxSize: 2 })).toThrow(/Max bound/);
    expect(() => world.addGroup({ name: 'web', minSize: 1, maxSize: 2 })).toThrow(/already there/);
  });

  it('discards archived texts and still gives their addresses, when it is told to', async () => {
    const { ports } = setUp({}, { archive: 'discard' });
    const kept = setUp();
    const address = await ports.archive.put('inputs');
    expect(await ports.archive.get(address)).toBeUndefined();
    expect(await kept.ports.archive.put('inputs')).toBe(address);
  });

  it('keeps two sets of ports over one world in one account', async () => {
    const { world, id, ports } = setUp();
    const other = memoryPorts(world);
    const lease = { holder: 'a', asOfMs: instant(T0), wallMs: instant(T0), untilMs: instant(T0 + MINUTE) };
    await ports.runtime.begin(id, lease);
    expect(await other.runtime.begin(id, { ...lease, holder: 'b' })).toMatchObject({ ok: false });
  });
});
