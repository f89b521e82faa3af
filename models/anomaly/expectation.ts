import { rounded } from './memory.ts';
import { RunningMean } from './running-mean.ts';
import { TimeProfile } from './time-profile.ts';

const DAY_MS = 86_400_000;
const BINS_A_DAY = 48;
const BINS_A_WEEK = 168;
const PROFILE_LIFE = 10;

/** Values in the short memory, and the lives of the longer ones in multiples of values. */
export const SHORT = 8;
const OFFSET_LIFE = 24;
const LEVEL_LIFE = 500;
const NEAR_ERROR_LIFE = 300;
const USUAL_ERROR_LIFE = 1000;

/** What was expected of one value before it came. */
export interface Expected {
  /** Of the nearest kind: from the last values, or from the time of day or week shifted to where the series now runs. */
  readonly near: number;
  /** Of the usual kind: the level, or the time of day or week as it is. */
  readonly usual: number;
}

/**
 * Several simple forecasts of the next value; whichever has erred least of late is believed, so a season counts exactly
 * where the series shows one, and a new level is followed at once by the near expectation and slowly by the usual one.
 * O(1) a value.
 */
export class Expectation {
  readonly recent = new RunningMean(SHORT);
  readonly level = new RunningMean(LEVEL_LIFE);
  last: number | undefined;
  private readonly profiles = [
    {
      profile: new TimeProfile(DAY_MS, { bins: BINS_A_DAY, life: PROFILE_LIFE }),
      offset: new RunningMean(OFFSET_LIFE),
    },
    {
      profile: new TimeProfile(7 * DAY_MS, { bins: BINS_A_WEEK, life: PROFILE_LIFE }),
      offset: new RunningMean(OFFSET_LIFE),
    },
  ];
  private readonly nearErrors = Array.from({ length: 4 }, () => new RunningMean(NEAR_ERROR_LIFE));
  private readonly usualErrors = Array.from({ length: 3 }, () => new RunningMean(USUAL_ERROR_LIFE));
  /** What each forecast says of the coming value. */
  private near: readonly number[] = [];
  private usual: readonly number[] = [];

  /** What is expected at this time; undefined before the first value. */
  at(ms: number): Expected | undefined {
    if (this.last === undefined) return undefined;
    const level = this.level.value;
    const seasons = this.profiles.map(({ profile }) => profile.at(ms));
    this.usual = [level, ...seasons.map((season) => season ?? level)];
    this.near = [
      this.last,
      this.recent.value,
      ...seasons.map((season, k) => (season === undefined ? level : season + this.profiles[k]!.offset.value)),
    ];
    return { near: this.near[leastOf(this.nearErrors)]!, usual: this.usual[leastOf(this.usualErrors)]! };
  }

  /** Takes in the value for which `at` was asked last. */
  learn(ms: number, value: number): void {
    for (let k = 0; k < this.near.length; k++) this.nearErrors[k]!.add(Math.abs(value - this.near[k]!));
    for (let k = 0; k < this.usual.length; k++) this.usualErrors[k]!.add(Math.abs(value - this.usual[k]!));
    for (const { profile, offset } of this.profiles) {
      const season = profile.at(ms);
      if (season !== undefined) offset.add(value - season);
      profile.add(ms, value);
    }
    this.recent.add(value);
    this.level.add(value);
    this.last = value;
  }

  /** Needs: a value was learned. */
  keep(into: number[]): void {
    into.push(rounded(this.last ?? 0));
    for (const mean of this.means()) mean.keep(into);
    for (const { profile } of this.profiles) profile.keep(into);
  }

  recall(next: () => number): void {
    this.last = next();
    for (const mean of this.means()) mean.recall(next);
    for (const { profile } of this.profiles) profile.recall(next);
  }

  private means(): readonly RunningMean[] {
    const offsets = this.profiles.map(({ offset }) => offset);
    return [this.recent, this.level, ...offsets, ...this.nearErrors, ...this.usualErrors];
  }
}

/** The index of the least mean, the first among equals. */
function leastOf(means: readonly RunningMean[]): number {
  let best = 0;
  for (let k = 1; k < means.length; k++) if (means[k]!.value < means[best]!.value) best = k;
  return best;
}
