import { type BinnedTable, CODES_A_WORD, codeOf, MOST_BINS } from './binned.ts';

/** A difference below this share of what a node's children explain is rounding, and no reason to split or to prefer. */
const ROUNDING = 1e-12;

/** Numbers in the histogram of one feature, and of the features whose codes share a word. */
const SLOTS = 2 * MOST_BINS;
const WORD_SLOTS = CODES_A_WORD * SLOTS;

/** Where in its word's byte a code must be so that it counts slots: the lowest bit is the weight's. */
const SLOT_MASK = SLOTS - 2;

export interface GrowthLimits {
  readonly depth: number;
  readonly leastLeafRows: number;
  readonly l2: number;
  /** Gains up to this are rounding, whatever the node explains. */
  readonly leastGain: number;
}

/**
 * One tree under growth, and the memory that every tree of an ensemble uses again. Nodes are in heap order. The rows of
 * node i are `order[start[i]…end[i])`; a node that does not split hands all of its rows to its left child.
 */
export interface Growth {
  readonly table: BinnedTable;
  readonly limits: GrowthLimits;
  /** Rows of the tree, and in the same order the weighted gradient and the weight of each. */
  readonly order: Int32Array;
  readonly gradient: Float64Array;
  readonly weight: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly gradientSum: Float64Array;
  readonly weightSum: Float64Array;
  /** Feature that an inner node asks for, −1 where it does not split; its left child takes the codes ≤ `bin`. */
  readonly feature: Int32Array;
  readonly bin: Uint8Array;
  /** For each inner node, feature and bin the sums of gradient and weight, side by side. */
  readonly histogram: Float64Array;
  /** Length of one node's histogram: `SLOTS` a feature, whole words of features. */
  readonly width: number;
  readonly spare: Spare;
}

/** Where the rows of a right child wait while those of the left one move together. */
interface Spare {
  readonly order: Int32Array;
  readonly gradient: Float64Array;
  readonly weight: Float64Array;
}

/** Memory for trees of at most `rows` rows: 28 bytes a row twice, 16 a bin and inner node. */
export function growthOf(table: BinnedTable, rows: number, limits: GrowthLimits): Growth {
  const inner = 2 ** limits.depth - 1;
  const nodes = 2 * inner + 1;
  const width = table.words.length * WORD_SLOTS;
  const perRow = (): Spare => ({
    order: new Int32Array(rows),
    gradient: new Float64Array(rows),
    weight: new Float64Array(rows),
  });
  return {
    table,
    limits,
    ...perRow(),
    start: new Int32Array(nodes),
    end: new Int32Array(nodes),
    gradientSum: new Float64Array(nodes),
    weightSum: new Float64Array(nodes),
    feature: new Int32Array(inner),
    bin: new Uint8Array(inner),
    histogram: new Float64Array(inner * width),
    width,
    spare: perRow(),
  };
}

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

function fillHistogram(growth: Growth, node: number, columns: Int32Array): void {
  const { histogram, width, table } = growth;
  const base = node * width;
  histogram.fill(0, base, base + width);
  let done = -1;
  for (const f of columns) {
    const word = Math.floor(f / CODES_A_WORD);
    if (word !== done) addRows(growth, { node, base: base + word * WORD_SLOTS, words: table.words[word]! });
    done = word;
  }
}

/** Four features at a time, since what costs is to read the rows. */
function addRows(
  { order, gradient, weight, histogram, start, end }: Growth,
  { node, base, words }: { readonly node: number; readonly base: number; readonly words: Uint32Array },
): void {
  const last = end[node]!;
  for (let i = start[node]!; i < last; i++) {
    const codes = words[order[i]!]!;
    const g = gradient[i]!;
    const w = weight[i]!;
    const first = base + ((codes << 1) & SLOT_MASK);
    histogram[first]! += g;
    histogram[first + 1]! += w;
    const second = base + SLOTS + ((codes >>> 7) & SLOT_MASK);
    histogram[second]! += g;
    histogram[second + 1]! += w;
    const third = base + 2 * SLOTS + ((codes >>> 15) & SLOT_MASK);
    histogram[third]! += g;
    histogram[third + 1]! += w;
    const fourth = base + 3 * SLOTS + ((codes >>> 23) & SLOT_MASK);
    histogram[fourth]! += g;
    histogram[fourth + 1]! += w;
  }
}

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
  const { start, end, histogram, width } = growth;
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
  for (let i = 0; i < width; i++) {
    histogram[more * width + i] = histogram[node * width + i]! - histogram[fewer * width + i]!;
  }
}
