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

/** What a candidate lost, in units of what another did on the same days; 1 where neither lost anything. */
export interface Comparison {
  /** Geometric mean of the two below. */
  readonly loss: number;
  /** Pinball loss of the peak's quantiles. */
  readonly peak: number;
  /** Absolute error of the day's path. */
  readonly path: number;
  /** Held-out days compared. */
  readonly days: number;
}

/**
 * What is added to each loss, as a share of the load: one that is nothing but for rounding moves no capacity, and as a ratio
 * would outweigh any other.
 */
const NEGLIGIBLE = 1e-6;

/**
 * Compares two candidates over the newest held-out days, `most` at most, that both answered for and both are tuned to; days
 * without a whole window count for nothing. Peak and path count alike, for capacity follows the peak over the lead, and hours
 * ahead the path: what a choice by either alone costs at the other is in docs/designs/0010-more-models.md. Exchanged, they have
 * the reciprocal of it.
 */
export function compared(candidate: Candidate, other: Candidate, most = Number.POSITIVE_INFINITY): Comparison {
  const both = Math.min(candidate.tuned.daily.length, other.tuned.daily.length);
  const newest = (one: Candidate): readonly DayLoss[] => one.onNewest(both).daily.slice(Math.max(0, both - most));
  const [own, its] = [newest(candidate), newest(other)];
  const [mine, theirs] = [lossesOver(own), lossesOver(its)];
  return {
    loss: ratio(together(mine), together(theirs)),
    peak: ratio(mine.peak, theirs.peak),
    path: ratio(mine.path, theirs.path),
    days: own.filter(({ windows }) => windows > 0).length,
  };
}

/** Both losses of some held-out days in one, by which candidates of the same days compare: their geometric mean. */
export const lossOf = (days: readonly DayLoss[]): number => together(lossesOver(days));

interface Losses {
  readonly peak: number;
  readonly path: number;
}

/** Means over all windows and over the days that hold one, a negligible loss added to each; 0 where there is no such day. */
function lossesOver(all: readonly DayLoss[]): Losses {
  const days = all.filter(({ windows }) => windows > 0);
  const windows = days.reduce((sum, day) => sum + day.windows, 0);
  const load = days.reduce((sum, day) => sum + day.load, 0);
  const peak = days.reduce((sum, day) => sum + day.peak * day.windows, 0) / Math.max(1, windows);
  const path = days.reduce((sum, day) => sum + day.path, 0);
  const count = Math.max(1, days.length);
  return { peak: peak + (NEGLIGIBLE * load) / count, path: (path + NEGLIGIBLE * load) / count };
}

const together = ({ peak, path }: Losses): number => Math.sqrt(peak) * Math.sqrt(path);

/** One loss in units of another; 1 where the two are the same, be it nothing. */
const ratio = (own: number, its: number): number => (own === its ? 1 : own / its);
