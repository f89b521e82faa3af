import type { CleanLoad } from '../models/clean/load.ts';
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
