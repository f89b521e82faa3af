import { mean, median } from '../kernel/statistics.ts';
import { longRunSpread } from './long-run-spread.ts';
import { pelt } from './pelt.ts';
import { robustSpread } from './spread.ts';

export interface ChangepointOptions {
  /** Least steps of a segment, at least 1. */
  readonly leastSteps: number;
  /** Steps after which noise has forgotten itself: a season, or the longest swing that is no change. */
  readonly memorySteps: number;
  /**
   * Price of a changepoint in squared spreads, for each unit of the logarithm of the number of blocks.
   * @default 4
   */
  readonly penalty?: number;
}

/** A stretch of one level, steps [from, to); `level` is the mean of its finite values. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** More blocks than this are not searched: without any change the search costs their square. */
const MOST_BLOCKS = 2048;

const DEFAULT_PENALTY = 4;

/** A block that lies further than so many spreads from the median of its neighbours is a spike. */
const SPIKE = 4;

/** Neighbours on each side of it. */
const NEIGHBOURS = 2;

/**
 * Where the level of a series changes: segments in order, a single one when it does not. Values are averaged over at most
 * 2,048 blocks; spikes give way to their neighbours' median; the blocks are searched for the least squared error plus a
 * price for each change, in units of the long-run variance, so that noise which remembers does not pass for changes; each
 * change is then placed to the step. What is not finite is left out; without a finite value there is no segment.
 * Cost: O(n) and at most 2,048²/2 steps of the search.
 * Source: PELT, Killick, Fearnhead & Eckley, JASA 107 (2012); price, Yao, Statistics & Probability Letters 6 (1988), with
 * the long-run variance as in Lavielle & Moulines, J. Time Series Analysis 21 (2000).
 */
export function changepoints(values: Float64Array, options: ChangepointOptions): readonly Segment[] {
  const { leastSteps, memorySteps, penalty = DEFAULT_PENALTY } = options;
  const width = Math.max(1, Math.ceil(values.length / MOST_BLOCKS));
  const means = blockMeans(values, width);
  const first = means.find(Number.isFinite);
  if (first === undefined) return [];
  const y = withoutSpikes(carriedForward(means, first));
  const sigma = longRunSpread(y, Math.max(1, Math.round(memorySteps / width)));
  if (!(sigma > 0 && Number.isFinite(sigma))) return segmentsOf(values, [values.length]);
  const ends = pelt(
    y.map((value) => (value - first) / sigma),
    {
      penalty: penalty * Math.log(Math.max(2, y.length)),
      leastSteps: Math.max(1, Math.ceil(leastSteps / width)),
    },
  );
  const coarse = ends.map((end) => Math.min(values.length, end * width));
  return segmentsOf(values, width === 1 ? coarse : placed(values, coarse, width));
}

const blockMeans = (values: Float64Array, width: number): Float64Array =>
  Float64Array.from({ length: Math.ceil(values.length / width) }, (_, k) =>
    levelOf(values, k * width, (k + 1) * width),
  );

const levelOf = (values: Float64Array, from: number, to: number): number =>
  mean(values.subarray(from, to).filter(Number.isFinite));

function carriedForward(values: Float64Array, first: number): Float64Array {
  let last = first;
  return values.map((value) => {
    if (Number.isFinite(value)) last = value;
    return last;
  });
}

function withoutSpikes(values: Float64Array): Float64Array {
  const middles = values.map((_, i) => median(values.subarray(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS + 1)));
  const off = values.map((value, i) => value - middles[i]!);
  const most = SPIKE * robustSpread(off);
  return values.map((value, i) => (Math.abs(off[i]!) > most ? middles[i]! : value));
}

/** Moves each change within a block of where the search saw it to the step at which the two levels part best. O(n). */
function placed(values: Float64Array, ends: readonly number[], width: number): readonly number[] {
  const levels = segmentsOf(values, ends).map(({ level }) => level);
  return ends.map((end, k) => {
    const [left, right] = [levels[k]!, levels[k + 1]];
    if (right === undefined) return end;
    const from = Math.max(end - width, (ends[k - 1] ?? 0) + 1);
    const to = Math.min(end + width, (ends[k + 1] ?? end) - 1);
    return bestCut(values, { from, to, left, right });
  });
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

function bestCut(values: Float64Array, { from, to, left, right }: Cut): number {
  let [cost, least, at] = [0, 0, from];
  for (let i = from; i < to; i++) {
    const x = values[i]!;
    // Absolute errors: a spike beside the change must not pull it.
    if (Number.isFinite(x)) cost += Math.abs(x - left) - Math.abs(x - right);
    if (cost < least) [least, at] = [cost, i + 1];
  }
  return at;
}

function segmentsOf(values: Float64Array, ends: readonly number[]): readonly Segment[] {
  return ends.map((to, k) => {
    const from = ends[k - 1] ?? 0;
    return { from, to, level: levelOf(values, from, to) };
  });
}
