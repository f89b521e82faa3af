import { RunningMean } from './running-mean.ts';

/** What is usual at each time of a recurring period, learned as time goes by. Any stamps will do, in any grid. */
export class TimeProfile {
  readonly periodMs: number;
  readonly bins: readonly RunningMean[];

  /** `life`: visits of a bin after which it forgets. */
  constructor(periodMs: number, given: { readonly bins: number; readonly life: number }) {
    this.periodMs = periodMs;
    this.bins = Array.from({ length: given.bins }, () => new RunningMean(given.life));
  }

  /** The mean at this time of the period; undefined where none was seen yet. O(1). */
  at(ms: number): number | undefined {
    const bin = this.binAt(ms);
    return bin.count === 0 ? undefined : bin.value;
  }

  add(ms: number, value: number): void {
    this.binAt(ms).add(value);
  }

  keep(into: number[]): void {
    for (const bin of this.bins) bin.keep(into);
  }

  recall(next: () => number): void {
    for (const bin of this.bins) bin.recall(next);
  }

  private binAt(ms: number): RunningMean {
    const phase = (((ms % this.periodMs) + this.periodMs) % this.periodMs) / this.periodMs;
    return this.bins[Math.min(this.bins.length - 1, Math.floor(phase * this.bins.length))]!;
  }
}
