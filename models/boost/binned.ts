/** Most bins of a feature: a code fits a byte, and a histogram of it the first cache. */
export const MOST_BINS = 64;

/** Rows whose values place the edges: quantiles of more would fall between the same neighbours. */
const MOST_SORTED = 4096;

/** Significant digits that tell every double apart. */
const ALL_DIGITS = 17;

/** Features whose codes lie in one word, a byte each, the first one lowest: what costs in a histogram is to read rows. */
export const CODES_A_WORD = 4;

/**
 * Features cut into classes. The code of a row's feature is the number of edges below its value: value ≤ `edges[f][b]`
 * exactly where its code ≤ b.
 */
export interface BinnedTable {
  readonly rows: number;
  /** For each four features the codes of each row; see `codeOf`. */
  readonly words: readonly Uint32Array[];
  /** Ascending; between two values of the rows that placed them, and with as few digits as that allows. */
  readonly edges: readonly Float64Array[];
}

/**
 * Cuts each feature at the quantiles of its first `edgeRows` rows, into at most `MOST_BINS` bins; each value has a bin of
 * its own where there are few. Weights do not matter to it.
 *
 * Shapes: columns of the same length, finite.   Cost: O(rows · log rows) a feature, 4,096 rows being sorted at most.
 * Source: histograms of quantile bins, Li, Burges & Wu, NIPS 2007, §4; Ke et al. (LightGBM), NIPS 2017, §2.
 */
export function binned(columns: readonly Float64Array[], edgeRows: number): BinnedTable {
  const rows = columns[0]?.length ?? 0;
  const edges = columns.map((column) => edgesOf(spread(column, edgeRows).sort()));
  const words = Array.from({ length: Math.ceil(columns.length / CODES_A_WORD) }, () => new Uint32Array(rows));
  const table = { rows, words, edges };
  columns.forEach((column, f) => {
    writeCodes(column, table, f);
  });
  return table;
}

/** Where the codes of a feature are: row r's is `(words[r] >>> shift) & 255`. O(1). */
export const codeOf = ({ words }: BinnedTable, feature: number) => ({
  words: words[Math.floor(feature / CODES_A_WORD)]!,
  shift: 8 * (feature % CODES_A_WORD),
});

/** A copy of the first `count` values, or of as many as are sorted, evenly spaced. */
function spread(column: Float64Array, count: number): Float64Array {
  if (count <= MOST_SORTED) return column.slice(0, count);
  return Float64Array.from({ length: MOST_SORTED }, (_, i) => column[Math.floor((i * count) / MOST_SORTED)]!);
}

function edgesOf(sorted: Float64Array): Float64Array {
  const cuts = changesOf(sorted);
  const chosen = cuts.length < MOST_BINS ? cuts : quantileCuts(sorted);
  return Float64Array.from(chosen, (i) => plainBetween(sorted[i - 1]!, sorted[i]!));
}

/** Where the value differs from the one before; no more than `MOST_BINS` of them, which then are too many. */
function changesOf(sorted: Float64Array): readonly number[] {
  const changes: number[] = [];
  for (let i = 1; i < sorted.length && changes.length < MOST_BINS; i++)
    if (sorted[i - 1]! < sorted[i]!) changes.push(i);
  return changes;
}

/** For each quantile the first change of value at or after it. */
function quantileCuts(sorted: Float64Array): readonly number[] {
  const cuts: number[] = [];
  let i = 1;
  for (let k = 1; k < MOST_BINS; k++) {
    const quantile = Math.floor((k * sorted.length) / MOST_BINS);
    if (quantile < i) continue;
    i = quantile;
    while (i < sorted.length && sorted[i - 1] === sorted[i]) i++;
    if (i === sorted.length) break;
    cuts.push(i);
    i++;
  }
  return cuts;
}

/** The number of fewest digits near the middle of [low, high), so that a stored ensemble is short. Needs low < high. */
function plainBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const surely = Math.floor(Math.log10(Math.abs(middle) / (high - low)));
  for (let digits = Math.min(ALL_DIGITS, Math.max(1, surely)); digits <= ALL_DIGITS; digits++) {
    const plain = Number(middle.toPrecision(digits)) + 0;
    if (plain >= low && plain < high) return plain;
  }
  return low;
}

function writeCodes(column: Float64Array, table: BinnedTable, feature: number): void {
  const { words, shift } = codeOf(table, feature);
  const ladder = new Float64Array(MOST_BINS).fill(Number.POSITIVE_INFINITY);
  ladder.set(table.edges[feature]!);
  for (let i = 0; i < column.length; i++) {
    const x = column[i]!;
    let code = 0;
    // Bisection without a branch, which would be guessed wrong half of the time.
    for (let half = MOST_BINS / 2; half > 0; half >>= 1) code += half * Number(x > ladder[code + half - 1]!);
    words[i]! |= code << shift;
  }
}
