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
  /** Geometric mean of the two below, a negligible loss added to each. */
  readonly loss: number;
  /** Pinball loss of the peak's quantiles. */
  readonly peak: number;
  /** Absolute error of the day's path. */
  readonly path: number;
  /** Held-out days compared. */
  readonly days: number;
}

/**
 * What is lost besides, as a share of the load: a loss that is far below it, or nothing, moves no capacity, and would outweigh any
 * other where ratios are multiplied.
 */
const NEGLIGIBLE = 1e-4;

/**
 * Compares two candidates over the newest held-out days, `most` at most, that both answered for and both are tuned to; days
 * without a whole window count for nothing. Peak and path count alike: capacity follows the peak over the lead, and hours ahead
 * the path, and a choice by either alone is worse at the other (docs/designs/0010-more-models.md). Exchanged, they have the
 * reciprocal of it.
 */
export function compared(candidate: Candidate, other: Candidate, most = Number.POSITIVE_INFINITY): Comparison {
  const both = Math.min(candidate.tuned.daily.length, other.tuned.daily.length);
  const newest = (one: Candidate): readonly DayLoss[] => one.onNewest(both).daily.slice(Math.max(0, both - most));
  const [own, its] = [newest(candidate), newest(other)];
  const [mine, theirs] = [totalsOf(own), totalsOf(its)];
  return {
    loss: ratio(lossOf(own), lossOf(its)),
    peak: ratio(mine.peak, theirs.peak),
    path: ratio(mine.path, theirs.path),
    days: mine.days,
  };
}

/** Both losses of some held-out days in one, by which candidates of the same days compare. */
export function lossOf(days: readonly DayLoss[]): number {
  const { peak, path, load } = totalsOf(days);
  return Math.sqrt(peak + NEGLIGIBLE * load) * Math.sqrt(path + NEGLIGIBLE * load);
}

/** Sums over the days that hold a window. */
function totalsOf(all: readonly DayLoss[]) {
  const days = all.filter(({ windows }) => windows > 0);
  const sum = (of: (day: DayLoss) => number): number => days.reduce((total, day) => total + of(day), 0);
  return {
    peak: sum(({ peak }) => peak),
    path: sum(({ path }) => path),
    load: sum(({ load }) => load),
    days: days.length,
  };
}

/** One loss in units of another; 1 where the two are the same, be it nothing. */
const ratio = (own: number, its: number): number => (own === its ? 1 : own / its);
