import { type DayLoss, type Tuned, type TuneTerms, tune } from './calibrate.ts';
import type { Forecaster } from './forecaster.ts';
import type { HeldOutDay } from './rolling-origin.ts';

/** A forecaster with what it was worth on held-out days. */
export interface Candidate {
  readonly forecaster: Forecaster;
  readonly tuned: Tuned;
  /** The same by so many of the newest days alone: whoever answered for fewer was tuned to these and no others. */
  readonly onNewest: (days: number) => Tuned;
}

/** A candidate of the days that were held out of a forecaster. Cost: `tune`, once more for each number of days asked for. */
export function candidateOf(forecaster: Forecaster, held: readonly HeldOutDay[], terms: TuneTerms): Candidate {
  const known = new Map([[held.length, tune(held, terms)]]);
  const onNewest = (days: number): Tuned => {
    const tuned = known.get(days) ?? tune(held.slice(-days), terms);
    known.set(days, tuned);
    return tuned;
  };
  return { forecaster, tuned: onNewest(held.length), onNewest };
}

/** What a candidate lost, in units of what another did on the same days. */
export interface Comparison {
  /** Geometric mean of the two below; 1 where neither candidate lost anything. */
  readonly loss: number;
  /** Pinball loss of the peak's quantiles. */
  readonly peak: number;
  /** Absolute error of the day's path. */
  readonly path: number;
  /** Held-out days compared. */
  readonly days: number;
}

/**
 * Compares two candidates over the newest held-out days, `most` at most, that both answered for and both are tuned to; days
 * without a whole window count for nothing. Peak and path count alike: capacity follows the peak over the lead, and hours ahead
 * the path, and a choice by either alone is worse at the other (docs/designs/0010-more-models.md). Exchanged, they have the
 * reciprocal of it.
 */
export function compared(candidate: Candidate, other: Candidate, most = Number.POSITIVE_INFINITY): Comparison {
  const both = Math.min(candidate.tuned.daily.length, other.tuned.daily.length);
  const newest = (one: Candidate): readonly DayLoss[] =>
    one
      .onNewest(both)
      .daily.slice(Math.max(0, both - most))
      .filter(({ windows }) => windows > 0);
  const [own, its] = [newest(candidate), newest(other)];
  const peak = ratio(own, its, ({ peak: loss }) => loss);
  const path = ratio(own, its, ({ path: error }) => error);
  const loss = Math.sqrt(peak * path);
  // One lost nothing of the one, the other nothing of the other: neither is the better.
  return { loss: Number.isNaN(loss) ? 1 : loss, peak, path, days: own.length };
}

/** The sum of a loss in units of another sum; 1 where the two are the same, be it nothing. */
function ratio(own: readonly DayLoss[], its: readonly DayLoss[], loss: (day: DayLoss) => number): number {
  const sumOf = (days: readonly DayLoss[]): number => days.reduce((sum, day) => sum + loss(day), 0);
  const [mine, theirs] = [sumOf(own), sumOf(its)];
  return mine === theirs ? 1 : mine / theirs;
}
