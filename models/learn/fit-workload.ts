import type { ForecastArtefact } from '../forecast/artefact.ts';
import { fitDirect } from '../forecast/direct-regression.ts';
import { choiceDue, type FitOptions, fitArtefact, renewArtefact } from '../forecast/fit.ts';
import type { Forecaster, ForecastRefusal } from '../forecast/forecaster.ts';
import { accept, type Result } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';
import { type ArmTrial, tryArms } from './arm-trial.ts';
import { mayReplace } from './refit-gate.ts';
import type { TrialTerms } from './trial-replay.ts';

/** What is learned of a workload: its forecasts, and which arm of the plan has earned its trust. */
export interface WorkloadModel extends ForecastArtefact {
  readonly trial?: ArmTrial | undefined;
}

export interface WorkloadOptions extends FitOptions {
  /** What the arms are replayed with; without it there is no trial, and the band decides. */
  readonly trial?: TrialTerms;
}

/**
 * Fits everything anew: the champion, the direct regression, and the trial of what stood until now. The champion is chosen
 * among all forecasters when that is due (`choiceDue`), or when the standing one cannot be fitted any more.
 * Refuses as `fitArtefact` does. Cost: a second; where a choice is due, that of all forecasters on the held-out days.
 */
export function fitWorkload(
  history: Series,
  options: WorkloadOptions,
  given: { readonly forecasters: readonly Forecaster[]; readonly standing: WorkloadModel | undefined },
): Result<WorkloadModel, ForecastRefusal> {
  const { forecasters, standing } = given;
  const renewed =
    standing === undefined || choiceDue(standing, history)
      ? undefined
      : renewArtefact(history, { standing, options }, forecasters);
  const artefact = renewed?.ok === true ? renewed : fitArtefact(history, options, forecasters);
  return artefact.ok ? accept(tried(artefact.value, history, { options, standing })) : artefact;
}

/**
 * Fits the direct regression alone anew, and tries the arms on what came since its last fit; the choice among forecasters
 * stands. Refuses as `fitDirect` does. Cost: 0.1 s.
 */
export function refreshWorkload(
  history: Series,
  options: WorkloadOptions,
  standing: WorkloadModel,
): Result<WorkloadModel, ForecastRefusal> {
  if (options.plan === undefined) return accept(standing);
  const direct = fitDirect(history, options.plan);
  return direct.ok ? accept(tried({ ...standing, direct: direct.value }, history, { options, standing })) : direct;
}

function tried(
  fresh: WorkloadModel,
  history: Series,
  { options, standing }: { options: WorkloadOptions; standing: WorkloadModel | undefined },
): WorkloadModel {
  const judged = standing?.direct ?? fresh.direct;
  if (judged === undefined || options.trial === undefined) return fresh;
  const trial = tryArms(history, { direct: judged, trial: standing?.trial }, options.trial);
  const refit = fresh.direct !== undefined && standing?.direct !== undefined;
  const gated = refit && !mayReplace({ fresh: fresh.direct, standing: standing.direct }, history, options.trial);
  return { ...fresh, trial, direct: gated ? standing.direct : fresh.direct };
}
