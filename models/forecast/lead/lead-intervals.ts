import { normalQuantile } from '../../kernel/normal.ts';
import { conformalIndex } from '../conformal.ts';
import { type AdaptiveShare, adaptiveShare, type ShareTerms } from './adaptive-share.ts';
import { sortedWindow } from './sorted-window.ts';

/** Central intervals and upper quantiles that are checked: the shares of targets that shall lie within. */
export const LEVELS = [0.5, 0.8, 0.95, 0.99] as const;

/** Scores further back than this many days no longer say how far forecasts are off. */
const SCORE_DAYS = 28;

/** Scores are measured in the geometric mean of the usual errors of a day and of a month: what lasts, and what is new. */
const USUAL_DAYS = [1, 28] as const;

/** As few independent errors as this are counted at the least. */
const LEAST_INDEPENDENT = 1 / 4;

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
export const upperReaches = (judged: Judged, level: number, adaptation: Adaptation = adaptiveShare): Float64Array =>
  reaches(judged, { level, z: normalQuantile(level), adaptation, signed: true });

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
 * in units of the usual error; the bound is the share of them that is asked for, and that share follows
 * the misses as late as they are known. Where few known errors are independent of each other, the bound is further out, as
 * Student's distribution is. O(n · scores) at worst, in moves of memory.
 * Source: split conformal intervals, Lei et al., JASA 113 (2018), adapted with a delay (adaptive-share.ts); Student's
 * quantile over the normal one to first order, Abramowitz & Stegun, 26.7.5.
 */
function reaches({ forecast, actual, day, lead }: Judged, { level, z, adaptation, signed }: Bound): Float64Array {
  const error = forecast.map((value, i) => (signed ? actual[i]! - value : Math.abs(actual[i]! - value)));
  const [lately, always] = USUAL_DAYS.map((days) => usualErrors(error, { day, lead }, days));
  const unit = lately!.map((usual, i) => Math.sqrt(usual * always![i]!));
  const scores = sortedWindow(SCORE_DAYS * day);
  const share = adaptation({ level, lateDays: lead / day });
  const reach = new Float64Array(error.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < error.length; i++) {
    const known = i - lead;
    const off = known >= 0 ? error[known]! : Number.NaN;
    if (!Number.isNaN(off) && (unit[known]! > 0 || off === 0)) {
      const score = off === 0 ? 0 : off / unit[known]!;
      const needed = scores.rank(score / wider(z, independentErrors(known, { day, lead })));
      if (reach[known]! < Number.POSITIVE_INFINITY)
        share.heed(off <= reach[known]!, (needed + 0.5) / (scores.size() + 1));
      scores.add(score);
    }
    if (scores.size() === 0) continue;
    const at = scores.at(conformalIndex(scores.size(), share.asked()));
    reach[i] = at * unit[i]! * wider(z, independentErrors(i, { day, lead }));
  }
  return reach;
}

interface Times {
  readonly day: number;
  readonly lead: number;
}

/** How many of the errors known at an origin do not repeat each other. */
const independentErrors = (i: number, { day, lead }: Times): number =>
  Math.max(LEAST_INDEPENDENT, (i - lead + 1) / (lead + day / 4));

const wider = (z: number, independent: number): number => 1 + (z * z + 1) / (4 * independent);

/** Exponentially weighted mean of the sizes of the errors that are known at each origin; 0 until one is. */
function usualErrors(error: Float64Array, { day, lead }: Times, days: number): Float64Array {
  const usual = new Float64Array(error.length);
  const share = 1 / (days * day);
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < error.length; i++) {
    const known = i - lead;
    if (known >= 0 && !Number.isNaN(error[known]!)) {
      mean = (1 - share) * mean + share * Math.abs(error[known]!);
      weight = (1 - share) * weight + share;
    }
    usual[i] = weight === 0 ? 0 : mean / weight;
  }
  return usual;
}
