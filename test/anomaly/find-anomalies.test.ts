import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { THRESHOLD } from '../../models/anomaly/detector.ts';
import { findAnomalies } from '../../models/anomaly/find-anomalies.ts';
import { randomSource } from '../../models/kernel/rng.ts';

const STEP_MS = 300_000;
const DAY = 288;

const stamps = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i * STEP_MS);

const noise = (seed: number): ((scale: number) => number) => {
  const random = randomSource(seed);
  return (scale) => scale * (random() + random() + random() - 1.5);
};

/** A day's wave with noise, at 5 minutes. */
const daily = (count: number, seed = 1): Float64Array => {
  const unrest = noise(seed);
  return Float64Array.from({ length: count }, (_, i) => 100 + 40 * Math.sin((i * 2 * Math.PI) / DAY) + unrest(6));
};

const found = (values: Float64Array): readonly number[] =>
  findAnomalies({ ms: stamps(values.length), values }).anomalies.map(({ index }) => index);

const changed = (values: Float64Array, change: (value: number, i: number) => number): Float64Array =>
  values.map(change);

describe('findAnomalies', () => {
  const AT = 7 * DAY + 100;
  const within = (i: number, steps: number): boolean => i >= AT && i < AT + steps;

  it.each([
    { $case: 'a spike', change: (v: number, i: number) => (within(i, 2) ? v + 60 : v) },
    { $case: 'a drop to nothing', change: (v: number, i: number) => (within(i, 30) ? 0 : v) },
    { $case: 'a level that moves', change: (v: number, i: number) => (i >= AT ? v + 70 : v) },
    { $case: 'a sensor that has frozen', change: (v: number, i: number) => (within(i, 100) ? 100 : v) },
    { $case: 'unrest', change: (v: number, i: number) => (within(i, 60) ? v + 25 * Math.sin(i * 2.3) : v) },
    { $case: 'a day that stays away', change: (v: number, i: number) => (within(i, DAY) ? 60 + (v - 100) / 8 : v) },
  ])('finds $case within two hours', ({ change }) => {
    const hits = found(changed(daily(10 * DAY), change)).filter((i) => i >= AT && i < AT + 24);
    expect(hits.length).toBeGreaterThan(0);
  });

  it('reports one event a few times, not at each of its steps', () => {
    const hits = found(changed(daily(10 * DAY), (v, i) => (within(i, 100) ? v + 200 : v)));
    const during = hits.filter((i) => within(i, 100));
    expect(during.length).toBeGreaterThan(0);
    expect(during.length).toBeLessThan(12);
  });

  it('is seldom alarmed by a series in which nothing happens', () => {
    const shares = [1, 2, 3].map((seed) => found(daily(10 * DAY, seed)).length / (10 * DAY));
    expect(Math.max(...shares)).toBeLessThan(0.01);
  });

  it('gets used to what comes every day', () => {
    const peaked = changed(daily(14 * DAY), (v, i) => (i % DAY >= 200 && i % DAY < 206 ? v + 80 : v));
    const late = found(peaked).filter((i) => i >= 8 * DAY && i % DAY >= 198 && i % DAY < 215);
    expect(late.length).toBeLessThan(4);
  });

  it('says what was expected where it was surprised', () => {
    const { anomalies } = findAnomalies({
      ms: stamps(10 * DAY),
      values: changed(daily(10 * DAY), (v, i) => (within(i, 2) ? v + 60 : v)),
    });
    const { low, high } = anomalies.find(({ index }) => index === AT)!;
    const usual = daily(10 * DAY)[AT]!;
    expect(low).toBeLessThan(usual);
    expect(high).toBeGreaterThan(usual);
    expect(high).toBeLessThan(usual + 60);
  });

  it('knows no future: a series gives each of its beginnings the same scores', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(Number.NaN), fc.nat(5)), {
          minLength: 2,
          maxLength: 200,
        }),
        fc.nat(200),
        (raw, cut) => {
          const values = Float64Array.from(raw);
          const whole = findAnomalies({ ms: stamps(values.length), values }).scores.subarray(0, cut);
          const beginning = values.subarray(0, cut);
          expect(findAnomalies({ ms: stamps(beginning.length), values: beginning }).scores).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('scores between 0 and 1 whatever comes, at whatever times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double(), fc.double({ min: 0, max: 1e13, noNaN: true })), { maxLength: 200 }),
        (rows) => {
          const ms = rows.map(([, at]) => at).sort((a, b) => a - b);
          const { scores } = findAnomalies({ ms, values: rows.map(([value]) => value) });
          expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not care for the unit', () => {
    const values = changed(daily(5 * DAY), (v, i) => (i === 1000 ? v * 3 : v));
    const { scores } = findAnomalies({ ms: stamps(values.length), values });
    for (const unit of [2 ** -30, 2 ** 30]) {
      const other = values.map((v) => v * unit);
      expect(findAnomalies({ ms: stamps(other.length), values: other }).scores).toEqual(scores);
    }
  });

  it.each([
    { $case: 'nothing', values: [] },
    { $case: 'one value', values: [5] },
    { $case: 'two values', values: [5, 1e9] },
    { $case: 'zeros', values: new Array(500).fill(0) },
    { $case: 'a constant', values: new Array(500).fill(0.1) },
    { $case: 'nothing but missing values', values: new Array(500).fill(Number.NaN) },
  ])('finds nothing in $case', ({ values }) => {
    const { scores, anomalies } = findAnomalies({ ms: stamps(values.length), values });
    expect(anomalies).toEqual([]);
    expect([...scores]).toEqual(values.map(() => 0));
  });

  it('sees a constant break', () => {
    const values = Float64Array.from({ length: 600 }, (_, i) => (i < 500 ? 7 : 9));
    expect(found(values)[0]).toBe(500);
  });

  it('sees again soon after an absurd value', () => {
    const values = changed(daily(10 * DAY), (v, i) => (i === 5 * DAY ? 1e9 : within(i, 12) ? v + 150 : v));
    const hits = found(values);
    expect(hits).toContain(5 * DAY);
    expect(hits.some((i) => within(i, 12))).toBe(true);
  });

  it('leaves missing values out: they score 0 and change nothing for the others', () => {
    const values = daily(4 * DAY);
    const ms = stamps(values.length);
    const kept = [...values.keys()].filter((i) => i % 7 !== 3);
    const holed = findAnomalies({ ms, values: values.map((v, i) => (i % 7 === 3 ? Number.NaN : v)) });
    const dense = findAnomalies({ ms: kept.map((i) => ms[i]!), values: kept.map((i) => values[i]!) });
    expect(kept.map((i) => holed.scores[i])).toEqual([...dense.scores]);
    expect(holed.scores[3]).toBe(0);
  });

  it('reports exactly what reaches the threshold', () => {
    const { scores, anomalies } = findAnomalies({ ms: stamps(10 * DAY), values: daily(10 * DAY, 9) });
    const reached = [...scores.keys()].filter((i) => scores[i]! >= THRESHOLD);
    expect(anomalies.map(({ index }) => index)).toEqual(reached);
  });
});
