import { describe, expect, it } from '@jest/globals';
import { thetaModel } from '../../../models/forecast/lead/lead-theta.ts';
import { meanAbsoluteError } from '../../../models/forecast/metrics/mase.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

const DAY = 24;

/** What Theta says of the last day of a load, whose origin knows all steps before it. */
function lastDay(aimed: Float64Array, lead: number): Float64Array {
  const first = DAY + 1;
  const origins = aimed.length - lead + 1 - first;
  return thetaModel({ aimed, first }, { day: DAY, lead }).answer({
    known: origins - DAY - lead + 1,
    from: origins - DAY,
    to: origins,
  })!;
}

const hours = (days: number, of: (t: number) => number): Float64Array =>
  Float64Array.from({ length: days * DAY }, (_, t) => of(t));
const season = (t: number): number => 2 + Math.sin((2 * Math.PI * t) / DAY) + (Math.floor(t / DAY) % 7 >= 5 ? -0.8 : 0);

describe('Theta at a lead', () => {
  it.each([1, 24, 36])('repeats what days and weeks repeat, %d steps ahead', (lead) => {
    const load = hours(35, (t) => 50 * season(t));
    const error = meanAbsoluteError(load.subarray(-DAY), lastDay(load, lead));
    expect(error).toBeLessThan(0.02 * 100);
  });

  it('follows within the day a level that has just risen, the season on top of it', () => {
    const risenAt = 35 * DAY - 12;
    const load = hours(35, (t) => (t < risenAt ? 1 : 2) * 50 * season(t));
    const tail = lastDay(load, 1).subarray(-6);
    expect(meanAbsoluteError(load.subarray(-6), tail)).toBeLessThan(0.05 * 200);
  });

  it.each([12, 24, 48])('adds half the slope of what grows, %d steps ahead', (lead) => {
    const load = hours(28, (t) => 100 + t);
    const short = load.at(-1)! - lastDay(load, lead).at(-1)!;
    expect(Math.abs(short - lead / 2)).toBeLessThan(0.15 * lead);
  });

  it('follows a level that wanders, and smooths one that only shakes', () => {
    const random = randomSource(7);
    let level = 500;
    const wandering = hours(28, () => (level += 10 * (random() - 0.5)));
    const shaking = hours(28, () => 500 + 100 * (random() - 0.5));
    const repeated = (load: Float64Array): number =>
      meanAbsoluteError(load.subarray(-DAY), load.subarray(-DAY - 1, -1));
    expect(meanAbsoluteError(wandering.subarray(-DAY), lastDay(wandering, 1))).toBeLessThan(1.1 * repeated(wandering));
    expect(meanAbsoluteError(shaking.subarray(-DAY), lastDay(shaking, 1))).toBeLessThan(0.85 * repeated(shaking));
  });

  it('takes a job at night for no more than it is', () => {
    const quiet = (t: number): number => (t % DAY < 8 ? 0.01 : 100 + (t % 5));
    const job = hours(40, (t) => (t === 39 * DAY + 2 ? 100 : quiet(t)));
    expect(Math.max(...lastDay(job, 1))).toBeLessThan(220);
    expect(Math.max(...lastDay(job, 24))).toBeLessThan(220);
  });

  it('says 0, not less, where a fall goes on', () => {
    const fallen = lastDay(
      hours(28, (t) => Math.max(0, 600 - t)),
      24,
    );
    expect(Math.min(...fallen)).toBe(0);
  });

  it('answers for a load of zeros, and for two days', () => {
    expect([...lastDay(new Float64Array(28 * DAY), 1)]).toEqual(new Array(DAY).fill(0));
    expect(
      lastDay(
        hours(3, (t) => 10 + (t % DAY)),
        1,
      ).every(Number.isFinite),
    ).toBe(true);
  });
});
