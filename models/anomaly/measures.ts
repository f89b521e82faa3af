import { type Expected, SHORT } from './expectation.ts';
import { RunningMean } from './running-mean.ts';

/** Seven ways to be unusual, in the order in which `Measures` gives them. */
export const MEASURES = ['spike', 'off-profile', 'shift', 'busy', 'calm', 'extreme', 'jump'] as const;
export type Measure = (typeof MEASURES)[number];

const LONG = 2000;
/** Deviations count for at most so many times their mean. */
const MOST = 100;
/** Deviations below this share of the series' own size are rounding. */
const ROUNDING = 1e-9;

/** What the measures look at beside the value itself. */
export interface Surroundings extends Expected {
  readonly last: number;
  /** Means of the last few values and of many. */
  readonly recent: number;
  readonly level: number;
}

/**
 * How far a value is from its expectations, each way in multiples of what is usual for this series: all at least 0, free of
 * the unit, larger is stranger. O(1) a value.
 */
export class Measures {
  private readonly size = new RunningMean(LONG);
  private readonly nearError = new RunningMean(LONG);
  private readonly usualError = new RunningMean(LONG);
  private readonly offProfile = new RunningMean(SHORT);
  private readonly steps = new RunningMean(LONG);
  private readonly recentSteps = new RunningMean(2 * SHORT);
  private readonly spread = new RunningMean(LONG);
  private readonly answer = new Float64Array(MEASURES.length);

  /** The seven measures of a value, which is learned; the array is overwritten by the next call. */
  take(value: number, { near, usual, last, recent, level }: Surroundings): Float64Array {
    const [step, fromLevel] = [Math.abs(value - last), Math.abs(value - level)];
    this.offProfile.add(value - usual);
    this.recentSteps.add(step);
    const floor = ROUNDING * this.size.value;
    const per = (x: number, scale: number): number => (x === 0 ? 0 : x / Math.max(scale, floor, Number.MIN_VALUE));
    const { answer } = this;
    answer[0] = per(Math.abs(value - near), this.nearError.value);
    answer[1] = per(Math.abs(this.offProfile.value), this.usualError.value);
    answer[2] = per(Math.abs(recent - level), this.spread.value);
    answer[3] = per(this.recentSteps.value, this.steps.value);
    answer[4] = per(this.steps.value, this.recentSteps.value);
    answer[5] = per(fromLevel, this.spread.value);
    answer[6] = per(step, this.steps.value);
    this.learn(value, { near: Math.abs(value - near), usual: Math.abs(value - usual), step, fromLevel });
    return answer;
  }

  /** How far from its expectation a value may be and still be learned as it is; what lies beyond is drawn in to there. */
  get reach(): number {
    return this.spread.isSettled ? MOST * this.spread.value : Number.POSITIVE_INFINITY;
  }

  /** Half the width of the range in which the near expectation leaves a value, given how many usual errors that is. */
  range(errors: number): number {
    return errors * this.nearError.value;
  }

  keep(into: number[]): void {
    for (const mean of this.means()) mean.keep(into);
  }

  recall(next: () => number): void {
    for (const mean of this.means()) mean.recall(next);
  }

  private means(): readonly RunningMean[] {
    const { size, nearError, usualError, offProfile, steps, recentSteps, spread } = this;
    return [size, nearError, usualError, offProfile, steps, recentSteps, spread];
  }

  private learn(value: number, off: { near: number; usual: number; step: number; fromLevel: number }): void {
    this.size.addAtMost(Math.abs(value), MOST);
    this.nearError.addAtMost(off.near, MOST);
    this.usualError.addAtMost(off.usual, MOST);
    this.steps.addAtMost(off.step, MOST);
    this.spread.addAtMost(off.fromLevel, MOST);
  }
}
