import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../models/calendar/civil.ts';
import { type Zone, zoneOf } from '../../models/calendar/zone.ts';
import { calendarColumns } from '../../models/features/calendar-columns.ts';
import { featureTable } from '../../models/features/feature-table.ts';
import { mutualInformation } from '../../models/features/mutual-information.ts';
import { permutationImportance } from '../../models/features/permutation-importance.ts';
import { rolling } from '../../models/features/rolling.ts';
import { gridSearch, randomSearch } from '../../models/features/search.ts';
import { selectFeatures } from '../../models/features/select-features.ts';
import { rollingFolds, splitInTime } from '../../models/features/split.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const zoneNamed = (name: string): Zone => {
  const zone = zoneOf(name);
  if (!zone.ok) throw new Error(zone.refusal.reason);
  return zone.value;
};
const utc = zoneNamed('UTC');
const uniform = (n: number, seed: number): Float64Array => {
  const random = randomSource(seed);
  return Float64Array.from({ length: n }, random);
};

describe('rolling statistics', () => {
  it('are those of the values that end with the step', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (given, width) => {
          const values = Float64Array.from(given);
          const { mean, sd, least, most } = rolling(values, width);
          for (let i = 0; i < values.length; i++) {
            const part = given.slice(Math.max(0, i - width + 1), i + 1);
            if (part.length < width) expect([mean[i], sd[i], least[i], most[i]]).toEqual(new Array(4).fill(Number.NaN));
            else {
              const centre = part.reduce((a, b) => a + b, 0) / width;
              expect(mean[i]).toBeCloseTo(centre, 8);
              expect(sd[i]! ** 2).toBeCloseTo(part.reduce((a, b) => a + (b - centre) ** 2, 0) / width, 4);
              expect([least[i], most[i]]).toEqual([Math.min(...part), Math.max(...part)]);
            }
          }
        },
      ),
    );
  });
});

describe('the calendar', () => {
  it('is that of the place, with the holidays that it has', () => {
    // Half past eleven in the evening of the eve, in UTC: half past midnight in Berlin.
    const instants = Float64Array.of(Date.parse('2026-12-24T23:30Z'), Date.parse('2026-12-27T12:00Z'));
    const holidays = new Set(['2026-12-25', '2026-12-26'].map((text) => parseDay(text) ?? 0));
    const columns = calendarColumns(instants, { zone: zoneNamed('Europe/Berlin'), holidays });
    const named = (name: string) => Array.from(columns.find((column) => column.name === name)?.values ?? []);
    expect(named('Friday')).toEqual([1, 0]);
    expect(named('Sunday')).toEqual([0, 1]);
    expect(named('weekend')).toEqual([0, 1]);
    expect(named('holiday')).toEqual([1, 0]);
    expect(named('beside a holiday')).toEqual([1, 1]);
    expect(named('day sine 1')[0]).toBeCloseTo(Math.sin((2 * Math.PI * 0.5) / 24), 12);
  });
});

describe('a table of features', () => {
  const hourly = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: 3_600_000, values });

  it('holds nothing that is later than the lead before its target', () => {
    const values = uniform(400, 1);
    const changed = Float64Array.from(values);
    const cut = 300;
    changed.fill(99, cut);
    const tables = [values, changed].map((v) => featureTable(hourly(v), { zone: utc, lead: 3 }));
    const [a, b] = tables.map((table) => (table.ok ? table.value : undefined));
    const rows = Array.from(a!.steps.keys()).filter((r) => a!.steps[r]! < cut + 3);
    expect(rows.length).toBeGreaterThan(100);
    for (const r of rows) {
      expect(b!.columns.map((column) => column[r])).toEqual(a!.columns.map((column) => column[r]));
    }
    const last = a!.steps.length - 1;
    expect(a!.steps[last]).toBe(399);
    expect(b!.columns.map((column) => column[last])).not.toEqual(a!.columns.map((column) => column[last]));
  });

  it('has finite features and the newest load among its rows, however many rows there may be', () => {
    const table = featureTable(hourly(uniform(2000, 2)), { zone: utc, lead: 30, mostRows: 97 });
    if (!table.ok) throw new Error(table.refusal.kind);
    expect(table.value.columns.every((column) => column.every(Number.isFinite))).toBe(true);
    expect(table.value.steps.at(-1)).toBe(1999);
    expect(table.value.steps.length).toBeLessThanOrEqual(97);
    // Thirty hours ahead nothing of yesterday is known.
    expect(table.value.names).not.toContain('1 d before');
  });

  it.each([
    { case: 'two points', values: Float64Array.of(1, 2), kind: 'too-short' },
    { case: 'nothing', values: new Float64Array(0), kind: 'too-short' },
    { case: 'a blank', values: new Float64Array(400).fill(Number.NaN, 7, 8), kind: 'not-finite' },
    { case: 'an infinity', values: new Float64Array(400).fill(Number.POSITIVE_INFINITY, 9, 10), kind: 'not-finite' },
  ])('is refused for $case', ({ values, kind }) => {
    expect(featureTable(hourly(values), { zone: utc, lead: 1 })).toMatchObject({ ok: false, refusal: { kind } });
  });
});

