import { describe, expect, it } from '@jest/globals';
import type { BoostData, BoostOptions } from '../../models/boost/boost-task.ts';
import { fitTrees } from '../../models/boost/boosted-trees.ts';
import { crossFit } from '../../models/boost/cross-fit.ts';
import { column, plain } from './tables.ts';

const good: BoostData = { columns: [column(1, 2, 3), column(4, 5, 6)], target: column(7, 8, 9) };

const DATA: readonly { $case: string; data: BoostData; refusal: object }[] = [
  {
    $case: 'no rows',
    data: { columns: [column()], target: column() },
    refusal: { kind: 'empty', rows: 0, columns: 1 },
  },
  { $case: 'no columns', data: { ...good, columns: [] }, refusal: { kind: 'empty', rows: 3, columns: 0 } },
  {
    $case: 'a blank feature',
    data: { ...good, columns: [column(1, 2, 3), column(4, NaN, 6)] },
    refusal: { kind: 'not-finite', where: 'column 1', row: 1 },
  },
  {
    $case: 'an endless feature',
    data: { ...good, columns: [column(1, 2, Infinity)] },
    refusal: { kind: 'not-finite', where: 'column 0', row: 2 },
  },
  {
    $case: 'a blank target',
    data: { ...good, target: column(NaN, 1, 2) },
    refusal: { kind: 'not-finite', where: 'target', row: 0 },
  },
  {
    $case: 'a weight below 0',
    data: { ...good, weights: column(1, 1, -1) },
    refusal: { kind: 'not-finite', where: 'weights', row: 2 },
  },
  {
    $case: 'a blank weight',
    data: { ...good, weights: column(1, NaN, 1) },
    refusal: { kind: 'not-finite', where: 'weights', row: 1 },
  },
  {
    $case: 'no weight at all',
    data: { ...good, weights: column(0, 0, 0) },
    refusal: { kind: 'no-weight', where: 'rows to learn from' },
  },
  {
    $case: 'a column of another length',
    data: { ...good, columns: [column(1, 2, 3), column(1)] },
    refusal: { kind: 'uneven', where: 'column 1', have: 1, need: 3 },
  },
  {
    $case: 'weights of another length',
    data: { ...good, weights: column(1) },
    refusal: { kind: 'uneven', where: 'weights', have: 1, need: 3 },
  },
];

const OPTIONS: readonly { option: string; given: number; options: Partial<BoostOptions> }[] = [
  { option: 'quantile', given: 1, options: { loss: { quantile: 1 } } },
  { option: 'quantile', given: 0, options: { loss: { quantile: 0 } } },
  { option: 'trees', given: 0, options: { trees: 0 } },
  { option: 'depth', given: 7, options: { depth: 7 } },
  { option: 'depth', given: 2.5, options: { depth: 2.5 } },
  { option: 'learningRate', given: 1.1, options: { learningRate: 1.1 } },
  { option: 'leastLeafRows', given: 0, options: { leastLeafRows: 0 } },
  { option: 'l2', given: -1, options: { l2: -1 } },
  { option: 'rowShare', given: 0, options: { rowShare: 0 } },
  { option: 'columnShare', given: Number.NaN, options: { columnShare: Number.NaN } },
  { option: 'seed', given: 0.5, options: { seed: 0.5 } },
  { option: 'validFrom', given: 3, options: { earlyStop: { validFrom: 3, patience: 1 } } },
  { option: 'patience', given: 0, options: { earlyStop: { validFrom: 2, patience: 0 } } },
];

describe('a fit of boosted trees', () => {
  it.each(DATA)('refuses $case', ({ data, refusal }) => {
    expect(fitTrees(data, plain)).toEqual({ ok: false, refusal });
  });

  it.each(OPTIONS)('refuses $option $given', ({ option, given, options }) => {
    const result = fitTrees(good, { ...plain, ...options });
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'bad-option', option, given } });
  });

  it('refuses to stop by rows of no weight', () => {
    const result = fitTrees(
      { ...good, weights: column(1, 1, 0) },
      { ...plain, earlyStop: { validFrom: 2, patience: 1 } },
    );
    expect(result).toEqual({ ok: false, refusal: { kind: 'no-weight', where: 'rows to stop by' } });
  });

  it('refuses to stop by nothing where there is one row', () => {
    const earlyStop = { validFrom: 1, patience: 1 };
    const result = fitTrees({ columns: [column(1)], target: column(1) }, { ...plain, earlyStop });
    expect(result).toMatchObject({ ok: false, refusal: { option: 'validFrom' } });
  });
});

describe('a cross-fit', () => {
  it.each(DATA)('refuses $case, rows being those of the data', ({ data, refusal }) => {
    expect(crossFit(data, { count: 2, gapRows: 0 }, plain)).toEqual({ ok: false, refusal });
  });

  it.each([
    { $case: 'a single fold', folds: { count: 1, gapRows: 0 }, refusal: { option: 'count', given: 1 } },
    { $case: 'more folds than rows', folds: { count: 4, gapRows: 0 }, refusal: { option: 'count', given: 4 } },
    { $case: 'a gap below 0', folds: { count: 2, gapRows: -1 }, refusal: { option: 'gapRows', given: -1 } },
    { $case: 'gaps that leave no row', folds: { count: 2, gapRows: 3 }, refusal: { kind: 'empty' } },
  ])('refuses $case', ({ folds, refusal }) => {
    expect(crossFit(good, folds, plain)).toMatchObject({ ok: false, refusal });
  });
});
