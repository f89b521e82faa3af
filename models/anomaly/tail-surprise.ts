import { binOf, LogHistogram, PER_DOUBLING, positionOf, upperEnd } from './log-histogram.ts';
import { UpperTail } from './upper-tail.ts';

/** The tail whose shape is extrapolated beyond what was seen. */
const TAIL = { share: 0.03, leastValues: 5 } as const;
/** What lies below it is no surprise at all: there −log10 p is less than `USUAL`. */
const UPPER = { share: 1 / Math.E, leastValues: 0 } as const;
/** Mean excess in doublings that is taken before the tail has spoken, the weight of that opinion, and its least value. */
const PRIOR_EXCESS = 1;
const PRIOR_WEIGHT = 3;
const LEAST_EXCESS = 0.15;
/** So many values make a sample. */
const LEAST_VALUES = 20;
/** What −log10 p is on average when nothing is unusual, p being uniform: log10 e. */
const USUAL = Math.LOG10E;
/** Beyond p = 10^−16 nothing is more surprising. */
const MOST = 16;

/**
 * How surprising a value of one measure is, given all values of it so far: −log10 of the share that was at least as large,
 * less what that is on average. Beyond the largest 3 % the share is extrapolated as a Pareto tail, so that a value never
 * seen before still has a size. Older values weigh less: 1/e after `life`. O(1) a value, O(bins of a third) a surprise.
 * Source: conformal p-values (V. Vovk et al., Algorithmic Learning in a Random World, 2005), here with forgetting; the
 * tail by the mean log excess (B. M. Hill, Annals of Statistics 3, 1975), as in peaks over threshold.
 */
export class TailSurprise {
  private readonly histogram: LogHistogram;
  private readonly tail: UpperTail;
  private readonly upper: UpperTail;

  constructor(life: number) {
    this.histogram = new LogHistogram(life);
    this.tail = new UpperTail(this.histogram, TAIL);
    this.upper = new UpperTail(this.histogram, UPPER);
  }

  /** At least 0, at most 16; 1 for about one value in 27. `value` ≥ 0, Infinity included. Does not learn. */
  of(value: number): number {
    if (this.histogram.count < LEAST_VALUES) return 0;
    const position = positionOf(value);
    if (position < this.upper.edge) return 0;
    const minusLog = position > this.tail.edge + 1 ? this.beyond(position) : this.within(position);
    return Math.min(MOST, Math.max(0, minusLog - USUAL));
  }

  learn(value: number): void {
    const bin = binOf(positionOf(value));
    const divisor = this.histogram.add(bin);
    this.tail.follow(bin, divisor);
    this.upper.follow(bin, divisor);
  }

  /** The value that a share of at most 3 % of all was above, to a bin; 0 before there is any. */
  quantileAbove(share: number): number {
    const { weights, total, count } = this.histogram;
    let [above, bin] = [this.tail.weight, this.tail.edge];
    while (bin < weights.length - 1 && above > share * total) above -= weights[++bin]!;
    return count === 0 ? 0 : upperEnd(bin);
  }

  /** Only what can still be surprising is kept: the largest third. */
  keep(into: number[]): void {
    this.histogram.keep(into, this.upper.edge);
  }

  recall(next: () => number): void {
    this.histogram.recall(next);
    this.tail.locate();
    this.upper.locate();
  }

  private beyond(position: number): number {
    const { total, weight: one } = this.histogram;
    const { edge, weight, moment } = this.tail;
    const seen = weight > 0 ? Math.max(LEAST_EXCESS, (moment / weight - edge - 1) / PER_DOUBLING) : PRIOR_EXCESS / 2;
    const strength = weight / one;
    const meanExcess = (seen * strength + PRIOR_EXCESS * PRIOR_WEIGHT) / (strength + PRIOR_WEIGHT);
    const share = Math.max(weight / total, 1 / (total / one + 1));
    return -Math.log10(share) + ((position - edge - 1) / PER_DOUBLING / meanExcess) * Math.LOG10E;
  }

  private within(position: number): number {
    const { weights, total, weight: one } = this.histogram;
    const bin = binOf(position);
    let above = this.tail.weight;
    for (let b = this.tail.edge; b > bin; b--) above += weights[b]!;
    above += weights[bin]! * Math.min(1, bin + 1 - position);
    return -Math.log10((above + 0.5 * one) / (total + one));
  }
}
