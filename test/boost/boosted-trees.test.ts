import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BoostData, BoostLoss } from '../../models/boost/boost-task.ts';
import { predictAll, treeCount } from '../../models/boost/tree-ensemble.ts';
import { column, fitted, heteroscedastic } from './tables.ts';

const one = { trees: 1, learningRate: 1 } as const;

const pinball = (p: number) => (residual: number) => (residual > 0 ? p : p - 1) * residual;

const LOSSES: readonly { $case: string; loss: BoostLoss; of: (residual: number) => number }[] = [
  { $case: 'the squared error', loss: 'squared', of: (residual) => residual ** 2 },
  { $case: 'the pinball loss of 0.9', loss: { quantile: 0.9 }, of: pinball(0.9) },
  { $case: 'the pinball loss of 0.3', loss: { quantile: 0.3 }, of: pinball(0.3) },
];

const table = fc.integer({ min: 1, max: 60 }).chain((rows) =>
  fc.record({
    columns: fc.array(numbers(rows), { minLength: 1, maxLength: 4 }),
    target: numbers(rows),
  }),
);

function numbers(rows: number) {
  return fc
    .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: rows, maxLength: rows })
    .map((values) => Float64Array.from(values));
}

describe('boosted trees, by hand', () => {
  it('follow two steps of the squared error', () => {
    // Base 4; residuals −4, −1, 5 part at 2.5 (37.5 against 24), half of the means −2.5 and 5 is added; then residuals
    // −2.75, 0.25, 2.5 part at 1.5 (11.34 against 9.375), half of the means −2.75 and 1.375 is added.
    const ensemble = fitted(
      { columns: [column(1, 2, 3)], target: column(0, 3, 9) },
      { trees: 2, depth: 1, learningRate: 0.5 },
    );
    expect(ensemble).toEqual({
      version: 1,
      columns: 1,
      depth: 1,
      base: 4,
      feature: [0, 0],
      threshold: [2.5, 1.5],
      value: [-1.25, 2.5, -1.375, 0.6875],
    });
    expect([...predictAll(ensemble, [column(1, 2, 3, 99)])]).toEqual([1.375, 3.4375, 7.1875, 7.1875]);
  });

  it('follow two steps of the pinball loss', () => {
    // Base is the lower median 0; gradients 0, 0, ½, ½ part at 2.5; the right leaf's lower median is 10, then 5.
    const ensemble = fitted(
      { columns: [column(1, 2, 3, 4)], target: column(0, 0, 10, 20) },
      { trees: 2, depth: 1, learningRate: 0.5, loss: { quantile: 0.5 } },
    );
    expect(ensemble).toMatchObject({ base: 0, threshold: [2.5, 2.5], value: [0, 5, 0, 2.5] });
  });

  it('shrink the mean of a leaf by λ', () => {
    const ensemble = fitted({ columns: [column(1, 1, 2, 2)], target: column(0, 0, 6, 6) }, { ...one, depth: 1, l2: 1 });
    expect(ensemble).toMatchObject({ base: 3, threshold: [1.5], value: [-2, 2] });
  });
});

