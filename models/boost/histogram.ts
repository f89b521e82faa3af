import { CODES_A_WORD } from './binned.ts';
import { type Growth, SLOTS, WORD_SLOTS } from './growth.ts';

/** Where in its word's byte a code must be so that it counts slots: the lowest bit is the weight's. */
const SLOT_MASK = SLOTS - 2;

/** Sums up gradients and weights of the node's rows for each bin of the columns. O(rows · columns + bins). */
export function fillHistogram(growth: Growth, node: number, columns: Int32Array): void {
  const { histogram, width, wholeWeights, start, end, order } = growth;
  const base = node * width;
  const whole = end[node]! - start[node]! === order.length;
  if (whole) histogram.set(wholeWeights, base);
  else histogram.fill(0, base, base + width);
  for (const word of wordsOf(columns)) {
    const pass = { node, base: base + word * WORD_SLOTS, words: growth.table.words[word]! };
    if (whole) addGradients(growth, pass);
    else addRows(growth, pass);
  }
}

/** Sums up the weights of all rows, once for all trees. O(rows · columns). */
export function weighWhole({ wholeWeights, table, order }: Growth, weights: Float64Array): void {
  for (let word = 0; word < table.words.length; word++) {
    const codes = table.words[word]!;
    for (let byte = 0; byte < CODES_A_WORD; byte++) {
      const base = word * WORD_SLOTS + byte * SLOTS;
      for (let row = 0; row < order.length; row++) {
        wholeWeights[base + 2 * ((codes[row]! >>> (8 * byte)) & 255) + 1]! += weights[row]!;
      }
    }
  }
}

/** What the parent's histogram has more than one child's is the other's. O(bins). */
export function subtract({ histogram, width }: Growth, parent: number, child: number, other: number): void {
  const [from, less, to] = [parent * width, child * width, other * width];
  for (let i = 0; i < width; i++) histogram[to + i] = histogram[from + i]! - histogram[less + i]!;
}

/** The words that hold the codes of some columns, which ascend. */
function wordsOf(columns: Int32Array): ReadonlySet<number> {
  return new Set(columns.map((f) => Math.floor(f / CODES_A_WORD)));
}

interface Pass {
  readonly node: number;
  /** Where the histogram of the word's first feature begins. */
  readonly base: number;
  readonly words: Uint32Array;
}

/** Four features at a time, since what costs is to read the rows. */
function addRows({ order, gradient, weight, histogram, start, end }: Growth, { node, base, words }: Pass): void {
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

/** As `addRows` for a node of all rows, still in their order, whose weights are summed up already. */
function addGradients({ gradient, histogram, order }: Growth, { base, words }: Pass): void {
  for (let row = 0; row < order.length; row++) {
    const codes = words[row]!;
    const g = gradient[row]!;
    histogram[base + ((codes << 1) & SLOT_MASK)]! += g;
    histogram[base + SLOTS + ((codes >>> 7) & SLOT_MASK)]! += g;
    histogram[base + 2 * SLOTS + ((codes >>> 15) & SLOT_MASK)]! += g;
    histogram[base + 3 * SLOTS + ((codes >>> 23) & SLOT_MASK)]! += g;
  }
}
