import { withoutEvents } from '../models/calendar/without-events.ts';
import type { CleanLoad } from '../models/clean/load.ts';
import { outlookWithEvents, peakWithEvents } from '../models/forecast/event-correction.ts';
import { type LoadOutlook, outlookOf } from '../models/forecast/outlook.ts';
import { type PeakForecast, predictPeak } from '../models/forecast/peak.ts';
import { accept, type Result, refuse } from '../models/kernel/result.ts';
import { eventsInForce } from './events.ts';
import { windowStepsOf } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Third stage: cleaned load → quantiles of the peak over the lead window, or the reason why there are none. Pure. */
export function forecast(inputs: TickInputs, load: Result<CleanLoad, string>): Result<PeakForecast, string> {
  if (!load.ok) return refuse(load.refusal);
  if (inputs.model === undefined) return refuse('no model has been fitted yet');
  const events = eventsInForce(inputs.policy, inputs.model);
  const { series } = load.value;
  const peak = predictPeak(inputs.model, withoutEvents(series, events), windowStepsOf(inputs.policy));
  return peak.ok ? accept(peakWithEvents(peak.value, events, series.stepMs)) : refuse(peak.refusal.reason);
}

/** The load step by step for a plan of capacity; undefined where the model has none or cannot say. Pure. */
export function outlook(inputs: TickInputs, load: Result<CleanLoad, string>): LoadOutlook | undefined {
  const { model, policy } = inputs;
  if (model?.direct === undefined || !load.ok) return undefined;
  const events = eventsInForce(policy, model);
  const seen = outlookOf(model.direct, withoutEvents(load.value.series, events), ERROR_INFLATION);
  return seen.ok ? outlookWithEvents(seen.value, events) : undefined;
}

/** Errors of a fit on its own history understate those to come by about this much. */
export const ERROR_INFLATION = 1.08;
