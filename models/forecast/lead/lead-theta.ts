import { seasonOf, slopeOf, WEIGHTS } from '../theta.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LeadModel, LeadSpan } from './lead-model.ts';
import type { LeadRows } from './lead-rows.ts';

/** Season, slope and smoothing weight are those of so many days. */
const DAYS = 28;

/** A load without its season: `load[t] = deseasonalised[t] · seasonAt(t)`. */
interface Deseasonalised {
  readonly values: Float64Array;
  readonly seasonAt: (step: number) => number;
  /** What the level gains over the lead. */
  readonly drift: number;
}

/**
 * Theta for one lead: a smoothed level and half the slope, times the season of the target. Fitted at the start of a day to
 * the newest four weeks, by the smoothing weight that errs least at this lead; within the day the level follows the newest
 * steps. O(20 · n + n · day) a day, n ≤ 28 · day.
 * Source: ../theta.ts. Deviation: the weight is chosen by the error at the lead, not a step ahead: a level that is best for the
 * next hour follows too fast for the next day.
 */
export const thetaModel = (
  { aimed, first }: Pick<LeadRows, 'aimed' | 'first'>,
  { day, lead }: Pick<LeadGrid, 'day' | 'lead'>,
): LeadModel => ({
  name: 'theta',
  answer: ({ from, to }: LeadSpan) => {
    const origin = first + from;
    const start = Math.max(0, origin - DAYS * day);
    const known = aimed.subarray(start, origin);
    const season = seasonOf(known, day);
    const seasonAt = (step: number): number => season[step % season.length]!;
    const values = known.map((load, step) => load / seasonAt(step));
    const load = { values, seasonAt, drift: (lead * slopeOf(values)) / 2 };
    const weight = bestWeight(load, lead);
    let level = values[0]!;
    for (let t = 1; t < values.length; t++) level += weight * (values[t]! - level);
    return Float64Array.from({ length: to - from }, (_, i) => {
      const newest = origin + i - 1 - start;
      if (i > 0) level += weight * (aimed[start + newest]! / seasonAt(newest) - level);
      return Math.max(0, (level + load.drift) * seasonAt(newest + lead));
    });
  },
});

/** The smoothing weight whose level would have erred least at the lead, in the load's unit. */
function bestWeight(load: Deseasonalised, lead: number): number {
  const errors = WEIGHTS.map((weight) => errorAtLead(load, lead, weight));
  return WEIGHTS[errors.indexOf(Math.min(...errors))]!;
}

function errorAtLead({ values, seasonAt, drift }: Deseasonalised, lead: number, weight: number): number {
  const levels = new Float64Array(values.length);
  levels[0] = values[0]!;
  let error = 0;
  for (let t = 1; t < values.length; t++) {
    if (t >= lead) error += Math.abs(values[t]! - levels[t - lead]! - drift) * seasonAt(t);
    levels[t] = levels[t - 1]! + weight * (values[t]! - levels[t - 1]!);
  }
  return error;
}
