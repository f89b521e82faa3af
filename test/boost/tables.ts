import type { BoostData, BoostOptions } from '../../models/boost/boost-task.ts';
import { fitTrees } from '../../models/boost/boosted-trees.ts';
import type { TreeEnsemble } from '../../models/boost/tree-ensemble.ts';
import { seeded, seededNormal } from '../seeded.ts';

/** Whole trees of every row and column, nothing held back. */
export const plain: BoostOptions = {
  loss: 'squared',
  trees: 30,
  depth: 3,
  learningRate: 0.3,
  leastLeafRows: 1,
  l2: 0,
  rowShare: 1,
  columnShare: 1,
  seed: 1,
};

/** Row by row: features in [0, 1), a target that depends on two of them, and noise that grows with the first. */
export function heteroscedastic(rows: number, seed: number): BoostData {
  const uniform = seeded(seed);
  const normal = seededNormal(seed + 1);
  const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: rows }, uniform));
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const x = columns[0]![i]!;
    return 10 + 5 * Math.sin(6 * x) + 2 * columns[1]![i]! + (0.2 + 3 * x) * normal();
  });
  return { columns, target };
}

/** The fit of data that cannot be refused. */
export function fitted(data: BoostData, options: Partial<BoostOptions> = {}): TreeEnsemble {
  const result = fitTrees(data, { ...plain, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

export const column = (...values: readonly number[]): Float64Array => Float64Array.from(values);
