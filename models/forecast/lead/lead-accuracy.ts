import { accept, type Result } from '../../kernel/result.ts';
import type { GappedSeries } from '../../kernel/series.ts';
import { accuracyOf, meanAbsoluteError, seasonalScale } from '../metrics/mase.ts';
import type { LeadTrees } from '../pretrained/lead-trees.ts';
import {
  below,
  type LeadBounds,
  type LeadLosses,
  leadBounds,
  leadLosses,
  shareHeld,
  within,
} from './lead-calibration.ts';
import { judgeLead, type LeadJudgement, type LeadRefusal } from './lead-judgement.ts';

/** How well the load at a lead was forecast over the second half of a record. */
export interface LeadAccuracy {
  /** 100 · (1 − Σ|error| / Σ|load|); NaN where there was no load. */
  readonly accuracy: number;
  /** Mean absolute error in units of what repeating the day before is wrong by within the first half. */
  readonly mase: number;
  /** Targets that were scored. */
  readonly targets: number;
  /** Mean absolute error relative to the seasonal naive forecast that did better in the first half; NaN where that never errs. */
  readonly skill: number;
  /** Share of the targets within the central interval of each level, as `LEVELS`. */
  readonly coverage: readonly number[];
  /** Share of the targets at or below the upper quantile of each level, as `LEVELS`. */
  readonly upper: readonly number[];
  readonly losses: LeadLosses;
  /** The model that weighed most in the end. */
  readonly model: string;
}

/** A lead that was measured: the figures, and what they are made of. */
export interface MeasuredLead {
  readonly figures: LeadAccuracy;
  readonly judgement: LeadJudgement;
  readonly bounds: LeadBounds;
}

/** Forecasts the load at a lead from each origin of a record's second half, and scores it. Refusals and cost: `judgeLead`. */
export function measureLead(
  series: GappedSeries,
  leadMs: number,
  pretrained?: LeadTrees,
): Result<MeasuredLead, LeadRefusal> {
  const judgement = judgeLead(series, leadMs, { pretrained });
  if (!judgement.ok) return judgement;
  const bounds = leadBounds(judgement.value);
  return accept({ figures: leadFigures(judgement.value, bounds), judgement: judgement.value, bounds });
}

/** The figures of what was forecast. */
export function leadFigures(judgement: LeadJudgement, bounds = leadBounds(judgement)): LeadAccuracy {
  const { judged, yardstick, half, scored, before, targets, champion } = judgement;
  const forecast = judged.forecast.subarray(half);
  const error = meanAbsoluteError(scored, forecast);
  return {
    accuracy: accuracyOf(scored, forecast),
    mase: error / seasonalScale(before, judged.day),
    targets,
    skill: error / meanAbsoluteError(scored, yardstick.subarray(half)),
    coverage: bounds.widths.map((widths) => shareHeld(within(judgement, widths))),
    upper: bounds.upper.map((upper) => shareHeld(below(judgement, upper))),
    losses: leadLosses(judgement, bounds),
    model: champion,
  };
}
