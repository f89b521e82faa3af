import { sortedWindow } from '../../kernel/sorted-window.ts';
import { conformalIndex, pinball } from '../conformal.ts';
import { type Adaptation, halfWidths, LEVELS, upperReaches } from './lead-intervals.ts';
import type { LeadJudgement } from './lead-judgement.ts';

/** Levels that stand for the whole distribution, equally far from each other. */
const WHOLE = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);

const KNOWN: readonly number[] = LEVELS;

/** Losses of quantiles, in the load's unit; NaN without a target. */
export interface LeadLosses {
  /** Mean pinball loss of the upper quantiles of `LEVELS`. */
  readonly pinball: number;
  /** The same for the season repeated, with split conformal quantiles. */
  readonly naivePinball: number;
  /** Continuous ranked probability score: twice the mean pinball loss over nineteen levels. */
  readonly crps: number;
}

/** What lies about the forecasts of the second half, level by level as `LEVELS`, in the load's unit. */
export interface LeadBounds {
  /** Half the widths of the central intervals. */
  readonly widths: readonly Float64Array[];
  /** Upper quantiles. */
  readonly upper: readonly Float64Array[];
}

/** Intervals and upper quantiles of each level. O(rows · scores) for each, as all of this file but what takes them. */
export const leadBounds = (judgement: LeadJudgement): LeadBounds => ({
  widths: LEVELS.map((level) => widthsOf(judgement, level)),
  upper: LEVELS.map((level) => upperBounds(judgement, level)),
});

/** One bound and the targets it held: 1 held, 0 not, NaN where there is no target; one for each row of the second half. */
export type Held = Float64Array;

/** Which targets lie within the central interval of a level. */
export const heldWithin = (judgement: LeadJudgement, level: number, adaptation?: Adaptation): Held =>
  within(judgement, widthsOf(judgement, level, adaptation));

/** Which targets lie at or below the upper quantile of a level. */
export const heldBelow = (judgement: LeadJudgement, level: number): Held =>
  below(judgement, upperBounds(judgement, level));

/** Which targets lie no further from their forecasts than these widths. */
export const within = ({ judged, half, scored }: LeadJudgement, widths: Float64Array): Held =>
  scored.map((value, i) =>
    Number.isNaN(value) ? value : Number(Math.abs(value - judged.forecast[half + i]!) <= widths[i]!),
  );

/** Which targets lie at or below these bounds. */
export const below = ({ scored }: LeadJudgement, bounds: Float64Array): Held =>
  scored.map((value, i) => (Number.isNaN(value) ? value : Number(value <= bounds[i]!)));

/** The share that was held; NaN without a target. */
export function shareHeld(held: Held): number {
  const known = held.filter((one) => !Number.isNaN(one));
  return known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** What the upper quantiles cost, beside those of the season repeated. */
export function leadLosses(judgement: LeadJudgement, { upper } = leadBounds(judgement)): LeadLosses {
  const bounds = (level: number): Float64Array => upper[KNOWN.indexOf(level)] ?? upperBounds(judgement, level);
  const loss = (levels: readonly number[], of: (level: number) => Float64Array): number =>
    levels.reduce((sum, level) => sum + meanPinball(judgement.scored, of(level), level), 0) / levels.length;
  return {
    pinball: loss(LEVELS, bounds),
    naivePinball: loss(LEVELS, (level) => naiveBounds(judgement, level)),
    crps: 2 * loss(WHOLE, bounds),
  };
}

const widthsOf = ({ judged, half }: LeadJudgement, level: number, adaptation?: Adaptation): Float64Array =>
  halfWidths(judged, level, adaptation).subarray(half);

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
