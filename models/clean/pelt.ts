/** Price of a changepoint in squared units of the values, and the least length of a segment. */
export interface PeltOptions {
  readonly penalty: number;
  /** At least 1. */
  readonly leastSteps: number;
}

/**
 * The partition of finite values into segments of constant mean that has the least squared error plus penalty: the ends
 * of its segments, ascending, the last one n. One segment where n < 2 · leastSteps; none where there is no value.
 * Exact. O(n) in the mean where changes keep coming, O(n²) where none does: callers bound n.
 * Source: Killick, Fearnhead & Eckley, JASA 107 (2012), algorithm PELT. Deviation: a candidate is dropped `leastSteps`
 * after it was beaten, because until then the segment that beats it is too short to end.
 */
export function pelt(values: Float64Array, { penalty, leastSteps }: PeltOptions): readonly number[] {
  const n = values.length;
  if (n < 2 * leastSteps) return n === 0 ? [] : [n];
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = -penalty;
  const previous = new Int32Array(n + 1);
  const dropFrom = new Int32Array(n + 1).fill(n + 1);
  const search = { ...running(values), best, without: new Float64Array(n + 1) };
  let candidates: number[] = [0];
  for (let t = leastSteps; t <= n; t++) {
    if (t >= 2 * leastSteps) candidates.push(t - leastSteps);
    candidates = candidates.filter((s) => dropFrom[s]! > t);
    const from = cheapest(search, candidates, t);
    best[t] = search.without[from]! + penalty;
    previous[t] = from;
    for (const s of candidates) if (search.without[s]! >= best[t]! && dropFrom[s]! > n) dropFrom[s] = t + leastSteps;
  }
  return endsOf(previous);
}

interface Search extends RunningSums {
  readonly best: Float64Array;
  /** Written: what ends at t would cost from each candidate on, without the penalty. */
  readonly without: Float64Array;
}

/** Where the last segment before t had best begin. O(candidates). */
function cheapest({ sums, squares, best, without }: Search, candidates: readonly number[], t: number): number {
  let from = candidates[0]!;
  for (const s of candidates) {
    const sum = sums[t]! - sums[s]!;
    without[s] = best[s]! + squares[t]! - squares[s]! - (sum * sum) / (t - s);
    if (without[s]! < without[from]!) from = s;
  }
  return from;
}

function endsOf(previous: Int32Array): readonly number[] {
  const ends: number[] = [];
  for (let end = previous.length - 1; end > 0; end = previous[end]!) ends.unshift(end);
  return ends;
}

interface RunningSums {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Sums before each step, about the first value: a level far above its noise would drown it in rounding. O(n). */
function running(values: Float64Array): RunningSums {
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]! - values[0]!;
    sums[i + 1] = sums[i]! + v;
    squares[i + 1] = squares[i]! + v * v;
  }
  return { sums, squares };
}
