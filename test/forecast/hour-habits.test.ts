import { describe, expect, it } from '@jest/globals';
import { HABIT_FEATURES, habitFeatures, habitReach, habitsOf } from '../../models/forecast/hour-habits.ts';
import { sumUp } from '../../models/forecast/load-features.ts';
import { seeded } from '../seeded.ts';

const FIVE_MINUTES = 300_000;
const PER_HOUR = 12;

const habits = (v: Float64Array, stepMs = FIVE_MINUTES) => {
  const sums = new Float64Array(v.length + 1);
  sumUp(v, sums);
  return habitsOf({ v, sums }, stepMs);
};

const features = (v: Float64Array, at: { t: number; h: number }, stepMs = FIVE_MINUTES): readonly number[] => {
  const out = new Float64Array(HABIT_FEATURES);
  habitFeatures(habits(v, stepMs), at, out, 0);
  return Array.from(out);
};

const noise = (steps: number): Float64Array => {
  const random = seeded(7);
  return Float64Array.from({ length: steps }, () => 1 + random());
};

/** One in each step, and 13 in the third step of every hour: 12 above the others, 11 above its hour's mean. */
const spikes = (hours: number): Float64Array =>
  Float64Array.from({ length: hours * PER_HOUR }, (_, i) => (i % PER_HOUR === 2 ? 13 : 1));

describe('the habits of the hour', () => {
  it.each([
    { case: 'the target is the spike', t: 30 * PER_HOUR, h: 2, expected: [11, -1, -1, 11, -1] },
    { case: 'the origin is the spike', t: 30 * PER_HOUR + 2, h: 3, expected: [-1, 11, -1, -1, 11] },
    { case: 'the spike came just before', t: 30 * PER_HOUR + 3, h: 3, expected: [-1, -1, 5, -1, -1] },
    { case: 'the spike is hours ahead', t: 30 * PER_HOUR, h: 2 + 3 * PER_HOUR, expected: [11, -1, -1, 11, -1] },
    { case: 'one hour alone is known', t: 2 * PER_HOUR - 1, h: 3, expected: [11, 0, 0, 11, 0] },
  ])('are how far a minute was from the mean of its hour, where $case', ({ t, h, expected }) => {
    const seen = features(spikes(40), { t, h });
    expected.forEach((value, i) => {
      expect(seen[i]).toBeCloseTo(value, 9);
    });
  });

  it('of the last hours follow a minute that moved before those of a day do', () => {
    const moved = spikes(40).map((_, i) => (i % PER_HOUR === (i < 30 * PER_HOUR ? 2 : 5) ? 13 : 1));
    const [lasting, , , recent] = features(moved, { t: 36 * PER_HOUR - 1, h: 6 });
    expect(recent).toBeCloseTo(11, 9);
    expect(lasting).toBeCloseTo((6 * 11 - 18) / 24, 9);
  });

  it.each([
    { case: 'before the first hour is full', t: PER_HOUR - 2, stepMs: FIVE_MINUTES },
    { case: 'with steps of an hour', t: 200, stepMs: 3_600_000 },
    { case: 'with steps that an hour is not made of', t: 200, stepMs: 420_000 },
  ])('are none $case', ({ t, stepMs }) => {
    expect(features(noise(400), { t, h: 1 }, stepMs)).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([1, 5, PER_HOUR, PER_HOUR + 1, 40])('know nothing of what comes after the origin, %d steps ahead', (h) => {
    const load = noise(30 * PER_HOUR);
    const t = 28 * PER_HOUR + 3;
    const changed = load.map((v, i) => (i <= t ? v : 5 * v));
    expect(features(changed, { t, h })).toEqual(features(load, { t, h }));
  });

  it('are the same where history begins as far back as they reach', () => {
    const load = noise(60 * PER_HOUR);
    const t = load.length - 1;
    const whole = features(load, { t, h: 4 });
    const start = t - habitReach(FIVE_MINUTES) - PER_HOUR;
    const tail = features(load.subarray(start), { t: t - start, h: 4 });
    tail.forEach((value, i) => {
      expect(value).toBeCloseTo(whole[i]!, 9);
    });
  });
});