describe('boosted trees', () => {
  it('fit a function of a few steps exactly by one tree that is deep enough', () => {
    const levels = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 9 }), (steps, width) => {
        const target = Float64Array.from({ length: steps.length * width }, (_, i) => steps[Math.floor(i / width)]!);
        const columns = [target.map((_, i) => i)];
        const forecast = predictAll(fitted({ columns, target }, { ...one, depth: 6 }), columns);
        for (const [i, value] of forecast.entries()) expect(value).toBeCloseTo(target[i]!, 9);
      }),
    );
  });

  it('learn what two features do only together', () => {
    const columns = [column(0, 0, 1, 1), column(0, 1, 0, 1)];
    const target = column(0, 0, 0, 4);
    expect([...predictAll(fitted({ columns, target }, { ...one, depth: 2 }), columns)]).toEqual([0, 0, 0, 4]);
  });

  it.each(LOSSES)('never raise $case of the rows that they learn from', ({ loss, of }) => {
    fc.assert(
      fc.property(table, ({ columns, target }) => {
        const losses = [1, 2, 3, 5, 8].map((trees) => {
          const forecast = predictAll(fitted({ columns, target }, { loss, trees }), columns);
          return target.reduce((sum, value, i) => sum + of(value - forecast[i]!), 0);
        });
        const rounding = 1e-9 * target.reduce((sum, value) => sum + of(Math.abs(value)), 0);
        for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThanOrEqual(losses[i - 1]! + rounding);
      }),
    );
  });

  it.each(LOSSES)('lower $case by a lot where there is something to learn', ({ loss, of }) => {
    const { columns, target } = heteroscedastic(800, 3);
    const total = (trees: number): number => {
      const forecast = predictAll(fitted({ columns, target }, { loss, trees, leastLeafRows: 20 }), columns);
      return target.reduce((sum, value, i) => sum + of(value - forecast[i]!), 0);
    };
    expect(total(40)).toBeLessThan(0.7 * total(1));
  });

  it.each([0.1, 0.5, 0.9])('hold the quantile %d on new rows, where the noise is small and where it is large', (p) => {
    const ensemble = fitted(heteroscedastic(3000, 11), {
      loss: { quantile: p },
      trees: 60,
      learningRate: 0.1,
      leastLeafRows: 60,
    });
    const fresh = heteroscedastic(3000, 77);
    const forecast = predictAll(ensemble, fresh.columns);
    for (const half of [(x: number) => x < 0.5, (x: number) => x >= 0.5]) {
      const rows = [...forecast.keys()].filter((i) => half(fresh.columns[0]![i]!));
      const covered = rows.filter((i) => fresh.target[i]! <= forecast[i]!).length / rows.length;
      // Three deviations of the count that is fitted to and of the count that is tested on.
      expect(Math.abs(covered - p)).toBeLessThan(3 * Math.sqrt((2 * p * (1 - p)) / rows.length));
    }
  });

  it('forecast the same whatever rising function a feature is measured by', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -99, max: 99 })), { minLength: 1 }),
        (pairs) => {
          const x = Float64Array.from(pairs, ([value]) => value);
          const target = Float64Array.from(pairs, ([, value]) => value);
          const risen = x.map((value) => Math.exp(value / 10) + value ** 3);
          const before = predictAll(fitted({ columns: [x], target }), [x]);
          expect(predictAll(fitted({ columns: [risen], target }), [risen])).toEqual(before);
        },
      ),
    );
  });

  it.each(LOSSES)('take a weight for a number of equal rows, for $case', ({ loss }) => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 })),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (triples) => {
        fc.pre(triples.some(([, , weight]) => weight > 0));
        const data = (of: readonly (readonly [number, number, number])[]): BoostData => ({
          columns: [Float64Array.from(of, ([x]) => x)],
          target: Float64Array.from(of, ([, y]) => y),
        });
        // A row of no weight still places an edge, as no row does that is repeated no times.
        const weighed = triples.filter(([, , weight]) => weight > 0);
        const repeated = weighed.flatMap((row) => Array.from({ length: row[2] }, () => row));
        const options = { loss, leastLeafRows: 2, l2: 0.5, trees: 5, depth: 2, learningRate: 0.5 };
        const weights = Float64Array.from(weighed, ([, , weight]) => weight);
        const once = predictAll(fitted({ ...data(weighed), weights }, options), data(weighed).columns);
        const often = predictAll(fitted(data(repeated), options), data(weighed).columns);
        for (const [i, value] of once.entries()) expect(value).toBeCloseTo(often[i]!, 9);
      }),
    );
  });

  it('learn nothing from a row of no weight', () => {
    const columns = [column(1, 1, 2)];
    const ensemble = fitted({ columns, target: column(5, 1e6, 7), weights: column(1, 0, 1) }, { ...one, depth: 1 });
    expect([...predictAll(ensemble, columns)]).toEqual([5, 5, 7]);
  });

  it('answer the same, bit for bit, to the same seed, and something else to another', () => {
    const data = heteroscedastic(300, 5);
    const drawn = { rowShare: 0.5, columnShare: 0.5, leastLeafRows: 5 };
    expect(fitted(data, { ...drawn, seed: 4 })).toEqual(fitted(data, { ...drawn, seed: 4 }));
    expect(fitted(data, { ...drawn, seed: 4 })).not.toEqual(fitted(data, { ...drawn, seed: 5 }));
    expect(fitted(data, { seed: 4 })).toEqual(fitted(data, { seed: 5 }));
  });

  it('leave the data as they are', () => {
    const data = heteroscedastic(200, 5);
    const before = structuredClone(data);
    fitted(data, { rowShare: 0.5, loss: { quantile: 0.8 } });
    expect(data).toEqual(before);
  });

  it('keep the least number of rows in each leaf', () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const target = x.map((value) => (value < 3 ? 100 : 0));
    const ensemble = fitted({ columns: [x], target }, { ...one, depth: 1, leastLeafRows: 10 });
    expect(ensemble.threshold).toEqual([9.5]);
  });

  it('stop where the rows that are held back get no better, and keep the trees up to there', () => {
    const { columns, target } = heteroscedastic(600, 9);
    const options = { trees: 300, depth: 4 };
    const stopped = fitted({ columns, target }, { ...options, earlyStop: { validFrom: 400, patience: 10 } });
    const learned = { columns: columns.map((c) => c.slice(0, 400)), target: target.slice(0, 400) };
    const error = (trees: number): number => {
      return predictAll(fitted(learned, { ...options, trees }), columns).reduce(
        (sum, value, i) => sum + (i < 400 ? 0 : (target[i]! - value) ** 2),
        0,
      );
    };
    const kept = treeCount(stopped);
    expect(kept).toBeLessThan(100);
    const errors = Array.from({ length: kept + 10 }, (_, i) => error(i + 1));
    expect(errors.indexOf(Math.min(...errors)) + 1).toBe(kept);
  });

  it('keep no tree at all where none helps', () => {
    const columns = [column(0, 0, 1, 1, 0, 1)];
    const target = column(-1, -1, 1, 1, 1, -1);
    const ensemble = fitted({ columns, target }, { earlyStop: { validFrom: 4, patience: 3 } });
    expect(ensemble).toMatchObject({ base: 0, value: [] });
  });
});

describe('boosted trees of what teaches nothing', () => {
  it.each([
    { $case: 'a constant target', columns: [column(1, 2, 3)], target: column(0.1, 0.1, 0.1) },
    { $case: 'a constant feature', columns: [column(7, 7, 7)], target: column(0.1, 0.1, 0.1) },
    { $case: 'one row', columns: [column(7), column(8)], target: column(0.1) },
  ])('forecast the constant for $case', ({ columns, target }) => {
    for (const { loss } of LOSSES) {
      const ensemble = fitted({ columns, target }, { loss });
      for (const value of predictAll(ensemble, columns)) expect(value).toBeCloseTo(0.1, 14);
      expect(new Set(ensemble.threshold)).toEqual(new Set([0]));
    }
  });

  it('forecast the mean of a target that a constant feature cannot tell apart', () => {
    const columns = [column(7, 7, 7, 7)];
    expect([...predictAll(fitted({ columns, target: column(1, 2, 3, 6) }), columns)]).toEqual([3, 3, 3, 3]);
  });
});
