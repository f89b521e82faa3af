import { describe, expect, it } from '@jest/globals';
import type { BoostData } from '../../models/boost/boost-task.ts';
import { crossFit } from '../../models/boost/cross-fit.ts';
import { predictAll } from '../../models/boost/tree-ensemble.ts';
import { seeded } from '../seeded.ts';
import { column, fitted, heteroscedastic, plain } from './tables.ts';

function held(data: BoostData, count: number, gapRows: number): Float64Array {
  const result = crossFit(data, { count, gapRows }, plain);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

describe('a cross-fit', () => {
  it('forecasts each block by the rows of the others', () => {
    const columns = [column(1, 1, 1, 1, 1, 1)];
    const target = column(0, 6, 10, 20, 40, 80);
    expect([...held({ columns, target }, 3, 0)]).toEqual([37.5, 37.5, 31.5, 31.5, 9, 9]);
  });

  it('leaves a gap on both sides of a block', () => {
    const columns = [column(1, 1, 1, 1, 1, 1)];
    const target = column(0, 6, 10, 20, 40, 80);
    expect([...held({ columns, target }, 3, 1)]).toEqual([140 / 3, 140 / 3, 40, 40, 16 / 3, 16 / 3].map(near));
  });

  it('tells how far off new rows will be, where the errors of the fit itself flatter', () => {
    const uniform = seeded(8);
    const noise: BoostData = {
      columns: [Float64Array.from({ length: 400 }, uniform)],
      target: Float64Array.from({ length: 400 }, uniform),
    };
    const error = (forecast: Float64Array): number =>
      forecast.reduce((sum, value, i) => sum + (noise.target[i]! - value) ** 2, 0) / 400;
    const variance = 1 / 12;
    expect(error(predictAll(fitted(noise), noise.columns))).toBeLessThan(0.9 * variance);
    expect(error(held(noise, 5, 0))).toBeGreaterThan(variance);
  });

  it('takes the weights along', () => {
    const { columns, target } = heteroscedastic(60, 1);
    const weights = target.map((_, i) => (i % 3 === 0 ? 0 : 1));
    const wild = target.map((value, i) => (i % 3 === 0 ? 1e6 : value));
    expect(held({ columns, target: wild, weights }, 4, 2)).toEqual(held({ columns, target, weights }, 4, 2));
  });
});

const near = (value: number): number => expect.closeTo(value, 12) as unknown as number;
