import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compacted, predict, predictAll, type TreeEnsemble, treeCount } from '../../models/boost/tree-ensemble.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { column, fitted, heteroscedastic } from './tables.ts';

const written: TreeEnsemble = {
  version: 1,
  columns: 2,
  depth: 2,
  base: 100,
  feature: [0, 1, 1, 1, 0, 0],
  threshold: [5, 10, 20, 0, 0, 0],
  value: [1, 2, 3, 4, 10, 10, 20, 20],
};

describe('an ensemble', () => {
  it.each([
    { row: [5, 10], sum: 100 + 1 + 20 },
    { row: [5, 10.5], sum: 100 + 2 + 20 },
    { row: [5.5, 20], sum: 100 + 3 + 20 },
    { row: [6, 21], sum: 100 + 4 + 20 },
    { row: [6, -1], sum: 100 + 3 + 10 },
  ])('adds up the leaves that $row comes to', ({ row, sum }) => {
    expect(predict(written, column(...row))).toBe(sum);
    expect(treeCount(written)).toBe(2);
  });

  it('has no answer to a row of another width or with a blank', () => {
    expect(() => predict(written, column(1))).toThrow(InvariantError);
    expect(() => predict(written, column(1, NaN))).toThrow('feature 1 of a row is NaN');
  });

  it('is the same after a journey through JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        const x = Float64Array.from(values);
        const ensemble = fitted({ columns: [x], target: x.map((value, i) => (i % 3) * value) }, { trees: 5 });
        expect(JSON.parse(JSON.stringify(ensemble))).toEqual(ensemble);
      }),
    );
  });

  it('forecasts the same to a millionth when compacted, and takes less room', () => {
    const { columns, target } = heteroscedastic(500, 3);
    const ensemble = fitted({ columns, target });
    const small = compacted(ensemble, 8);
    const exact = predictAll(ensemble, columns);
    predictAll(small, columns).forEach((value, i) => {
      expect(Math.abs(value / exact[i]! - 1)).toBeLessThan(1e-6);
    });
    expect(JSON.stringify(small).length).toBeLessThan(0.8 * JSON.stringify(ensemble).length);
  });
});
