import { type BinnedTable, CODES_A_WORD, MOST_BINS } from './binned.ts';

/** Numbers in the histogram of one feature: a sum of gradients and one of weights for each bin. */
export const SLOTS = 2 * MOST_BINS;

/** Numbers in the histogram of the features whose codes share a word. */
export const WORD_SLOTS = CODES_A_WORD * SLOTS;

/** What a tree may not exceed. */
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
  /** The root's histogram of a tree that sees every row, gradients left at 0: the weights are the same for each tree. */
  readonly wholeWeights: Float64Array;
  /** Length of one node's histogram: `SLOTS` a feature, whole words of features. */
  readonly width: number;
  /** Where the rows of a right child wait while those of the left one move together. */
  readonly spare: Spare;
}

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
    wholeWeights: new Float64Array(width),
    width,
    spare: perRow(),
  };
}
