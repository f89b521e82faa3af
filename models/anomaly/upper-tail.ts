import type { LogHistogram } from './log-histogram.ts';

/**
 * The largest values of a histogram, up to a share of all: kept up to date by moving its lower edge a bin at a time, so
 * that it costs O(1) a value instead of a walk over the bins.
 */
export class UpperTail {
  /** The highest bin with which the values from it upwards would make up the share; the tail is what lies above. */
  edge = 0;
  /** Weight of the tail, and the sum of its bins' middles by weight. */
  weight = 0;
  moment = 0;
  private readonly histogram: LogHistogram;
  private readonly share: number;
  private readonly leastValues: number;

  constructor(histogram: LogHistogram, given: { readonly share: number; readonly leastValues: number }) {
    this.histogram = histogram;
    this.share = given.share;
    this.leastValues = given.leastValues;
  }

  /** To be told of each value right after the histogram has it, with what `add` returned. */
  follow(bin: number, divisor: number): void {
    if (bin > this.edge) this.take(bin, this.histogram.weight * divisor);
    this.weight /= divisor;
    this.moment /= divisor;
    this.settle();
  }

  /** Finds its place in a histogram that was recalled: from its largest value downwards. O(bins of the tail). */
  locate(): void {
    this.edge = this.histogram.highest;
    this.weight = 0;
    this.moment = 0;
    this.settle();
  }

  private settle(): void {
    const { weights, total, weight } = this.histogram;
    const wanted = Math.max(this.share * total, this.leastValues * weight);
    while (this.edge < weights.length - 1 && this.weight >= wanted) {
      this.edge++;
      this.take(this.edge, -weights[this.edge]!);
    }
    while (this.edge > 0 && this.weight + weights[this.edge]! < wanted) {
      this.take(this.edge, weights[this.edge]!);
      this.edge--;
    }
  }

  private take(bin: number, weight: number): void {
    this.weight = Math.max(0, this.weight + weight);
    this.moment = Math.max(0, this.moment + weight * (bin + 0.5));
  }
}
