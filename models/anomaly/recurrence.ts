import { rounded } from './memory.ts';
import { RunningMean } from './running-mean.ts';

const DAY_MS = 86_400_000;
const BINS = 48;
const LIFE_DAYS = 7;
/** A thing that came twice at the same time may come again. */
const LEAST_DAYS = 2;

/**
 * How surprising a time of day usually is: the mean over the days of the largest surprise in each half hour. What a job does
 * every night is rare among all values, and yet no news. O(1) a value.
 */
export class Recurrence {
  private readonly largest = Array.from({ length: BINS }, () => new RunningMean(LIFE_DAYS));
  /** The half hour that is passing: its number since 1970 and its largest surprise so far. */
  private passing: number | undefined;
  private most = 0;

  /** What is usual at this time of day, from earlier days alone; 0 before there were two. */
  usualAt(ms: number): number {
    const { count, value } = this.largest[binOf(halfHourOf(ms))]!;
    return count < LEAST_DAYS ? 0 : value;
  }

  add(ms: number, surprise: number): void {
    const halfHour = halfHourOf(ms);
    if (halfHour !== this.passing) {
      if (this.passing !== undefined) this.largest[binOf(this.passing)]!.add(this.most);
      this.passing = halfHour;
      this.most = 0;
    }
    this.most = Math.max(this.most, surprise);
  }

  /** Needs: something was added. */
  keep(into: number[]): void {
    into.push(this.passing ?? 0, rounded(this.most));
    for (const bin of this.largest) bin.keep(into);
  }

  recall(next: () => number): void {
    this.passing = next();
    this.most = next();
    for (const bin of this.largest) bin.recall(next);
  }
}

const halfHourOf = (ms: number): number => Math.floor(ms / (DAY_MS / BINS));

const binOf = (halfHour: number): number => ((halfHour % BINS) + BINS) % BINS;
