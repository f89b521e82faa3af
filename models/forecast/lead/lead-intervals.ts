import { normalQuantile } from '../../kernel/normal.ts';
import { sortedWindow } from '../../kernel/sorted-window.ts';
import { type AdaptiveShare, adaptiveShare, type ShareTerms } from './adaptive-share.ts';
import { signedWindow, sizeWindow } from './score-window.ts';

/** Central intervals and upper quantiles that are checked: the shares of targets that shall lie within. */
export const LEVELS = [0.5, 0.8, 0.95, 0.99] as const;

/** The newest scores: a week's lead leaves seven or eight in eight weeks that do not repeat each other. */
const SCORE_DAYS = 56;

/** What is a low and what a high forecast is told by so many days. */
const LOAD_DAYS = 28;

/** The usual error lies between that of the last hours and that of the last weeks: what is new, and what lasts. */
const USUAL_DAYS = { new: 1 / 4, lasting: 28 } as const;

/** How much of it is new, as a power: less holds too little on the day after a load has shifted. */
const NEW_SHARE = 0.8;

/** News a day old is worth this share of the usual error less, as a power of it: late, it says little of what is to come. */
const LATE_DISCOUNT = 0.7;

/**
 * Loads turn, and for the length of a lead nobody can know: at a day's lead and more bounds lie further out by this times z²,
 * at an hour's by next to nothing. So much lets loads as they are and loads that each turn once hold 0.95 together.
 */
const TURNS = 0.06;

/** Forecasts below this share of their mean are as sure as those at it. */
const LEAST_LOAD = 1 / 20;

/** A forecast and what came, origin by origin; NaN where nothing was observed. */
export interface Judged {
  readonly forecast: Float64Array;
  readonly actual: Float64Array;
  /** Steps of a day, and from an origin to the end of its target. */
  readonly day: number;
  readonly lead: number;
}

/** How the share asked for follows what was met. */
export type Adaptation = (terms: ShareTerms) => AdaptiveShare;

/**
 * Half the width of the central interval of one level at each origin; Infinity until a score is known. See `reaches`.
 */
export const halfWidths = (judged: Judged, level: number, adaptation: Adaptation = adaptiveShare): Float64Array =>
  reaches(judged, { level, z: normalQuantile((1 + level) / 2), adaptation, signed: false });

/** How far the upper quantile of one level lies above the forecast at each origin, or below it. See `reaches`. */
export const upperReaches = (judged: Judged, level: number): Float64Array =>
  reaches(judged, { level, z: normalQuantile(level), adaptation: adaptiveShare, signed: true });

interface Bound {
  readonly level: number;
  /** Where the bound would lie for normal errors, in deviations. */
  readonly z: number;
  readonly adaptation: Adaptation;
  /** Whether errors count with their sign. */
  readonly signed: boolean;
}

/**
 * How far from the forecast a bound lies at each origin, from errors alone whose target is known there. Scores are errors
 * in units of the usual error; the bound is the share of them that is asked for, and that share follows the misses as late
 * as they are known. Signed errors have one such share for low, one for middling and one for high forecasts: what comes
 * is less often above a high forecast than above a low one, and each shall be held alike. Where few known errors are
 * independent of each other, the bound is further out, as Student's distribution is, and signs hardly count
 * (score-window.ts); where news is late it is further out for turns that nobody can know of.
 * O(n · scores) at worst, in moves of memory.
 * Source: split conformal intervals, Lei et al., JASA 113 (2018), adapted with a delay (adaptive-share.ts), category by
 * category as in Vovk, Gammerman & Shafer, Algorithmic Learning in a Random World (2005), 4.5; Student's quantile over
 * the normal one to first order, Abramowitz & Stegun, 26.7.5.
 */
