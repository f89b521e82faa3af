import { least } from '../../kernel/least.ts';
import { followed, levelsOf, type Seasoned, seasonOf, slopeOf, WEIGHTS } from '../theta.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LeadModel, LeadSpan } from './lead-model.ts';
import type { LeadRows } from './lead-rows.ts';

/** Season, slope and smoothing weight are those of so many days. */
const DAYS = 28;

/** What is known of a load on a day's start: its steps, its season, and what the level gains over the lead. */
interface Known extends Seasoned {
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
    const known = { loads, seasonAt, drift: (lead * slopeOf({ loads, seasonAt })) / 2 };
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
