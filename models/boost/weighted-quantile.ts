/** Values with a weight each; only the first `count` of either array are meant. */
export interface Weighed {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly count: number;
}

/**
 * The smallest value up to which lies at least the share p of all weight: it minimises the weighted pinball loss.
 * Reorders both arrays. Needs count ≥ 1, 0 < p < 1, weights ≥ 0 and not all 0. O(count) on average.
 * Source: Koenker & Bassett, Econometrica 46 (1978), §2; selection by three-way partition, Bentley & McIlroy (1993).
 */
export function weightedQuantile({ values, weights, count }: Weighed, p: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i]!;
  let missing = p * total;
  let from = 0;
  let to = count;
  let pivot = values[0]!;
  while (from < to) {
    pivot = middleOf(values[from]!, values[(from + to) >> 1]!, values[to - 1]!);
    const parts = partition(values, weights, { from, to, pivot });
    if (parts.below >= missing && parts.equalFrom > from) {
      to = parts.equalFrom;
    } else if (parts.below + parts.equal >= missing) {
      return pivot;
    } else {
      missing -= parts.below + parts.equal;
      from = parts.aboveFrom;
    }
  }
  // Only rounding of the sums leads here: what was missing is as good as nothing.
  return pivot;
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

interface Range {
  readonly from: number;
  readonly to: number;
  readonly pivot: number;
}

/** Brings the range into the order below, equal, above; tells where the parts begin and the first two parts' weights. */
function partition(values: Float64Array, weights: Float64Array, { from, to, pivot }: Range) {
  let equalFrom = from;
  let aboveFrom = to;
  let below = 0;
  let equal = 0;
  for (let i = from; i < aboveFrom; ) {
    const x = values[i]!;
    const w = weights[i]!;
    if (x > pivot) {
      aboveFrom--;
      values[i] = values[aboveFrom]!;
      weights[i] = weights[aboveFrom]!;
      values[aboveFrom] = x;
      weights[aboveFrom] = w;
      continue;
    }
    if (x < pivot) {
      below += w;
      values[i] = values[equalFrom]!;
      weights[i] = weights[equalFrom]!;
      values[equalFrom] = x;
      weights[equalFrom] = w;
      equalFrom++;
    } else {
      equal += w;
    }
    i++;
  }
  return { equalFrom, aboveFrom, below, equal };
}
