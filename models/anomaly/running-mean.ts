import { rounded } from './memory.ts';

/** A mean that forgets: plain while it has seen fewer than `life` values, then each new one weighs 1 / life. O(1) a value. */
export class RunningMean {
  value = 0;
  count = 0;
  readonly life: number;

  constructor(life: number) {
    this.life = life;
  }

  add(x: number): void {
    this.count++;
    this.value += (x - this.value) / Math.min(this.count, this.life);
  }

  /**
   * Adds a deviation, taken as at most `most` times the mean so far: one absurd value must not blind for thousands of
   * steps, while a new normal is believed within a few.
   */
  addAtMost(x: number, most: number): void {
    this.add(this.isSettled ? Math.min(x, most * this.value) : x);
  }

  keep(into: number[]): void {
    into.push(rounded(this.value), Math.min(this.count, Math.max(this.life, SETTLED)));
  }

  recall(next: () => number): void {
    this.value = next();
    this.count = next();
  }

  /** Whether the next deviation may be held against the mean of those before: there were enough, and not all were 0. */
  get isSettled(): boolean {
    return this.count >= SETTLED && this.value > 0;
  }
}

/** So many values make a mean. */
const SETTLED = 30;
