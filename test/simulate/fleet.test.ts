import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvariantError } from '../../models/kernel/errors.ts';
import { arrive, type Fleet, fixedBoot, initialFleet, pendingOf, transition } from '../../models/simulate/fleet.ts';
import type { Move } from '../../models/simulate/policy.ts';

const boot = fixedBoot(3);
const desire = (capacity: number): Move => ({ kind: 'desire', capacity });
const launch = (orderedAt: number, units: number) => ({ orderedAt, readyAt: orderedAt + 3, units });
const total = (fleet: Fleet) => fleet.ready + pendingOf(fleet);

describe('a fleet', () => {
  it('launches the difference to what is ready and pending', () => {
    const step = transition({ ready: 2, pending: [launch(4, 1)] }, desire(5), { t: 5, boot });
    expect(step).toEqual({
      fleet: { ready: 2, pending: [launch(4, 1), launch(5, 2)] },
      serving: 2,
      billed: 5,
      launched: 2,
      cancelled: 0,
      released: 0,
    });
  });

  it.each([
    { case: 'not before their boot is over', t: 7, ready: 2, pending: [launch(5, 2)] },
    { case: 'when it is', t: 8, ready: 4, pending: [] },
    { case: 'also when the step itself was passed over', t: 99, ready: 4, pending: [] },
  ])('counts launches as ready $case', ({ t, ready, pending }) => {
    expect(arrive({ ready: 2, pending: [launch(5, 2)] }, t)).toEqual({ ready, pending });
  });

  it.each([
    {
      case: 'the youngest launch in part',
      to: 7,
      ready: 4,
      pending: [launch(1, 2), launch(2, 1)],
      cancelled: 1,
      released: 0,
    },
    { case: 'the youngest launch whole', to: 6, ready: 4, pending: [launch(1, 2)], cancelled: 2, released: 0 },
    { case: 'older launches next', to: 5, ready: 4, pending: [launch(1, 1)], cancelled: 3, released: 0 },
    { case: 'ready units last, effective this step', to: 3, ready: 3, pending: [], cancelled: 4, released: 1 },
    { case: 'everything when nothing is wanted', to: 0, ready: 0, pending: [], cancelled: 4, released: 4 },
  ])('gives up $case', ({ to, ready, pending, cancelled, released }) => {
    const step = transition({ ready: 4, pending: [launch(1, 2), launch(2, 2)] }, desire(to), { t: 2, boot });
    const billed = to;
    expect(step).toEqual({ fleet: { ready, pending }, serving: ready, billed, launched: 0, cancelled, released });
  });

  it('releases after the bill: this step is served and billed by the count before, pending stays', () => {
    const step = transition({ ready: 4, pending: [launch(1, 2)] }, { kind: 'release', ready: 3 }, { t: 2, boot });
    expect(step).toMatchObject({ fleet: { ready: 3, pending: [launch(1, 2)] }, serving: 4, billed: 6, released: 1 });
  });

  it('takes a release to more than is ready as no release', () => {
    const fleet = initialFleet(4);
    expect(transition(fleet, { kind: 'release', ready: 9 }, { t: 2, boot })).toMatchObject({ fleet, released: 0 });
  });

  it('lets boots of one order differ', () => {
    const uneven = (units: number, orderedAt: number) =>
      Array.from({ length: units }, (_, i) => ({ orderedAt, readyAt: orderedAt + 1 + i, units: 1 }));
    const { fleet } = transition(initialFleet(0), desire(3), { t: 0, boot: uneven });
    expect([1, 2, 3].map((t) => arrive(fleet, t).ready)).toEqual([1, 2, 3]);
  });

  it.each([-1, 1.5, Number.NaN])('throws for a capacity of %p', (capacity) => {
    expect(() => transition(initialFleet(1), desire(capacity), { t: 0, boot })).toThrow(InvariantError);
  });

  it('keeps count of every unit and reaches any capacity it is asked for', () => {
    const move = fc.oneof(
      fc.constant<Move>({ kind: 'hold' }),
      fc.nat(12).map(desire),
      fc.nat(12).map((ready): Move => ({ kind: 'release', ready })),
    );
    fc.assert(
      fc.property(fc.nat(12), fc.array(move, { maxLength: 40 }), (ready, moves) => {
        let fleet = initialFleet(ready);
        moves.forEach((wanted, t) => {
          const before = arrive(fleet, t);
          expect(total(before)).toBe(total(fleet));
          const step = transition(before, wanted, { t, boot });
          expect(total(step.fleet)).toBe(total(before) + step.launched - step.cancelled - step.released);
          if (wanted.kind === 'desire') expect(total(step.fleet)).toBe(wanted.capacity);
          expect(step.billed).toBe(total(wanted.kind === 'release' ? before : step.fleet));
          expect(step.fleet.pending.every(({ units }) => units > 0)).toBe(true);
          fleet = step.fleet;
        });
      }),
    );
  });
});
