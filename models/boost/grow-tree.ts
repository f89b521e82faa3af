import { codeOf } from './binned.ts';
import { type Growth, SLOTS } from './growth.ts';
import { fillHistogram, subtract } from './histogram.ts';

/** A difference below this share of what a node's children explain is rounding, and no reason to split or to prefer. */
const ROUNDING = 1e-12;

/**
 * Grows one tree level by level over the first `count` entries of `order`, `gradient` and `weight`, which it reorders.
 * Each node splits where gradients' squared sum over weight grows most, the first feature and edge winning ties, as long
 * as both children keep the least weight. The bins of the larger child are its parent's less its sibling's.
 * O(rows · columns · (1 + (depth − 1) / 2) + 2^depth · bins).
 * Source: gain with λ, Chen & Guestrin, KDD 2016, eq. 7; histogram subtraction, Ke et al., NIPS 2017, §2.
 */
export function growTree(growth: Growth, count: number, columns: Int32Array): void {
  const { start, end, feature, limits } = growth;
  start[0] = 0;
  end[0] = count;
  sumRoot(growth, count);
  const splittable = new Uint8Array(growth.start.length);
  if (mayHold(growth, 0)) {
    fillHistogram(growth, 0, columns);
    splittable[0] = 1;
  }
  const lastLevel = 2 ** (limits.depth - 1) - 1;
  for (let node = 0; node < feature.length; node++) {
    const split = splittable[node] === 1 ? bestSplit(growth, node, columns) : undefined;
    if (split === undefined) {
      passOn(growth, node);
      continue;
    }
    partition(growth, node, split);
    if (node < lastLevel) prepareChildren(growth, { node, columns, splittable });
  }
}

function sumRoot({ gradient, weight, gradientSum, weightSum }: Growth, count: number): void {
  let g = 0;
  let w = 0;
  for (let i = 0; i < count; i++) {
    g += gradient[i]!;
    w += weight[i]!;
  }
  gradientSum[0] = g;
  weightSum[0] = w;
}

const mayHold = ({ weightSum, limits }: Growth, node: number): boolean => weightSum[node]! >= 2 * limits.leastLeafRows;

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gradient: number;
  readonly weight: number;
}

function bestSplit(growth: Growth, node: number, columns: Int32Array): Split | undefined {
  const { histogram, width, table, limits, gradientSum, weightSum } = growth;
  const { l2, leastLeafRows, leastGain } = limits;
  const g = gradientSum[node]!;
  const w = weightSum[node]!;
  const explained = (g * g) / (w + l2);
  let best = explained * (1 + ROUNDING) + leastGain;
  let split: Split | undefined;
  for (let c = 0; c < columns.length; c++) {
    const f = columns[c]!;
    const bins = table.edges[f]!.length;
    const base = node * width + f * SLOTS;
    let gl = 0;
    let wl = 0;
    for (let b = 0; b < bins; b++) {
      gl += histogram[base + 2 * b]!;
      wl += histogram[base + 2 * b + 1]!;
      if (wl < leastLeafRows) continue;
      const wr = w - wl;
      if (wr < leastLeafRows) break;
      const gr = g - gl;
      const left = wl + l2;
      const right = wr + l2;
      // One division instead of two: they are most of what this costs.
      const score = (gl * gl * right + gr * gr * left) / (left * right);
      if (score > best) {
        best = score * (1 + ROUNDING);
        split = { feature: f, bin: b, gradient: gl, weight: wl };
      }
    }
  }
  return split;
}

function passOn({ feature, start, end }: Growth, node: number): void {
  feature[node] = -1;
  start[2 * node + 1] = start[node]!;
  end[2 * node + 1] = end[node]!;
  start[2 * node + 2] = end[node]!;
  end[2 * node + 2] = end[node]!;
}

/** Parts the node's rows between its children; rows keep their order. */
function partition(growth: Growth, node: number, split: Split): void {
  const { order, gradient, weight, spare, start, end } = growth;
  const { words, shift } = codeOf(growth.table, split.feature);
  const last = end[node]!;
  let left = start[node]!;
  let right = 0;
  for (let i = left; i < last; i++) {
    const row = order[i]!;
    if (((words[row]! >>> shift) & 255) <= split.bin) {
      order[left] = row;
      gradient[left] = gradient[i]!;
      weight[left] = weight[i]!;
      left++;
    } else {
      spare.order[right] = row;
      spare.gradient[right] = gradient[i]!;
      spare.weight[right] = weight[i]!;
      right++;
    }
  }
  order.set(spare.order.subarray(0, right), left);
  gradient.set(spare.gradient.subarray(0, right), left);
  weight.set(spare.weight.subarray(0, right), left);
  start[2 * node + 1] = start[node]!;
  end[2 * node + 1] = left;
  start[2 * node + 2] = left;
  end[2 * node + 2] = last;
  noteSplit(growth, node, split);
}

function noteSplit(growth: Growth, node: number, split: Split): void {
  const { feature, bin, gradientSum, weightSum } = growth;
  feature[node] = split.feature;
  bin[node] = split.bin;
  gradientSum[2 * node + 1] = split.gradient;
  weightSum[2 * node + 1] = split.weight;
  gradientSum[2 * node + 2] = gradientSum[node]! - split.gradient;
  weightSum[2 * node + 2] = weightSum[node]! - split.weight;
}

interface Family {
  readonly node: number;
  readonly columns: Int32Array;
  readonly splittable: Uint8Array;
}

/** Gives the children their histograms where they may split: the one of fewer rows counts, the other subtracts. */
function prepareChildren(growth: Growth, { node, columns, splittable }: Family): void {
  const { start, end } = growth;
  const left = 2 * node + 1;
  const right = left + 1;
  const rightIsFewer = end[right]! - start[right]! < end[left]! - start[left]!;
  const fewer = rightIsFewer ? right : left;
  const more = rightIsFewer ? left : right;
  splittable[fewer] = Number(mayHold(growth, fewer));
  splittable[more] = Number(mayHold(growth, more));
  if (!splittable[fewer] && !splittable[more]) return;
  fillHistogram(growth, fewer, columns);
  if (!splittable[more]) return;
  subtract(growth, node, fewer, more);
}
