import { conformalIndex } from '../conformal.ts';
import { sortedWindow } from './sorted-window.ts';

/** Central intervals that are checked: the shares of targets that shall lie within. */
export const LEVELS = [0.5, 0.8, 0.95, 0.99] as const;

/** Scores further back than this many days no longer say how far forecasts are off. */
const SCORE_DAYS = 28;

/** How fast the share asked for follows the share that was met; slower where misses are rare, for each says more there. */
const RATE = 0.04;

/** Days over which the usual error is averaged in which scores are measured. */
const USUAL_DAYS = 1;

/** A forecast and what came, origin by origin; NaN where nothing was observed. */
export interface Judged {
  readonly forecast: Float64Array;
  readonly actual: Float64Array;
  /** Steps of a day, and from an origin to the end of its target. */
  readonly day: number;
  readonly lead: number;
}

/**
 * Half the width of the central interval of one level at each origin, from errors alone whose target is known there;
 * Infinity until a score is known. Scores are errors in units of the usual error of the last days. The share that the
 * interval is asked to hold is raised after each miss and lowered after each hit, as late as these are known.
 * O(n · scores) at worst, in moves of memory.
 * Source: split conformal intervals, Lei et al., JASA 113 (2018); adaptive, Gibbs & Candès, NeurIPS 2021, eq. 2, delayed by
 * the lead.
 */
export function halfWidths({ forecast, actual, day, lead }: Judged, level: number): Float64Array {
  const error = forecast.map((value, i) => Math.abs(actual[i]! - value));
  const unit = usualErrors(error, { day, lead });
  const widths = new Float64Array(error.length).fill(Number.POSITIVE_INFINITY);
  const scores = sortedWindow(SCORE_DAYS * day);
  const rate = RATE * Math.sqrt(1 - level);
  let asked = level;
  for (let i = 0; i < error.length; i++) {
    const known = i - lead;
    if (known >= 0 && !Number.isNaN(error[known]!)) {
      if (unit[known]! > 0) scores.add(error[known]! / unit[known]!);
      if (widths[known]! < Number.POSITIVE_INFINITY) {
        asked += rate * (level - Number(error[known]! <= widths[known]!));
        asked = Math.min(1, Math.max(0, asked));
      }
    }
    if (scores.size() > 0) widths[i] = unit[i]! * scores.at(conformalIndex(scores.size(), asked));
  }
  return widths;
}

/** Exponentially weighted mean of the absolute errors that are known at each origin; 0 until one is. */
function usualErrors(
  error: Float64Array,
  { day, lead }: { readonly day: number; readonly lead: number },
): Float64Array {
  const usual = new Float64Array(error.length);
  const share = 1 / (USUAL_DAYS * day);
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
