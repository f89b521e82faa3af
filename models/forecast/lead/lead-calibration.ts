import { conformalIndex, pinball } from '../conformal.ts';
import { type Adaptation, halfWidths, LEVELS, upperReaches } from './lead-intervals.ts';
import type { LeadJudgement } from './lead-judgement.ts';
import { sortedWindow } from './sorted-window.ts';

/** Levels that stand for the whole distribution, equally far from each other. */
const WHOLE = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);

/** Losses of quantiles, in the load's unit; NaN without a target. */
export interface LeadLosses {
  /** Mean pinball loss of the upper quantiles of `LEVELS`. */
  readonly pinball: number;
  /** The same for the season repeated, with split conformal quantiles. */
  readonly naivePinball: number;
  /** Continuous ranked probability score: twice the mean pinball loss over nineteen levels. */
  readonly crps: number;
}

/** One bound and the targets it held: 1 held, 0 not, NaN where there is no target; one for each row of the second half. */
export type Held = Float64Array;

/** Which targets lie within the central interval of a level. O(rows · scores), as all of this file. */
export function heldWithin({ judged, half, scored }: LeadJudgement, level: number, adaptation?: Adaptation): Held {
  const widths = halfWidths(judged, level, adaptation);
  return scored.map((value, i) =>
    Number.isNaN(value) ? value : Number(Math.abs(value - judged.forecast[half + i]!) <= widths[half + i]!),
  );
}

/** Which targets lie at or below the upper quantile of a level. */
export function heldBelow(judgement: LeadJudgement, level: number): Held {
  const bounds = upperBounds(judgement, level);
  return judgement.scored.map((value, i) => (Number.isNaN(value) ? value : Number(value <= bounds[i]!)));
}

/** The share that was held; NaN without a target. */
export function shareHeld(held: Held): number {
  const known = held.filter((one) => !Number.isNaN(one));
  return known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** What the upper quantiles cost, beside those of the season repeated. */
export function leadLosses(judgement: LeadJudgement): LeadLosses {
  const upper = (level: number): Float64Array => upperBounds(judgement, level);
  const loss = (levels: readonly number[], bounds: (level: number) => Float64Array): number =>
    levels.reduce((sum, level) => sum + meanPinball(judgement.scored, bounds(level), level), 0) / levels.length;
  return {
    pinball: loss(LEVELS, upper),
    naivePinball: loss(LEVELS, (level) => naiveBounds(judgement, level)),
    crps: 2 * loss(WHOLE, upper),
  };
}

function upperBounds({ judged, half }: LeadJudgement, level: number): Float64Array {
  const reaches = upperReaches(judged, level).subarray(half);
  return reaches.map((reach, i) => Math.max(0, judged.forecast[half + i]! + reach));
}

/** Split conformal quantiles about the season repeated: of all its signed errors known at each origin. */
function naiveBounds({ judged, yardstick, half }: LeadJudgement, level: number): Float64Array {
  const errors = sortedWindow(yardstick.length);
  const bounds = new Float64Array(yardstick.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < bounds.length; i++) {
    const error = (judged.actual[i - judged.lead] ?? Number.NaN) - yardstick[i - judged.lead]!;
    if (!Number.isNaN(error)) errors.add(error);
    if (errors.size() === 0) continue;
    bounds[i] = Math.max(0, yardstick[i]! + errors.at(conformalIndex(errors.size(), level)));
  }
  return bounds.subarray(half);
}

function meanPinball(actual: Float64Array, bounds: Float64Array, level: number): number {
  const losses = actual.map((value, i) => pinball(value, bounds[i]!, level)).filter((loss) => !Number.isNaN(loss));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
