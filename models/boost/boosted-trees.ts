import { accept, type Result } from '../kernel/result.ts';
import { randomSource } from '../kernel/rng.ts';
import { binned, codeOf } from './binned.ts';
import { type BoostData, type BoostOptions, type BoostRefusal, type BoostTask, boostTask } from './boost-task.ts';
import { columnDraw, rowDraw } from './draws.ts';
import { growTree } from './grow-tree.ts';
import { type Growth, growthOf } from './growth.ts';
import { weighWhole } from './histogram.ts';
import { type Loss, lossOf } from './loss.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** Residuals below this share of the target's size are rounding, and no tree is grown to them. */
const ROUNDING = 1e-12;

/**
 * Gradient boosting: each tree splits the rows where the gradients of the loss differ most, and adds to each leaf a share
 * of what minimises the loss there, the mean residual or the quantile of the residuals.
 *
 * Units: the target's.   Same data, options and seed: the same ensemble, bit for bit.
 * Refuses: no rows or columns; columns of other lengths than the target; values that are not finite, named by column and
 * row; weights below 0 or all 0; options out of range.
 * Cost: see `growTree`; 0.12 s for 6,000 rows of 28 features, 80 trees of depth 4 (bench/results/boost.md).
 * Source: Friedman, Annals of Statistics 29 (2001): algorithm 2 and, for quantiles, §4.3 (LAD_TreeBoost) with the leaf's
 * median replaced by its quantile; row draws, Friedman, CSDA 38 (2002). Deviations: splits by bins, complete trees, λ.
 */
export function fitTrees(data: BoostData, options: BoostOptions): Result<TreeEnsemble, BoostRefusal> {
  const task = boostTask(data, options);
  return task.ok ? accept(boosted(task.value, options)) : task;
}

function boosted(task: BoostTask, options: BoostOptions): TreeEnsemble {
  const { depth, leastLeafRows, l2 } = options;
  const table = binned(task.columns, task.trainRows);
  const loss = lossOf(options.loss, task.trainRows);
  const leastGain = options.loss === 'squared' ? ROUNDING ** 2 * squares(task) : 0;
  const growth = growthOf(table, task.trainRows, { depth, leastLeafRows, l2, leastGain });
  weighWhole(growth, task.weights);
  const base = loss.base(task);
  const forecast = new Float64Array(table.rows).fill(base);
  const random = randomSource(options.seed);
  const drawRows = rowDraw(task, options.rowShare, random);
  const drawColumns = columnDraw(task.columns.length, options.columnShare, random);
  const trees = { feature: [] as number[], threshold: [] as number[], value: [] as number[] };
  const progress = { best: meanLoss(task, loss, forecast), trees: 0 };
  for (let grown = 1; grown <= options.trees; grown++) {
    const { used, rest } = drawRows(growth.order);
    loss.gradients(task, forecast, growth, used);
    growTree(growth, used, drawColumns());
    const values = leafValues(growth, options, { task, loss, forecast });
    writeTree(growth, values, trees);
    advance(growth, { values, forecast, rest });
    if (options.earlyStop === undefined) continue;
    const now = meanLoss(task, loss, forecast);
    if (now < progress.best) Object.assign(progress, { best: now, trees: grown });
    if (grown - progress.trees >= options.earlyStop.patience) break;
  }
  const kept = options.earlyStop === undefined ? options.trees : progress.trees;
  return { version: 1, columns: task.columns.length, depth, base, ...firstTrees(trees, kept, depth) };
}

function squares({ target, weights, trainRows }: BoostTask): number {
  let sum = 0;
  for (let i = 0; i < trainRows; i++) sum += weights[i]! * target[i]! ** 2;
  return sum;
}

/** Weighted mean of the loss over the rows that tell when to stop; 0 where there are none. */
function meanLoss({ target, weights, trainRows }: BoostTask, loss: Loss, forecast: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (let i = trainRows; i < target.length; i++) {
    sum += weights[i]! * loss.of(target[i]! - forecast[i]!);
    weight += weights[i]!;
  }
  return weight === 0 ? 0 : sum / weight;
}

interface Stage {
  readonly task: BoostTask;
  readonly loss: Loss;
  readonly forecast: Float64Array;
}

/** What each leaf adds. A leaf without rows lies under a node that did not split, and takes its left neighbour's value. */
function leafValues(growth: Growth, { learningRate, l2 }: BoostOptions, { task, loss, forecast }: Stage): Float64Array {
  const inner = growth.feature.length;
  const values = new Float64Array(inner + 1);
  for (let leaf = 0; leaf < values.length; leaf++) {
    const from = growth.start[inner + leaf]!;
    const to = growth.end[inner + leaf]!;
    // Adding 0 turns −0 into 0, which JSON cannot tell apart.
    values[leaf] =
      from === to
        ? values[leaf - 1]!
        : learningRate * loss.leaf({ target: task.target, forecast, growth, from, to, l2 }) + 0;
  }
  return values;
}

interface FlatTrees {
  readonly feature: number[];
  readonly threshold: number[];
  readonly value: number[];
}

function writeTree({ feature, bin, table }: Growth, values: Float64Array, trees: FlatTrees): void {
  for (let node = 0; node < feature.length; node++) {
    const f = feature[node]!;
    trees.feature.push(Math.max(0, f));
    trees.threshold.push(f < 0 ? 0 : table.edges[f]![bin[node]!]!);
  }
  for (const value of values) trees.value.push(value);
}

const firstTrees = ({ feature, threshold, value }: FlatTrees, count: number, depth: number): FlatTrees => {
  const leaves = 2 ** depth;
  const questions = count * (leaves - 1);
  return {
    feature: feature.slice(0, questions),
    threshold: threshold.slice(0, questions),
    value: value.slice(0, count * leaves),
  };
};

interface Advance {
  readonly values: Float64Array;
  readonly forecast: Float64Array;
  /** Rows that the tree did not see. */
  readonly rest: Int32Array;
}

function advance(growth: Growth, { values, forecast, rest }: Advance): void {
  const { order, start, end, feature } = growth;
  const inner = feature.length;
  for (let leaf = 0; leaf <= inner; leaf++) {
    const last = end[inner + leaf]!;
    for (let i = start[inner + leaf]!; i < last; i++) forecast[order[i]!]! += values[leaf]!;
  }
  for (let i = 0; i < rest.length; i++) {
    const row = rest[i]!;
    let node = 0;
    while (node < inner) {
      node = 2 * node + (goesLeft(growth, node, row) ? 1 : 2);
    }
    forecast[row]! += values[node - inner]!;
  }
}

function goesLeft({ feature, bin, table }: Growth, node: number, row: number): boolean {
  const f = feature[node]!;
  if (f < 0) return true;
  const { words, shift } = codeOf(table, f);
  return ((words[row]! >>> shift) & 255) <= bin[node]!;
}