function reaches({ forecast, actual, ...times }: Judged, { level, z, adaptation, signed }: Bound): Float64Array {
  const error = forecast.map((value, i) => (signed ? actual[i]! - value : Math.abs(actual[i]! - value)));
  const { day, lead } = times;
  const unit = units(forecast, error, times);
  const scores = signed ? signedWindow(SCORE_DAYS * day) : sizeWindow(SCORE_DAYS * day);
  const third = signed ? thirdsSoFar(forecast, LOAD_DAYS * day) : new Int8Array(forecast.length);
  const shares = [0, 1, 2].map(() => adaptation({ level, lateDays: lead / day }));
  const reach = new Float64Array(error.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < error.length; i++) {
    const known = i - lead;
    const off = known >= 0 ? error[known]! : Number.NaN;
    // The first errors come from origins that knew of none: they are measured in what is usual now.
    const met = off === 0 ? 0 : off / (unit[known]! || unit[i]!);
    if (Number.isFinite(met)) {
      const leastShare = (): number => {
        const rank = scores.rank(met / wider(z, independentErrors(known, times), times));
        return (rank + 0.5) / (scores.size() + 1);
      };
      const share = shares[third[known]!]!;
      if (reach[known]! < Number.POSITIVE_INFINITY) share.heed(off <= reach[known]!, leastShare);
      scores.add(met);
    }
    if (scores.size() === 0) continue;
    const independent = independentErrors(i, times);
    const score = scores.quantile(shares[third[i]!]!.asked(), independent);
    reach[i] = score * unit[i]! * wider(z, independent, times);
  }
  return reach;
}

/** The third of the forecasts up to it, no more than `memory` of them, that each belongs to; 0 the lowest. */
function thirdsSoFar(forecast: Float64Array, memory: number): Int8Array {
  const known = sortedWindow(memory);
  return Int8Array.from(forecast, (load) => {
    known.add(load);
    return Math.floor((3 * known.rank(load)) / known.size());
  });
}

type Times = Pick<Judged, 'day' | 'lead'>;

/**
 * How many of the errors whose scores are held at an origin do not repeat each other; blanks count as if observed. Forecasts
 * less than a lead apart are wrong by what comes in the hours that they share, and all loads keep their errors for some hours.
 */
function independentErrors(i: number, { day, lead }: Times): number {
  const held = Math.min(i - lead + 1, SCORE_DAYS * day);
  return Math.max(1, held / (lead + day / 4));
}

/** How much further out a bound lies than the scores say. */
function wider(z: number, independent: number, { day, lead }: Times): number {
  return 1 + (z * z + 1) / (4 * independent) + TURNS * z * z * Math.min(1, lead / day);
}

/**
 * What errors are measured in at each origin: the usual size of those that are known, in units of the root of the forecast,
 * for errors grow with the load; 0 until one is known. The later news comes, the less the unit moves.
 */
function units(forecast: Float64Array, error: Float64Array, times: Times): Float64Array {
  const roots = rootsOfLoad(forecast, LOAD_DAYS * times.day);
  const relative = error.map((value, i) => Math.abs(value) / roots[i]!);
  const recent = usualErrors(relative, times, USUAL_DAYS.new);
  const lasting = usualErrors(relative, times, USUAL_DAYS.lasting);
  const power = 1 - LATE_DISCOUNT * Math.min(1, times.lead / times.day);
  return roots.map((root, i) => (root * recent[i]! ** NEW_SHARE * lasting[i]! ** (1 - NEW_SHARE)) ** power);
}

/** Root of each forecast in units of the mean of those up to it. */
function rootsOfLoad(forecast: Float64Array, memory: number): Float64Array {
  let mean = 0;
  return forecast.map((load, i) => {
    mean += (load - mean) / Math.min(i + 1, memory);
    return Math.sqrt(mean > 0 ? Math.max(LEAST_LOAD, load / mean) : 1);
  });
}

/** Exponentially weighted mean of the errors that are known at each origin; 0 until one is. */
function usualErrors(error: Float64Array, { day, lead }: Times, days: number): Float64Array {
  const usual = new Float64Array(error.length);
  // A step may be longer than the memory: the newest error then is all that is remembered.
  const share = Math.min(1, 1 / (days * day));
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < error.length; i++) {
    const known = i - lead;
    if (known >= 0 && !Number.isNaN(error[known]!)) {
      mean = (1 - share) * mean + share * error[known]!;
      weight = (1 - share) * weight + share;
    }
    usual[i] = weight === 0 ? 0 : mean / weight;
  }
  return usual;
}