describe('mutual information', () => {
  it('is near the entropy of the classes for a copy, whatever the scale, and near 0 for what is unrelated', () => {
    const x = uniform(3000, 3);
    const squared = x.map((value) => value ** 2);
    expect(mutualInformation(x, squared)).toBeCloseTo(Math.log(12), 1);
    expect(mutualInformation(x, uniform(3000, 4))).toBeLessThan(0.01);
  });

  it('sees a relation that no line has', () => {
    const x = uniform(3000, 5);
    expect(
      mutualInformation(
        x,
        x.map((value) => Math.abs(value - 0.5)),
      ),
    ).toBeGreaterThan(1);
  });

  it('is 0 for a column that never changes', () => {
    expect(mutualInformation(new Float64Array(500).fill(3), uniform(500, 6))).toBe(0);
  });
});

describe('the selection of features', () => {
  const n = 2000;
  const [a, b, noise] = [uniform(n, 7), uniform(n, 8), uniform(n, 9)];
  const table = {
    names: ['noise', 'a', 'twice a', 'b', 'constant'],
    columns: [noise, a, a.map((value) => 2 * value), b, new Float64Array(n)],
    target: a.map((value, i) => 3 * value + b[i]!),
    newest: new Float64Array(n),
    steps: new Int32Array(n),
  };

  it('keeps what informs, the most first, and neither noise nor a copy', () => {
    expect(selectFeatures(table, { most: 9, seed: 1 }).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('keeps no more than it is asked for', () => {
    expect(selectFeatures(table, { most: 1, seed: 1 }).map(({ name }) => name)).toEqual(['a']);
  });

  it('by permutation counts what a model uses, and nothing else', () => {
    const rows = { columns: [a, noise], target: a };
    const importance = permutationImportance((columns) => columns[0]!.map((value) => value + 0.01), rows, 1);
    expect(importance[0]).toBeGreaterThan(10);
    expect(importance[1]).toBe(0);
  });
});

describe('the split in time', () => {
  it('is 80/10/10 in order, without rows whose targets overlap what came before', () => {
    expect(splitInTime(1000, 5)).toEqual({
      train: { from: 0, to: 800 },
      valid: { from: 805, to: 900 },
      test: { from: 905, to: 1000 },
    });
  });

  it('never lets a fold learn from what it is judged by, or what comes later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 30 }),
        (rows, folds, gap) => {
          for (const { train, valid } of rollingFolds(rows, { folds, gap })) {
            expect(train.from).toBe(0);
            expect(train.to).toBeGreaterThan(0);
            expect(train.to + gap).toBe(valid.from);
            expect(valid.to).toBeGreaterThan(valid.from);
            expect(valid.to).toBeLessThanOrEqual(rows);
          }
        },
      ),
    );
    expect(rollingFolds(100, { folds: 3 })).toEqual([
      { train: { from: 0, to: 25 }, valid: { from: 25, to: 50 } },
      { train: { from: 0, to: 50 }, valid: { from: 50, to: 75 } },
      { train: { from: 0, to: 75 }, valid: { from: 75, to: 100 } },
    ]);
  });
});

describe('a search', () => {
  const points = Array.from({ length: 50 }, (_, k) => k);
  const bowl = (x: number): number => (x - 31) ** 2;

  it('over a grid finds the least of what its budget reaches, and says what it left', () => {
    expect(gridSearch(points, bowl, 50)).toMatchObject({ best: 31, score: 0, untried: 0 });
    expect(gridSearch(points, bowl, 10)).toMatchObject({ best: 9, untried: 40 });
  });

  it('at random tries as many different points as it may, the same for the same seed', () => {
    const found = randomSearch(points, bowl, { trials: 20, seed: 5 });
    expect(new Set(found?.tried.map(({ point }) => point)).size).toBe(20);
    expect(found).toEqual(randomSearch(points, bowl, { trials: 20, seed: 5 }));
    expect(found?.tried).not.toEqual(randomSearch(points, bowl, { trials: 20, seed: 6 })?.tried);
    expect(found?.untried).toBe(30);
  });

  it('passes over points without a score, and has no answer where none has one', () => {
    const score = (x: number): number | undefined => (x < 40 ? undefined : x === 40 ? Number.NaN : x);
    expect(gridSearch(points, score, 50)?.best).toBe(41);
    expect(gridSearch(points, () => undefined, 50)).toBeUndefined();
    expect(randomSearch<number>([], bowl, { trials: 3, seed: 1 })).toBeUndefined();
  });
});
