import type { CleanLoad } from '../models/clean/load.ts';
import { type LoadOutlook, outlookOf } from '../models/forecast/outlook.ts';
import { type PeakForecast, predictPeak } from '../models/forecast/peak.ts';
import { type Result, refuse } from '../models/kernel/result.ts';
import { windowStepsOf } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Third stage: cleaned load → quantiles of the peak over the lead window, or the reason why there are none. Pure. */
export function forecast(inputs: TickInputs, load: Result<CleanLoad, string>): Result<PeakForecast, string> {
  if (!load.ok) return refuse(load.refusal);
  if (inputs.model === undefined) return refuse('no model has been fitted yet');
  const peak = predictPeak(inputs.model, load.value.series, windowStepsOf(inputs.policy));
  return peak.ok ? peak : refuse(peak.refusal.reason);
}

/** The load step by step for a plan of capacity; undefined where the model has none or cannot say. Pure. */
export function outlook(inputs: TickInputs, load: Result<CleanLoad, string>): LoadOutlook | undefined {
  const direct = inputs.model?.direct;
  if (direct === undefined || !load.ok) return undefined;
  const seen = outlookOf(direct, load.value.series, ERROR_INFLATION);
  return seen.ok ? seen.value : undefined;
}

/** Errors of a fit on its own history understate those to come by about this much. */
export const ERROR_INFLATION = 1.08;
