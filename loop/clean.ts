import { cleanLoad } from '../models/clean/clean-load.ts';
import type { CleanLoad } from '../models/clean/load.ts';
import { reconstructLoad } from '../models/clean/reconstruct-load.ts';
import { accept, type Result, refuse } from '../models/kernel/result.ts';
import { type Policy, staleAfterSeconds, stepMsOf } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';
import { recentFrom } from './window.ts';

/** Gaps up to this long are filled for the forecast; longer ones end the history that may be learned from. */
const MOST_FILLED_MS = 30 * 60_000;

export const mostFilledSteps = (policy: Policy): number => Math.max(1, Math.floor(MOST_FILLED_MS / stepMsOf(policy)));

/** Second stage: raw samples → total load on a regular grid, or the reason why nothing can be believed. Pure. */
export function clean(inputs: TickInputs): Result<CleanLoad, string> {
  const { policy, readRefusal, samples, inService, model, asOfMs } = inputs;
  // What is stored still counts when one read fails; how old it may be is for the next stages to judge.
  if (readRefusal !== undefined && samples.timestampsMs.length === 0) {
    return refuse(`the load could not be read: ${readRefusal.reason}`);
  }
  const total = inService === undefined ? { samples, censored: undefined } : reconstructLoad(samples, inService);
  const cleaned = cleanLoad(total.samples, {
    stepMs: stepMsOf(policy),
    asOfMs,
    fromMs: recentFrom(policy, asOfMs, model?.fittedAtMs),
    publicationDelayMs: policy.load.publicationDelaySeconds * 1000,
    // A sample that was not read is not a sample that is not there.
    missing: readRefusal === undefined ? policy.load.missing : 'unknown',
    // Silence that was never heard before counts as blindness, for as long as that is borne: the alarm has to hear of it.
    doubtSteps: Math.floor(
      (policy.guards.blindMinutes * 60 + staleAfterSeconds(policy)) / policy.load.metric.periodSeconds,
    ),
    maxFillSteps: mostFilledSteps(policy),
    ...(total.censored === undefined ? {} : { censored: total.censored }),
  });
  return cleaned.ok ? accept(cleaned.value) : refuse(cleaned.refusal.reason);
}
