import { least } from '../../kernel/least.ts';
import { seasonOf, slopeOf, WEIGHTS } from '../theta.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LeadModel, LeadSpan } from './lead-model.ts';
import type { LeadRows } from './lead-rows.ts';

/** Season, slope and smoothing weight are those of so many days. */
const DAYS = 28;

/** What is known of a load on a day's start: its steps, its season, and what the level gains over the lead. */
interface Known {
  readonly loads: Float64Array;
  readonly seasonAt: (step: number) => number;
  readonly drift: number;
}

/**
 * Theta for one lead: a smoothed level and half the slope, times the season of the target. Fitted at the start of a day to
 * the newest four weeks, by the smoothing weight that errs least at this lead; within the day the level follows the newest
 * steps. O(20 · n + n · week) a day, n ≤ 28 · day.
 * Source: ../theta.ts. Deviations: the weight is chosen by the error at the lead, not a step ahead, for a level that is best
 * for the next hour follows too fast for the next day; and what a step says of the level counts by its season (`followed`).
 */
export const thetaModel = (
  { aimed, first }: Pick<LeadRows, 'aimed' | 'first'>,
  { day, lead }: Pick<LeadGrid, 'day' | 'lead'>,
): LeadModel => ({
  name: 'theta',
  answer: ({ from, to }: LeadSpan) => {
    const origin = first + from;
    const start = Math.max(0, origin - DAYS * day);
    const loads = aimed.subarray(start, origin);
    const season = seasonOf(loads, day);
    const seasonAt = (step: number): number => season[step % season.length]!;
    const known = { loads, seasonAt, drift: (lead * slopeOf(loads.map((load, i) => load / seasonAt(i)))) / 2 };
    const weight = bestWeight(known, lead);
    let level = levelsOf(known, weight).at(-1)!;
    return Float64Array.from({ length: to - from }, (_, i) => {
      const newest = origin + i - 1 - start;
      if (i > 0) level = followed(level, { load: aimed[start + newest]!, season: seasonAt(newest), weight });
      return Math.max(0, (level + known.drift) * seasonAt(newest + lead));
    });
  },
});

/** The smoothing weight whose level would have erred least at the lead, in the load's unit. */
const bestWeight = (known: Known, lead: number): number =>
  least(WEIGHTS, (weight) => errorAtLead(known, lead, levelsOf(known, weight)));

function errorAtLead({ loads, seasonAt, drift }: Known, lead: number, levels: Float64Array): number {
  let error = 0;
  for (let t = lead; t < loads.length; t++) error += Math.abs(loads[t]! - (levels[t - lead]! + drift) * seasonAt(t));
  return error;
}

/** The level after each step; the first is the first load without its season, where that is a season of a usual step. */
function levelsOf({ loads, seasonAt }: Known, weight: number): Float64Array {
  const levels = new Float64Array(loads.length);
  levels[0] = loads[0]! / Math.max(1, seasonAt(0));
  for (let t = 1; t < loads.length; t++) {
    levels[t] = followed(levels[t - 1]!, { load: loads[t]!, season: seasonAt(t), weight });
  }
  return levels;
}

/**
 * The level after a step. Where the season is below 1, the error counts as it is, not divided by the season: a job at night,
 * when next to nothing is usual, would else be taken for a thousand times the load.
 */
const followed = (
  level: number,
  { load, season, weight }: { readonly load: number; readonly season: number; readonly weight: number },
): number => level + (weight * (load - level * season)) / Math.max(1, season);
