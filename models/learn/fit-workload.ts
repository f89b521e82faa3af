import type { DetectorMemory } from '../anomaly/memory.ts';
import type { LearnedEvent, PlannedEvent } from '../calendar/event.ts';
import { learnUplifts } from '../calendar/learn-uplift.ts';
import { historyWithoutEvents } from '../calendar/without-events.ts';
import type { ForecastArtefact } from '../forecast/artefact.ts';
import { fitDirect } from '../forecast/direct-regression.ts';
import { choiceDue, type FitOptions, fitArtefact, renewArtefact } from '../forecast/fit.ts';
import type { Forecaster, ForecastRefusal } from '../forecast/forecaster.ts';
import { fitYoung } from '../forecast/transfer/young-fit.ts';
import { isYoung, spansYoung } from '../forecast/young.ts';
import { accept, type Result } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';
import { type ArmTrial, tryArms } from './arm-trial.ts';
import { type ForecastRecord, recordErrors } from './forecast-record.ts';
import { mayReplace } from './refit-gate.ts';
import { trainingHistory } from './training-history.ts';
import type { TrialTerms } from './trial-replay.ts';

/** What is learned of a workload: its forecasts, and which arm of the plan has earned its trust. */
export interface WorkloadModel extends ForecastArtefact {
  readonly trial?: ArmTrial | undefined;
  /** What the direct regressions were off by on load that they had not seen; absent before there is any. */
  readonly record?: ForecastRecord | undefined;
  /** What is usual in the load, to tell what is not; absent where the history is too short for it. */
  readonly memory?: DetectorMemory | undefined;
  /** Steps of the history that the newest fit saw bridged, because they were outliers; absent where there were none. */
  readonly repairedSteps?: number | undefined;
  /** Everything else was fitted to the load without them; absent where the workload has none. */
  readonly events?: readonly LearnedEvent[] | undefined;
}

export interface WorkloadOptions extends FitOptions {
  /** What the arms are replayed with; without it there is no trial, and the band decides. */
  readonly trial?: TrialTerms;
}

/**
 * Fits everything anew: the champion, the direct regression, and the trial of what stood until now. The champion is chosen
 * among all forecasters when that is due (`choiceDue`), or when the standing one cannot be fitted any more. Where the
 * workload has events, their uplifts are learned first and the rest is fitted to the load without them. Fits see short
 * outliers bridged; the trial replays the load as it came. Of a history shorter than two days nothing can be held out: other
 * groups' errors stand in (`fitYoung`).
 * Refuses as `fitArtefact` and `fitYoung` do. Cost: a second; where a choice is due, that of all forecasters on the held-out days.
 */
export function fitWorkload(
  whole: Series,
  options: WorkloadOptions,
  given: {
    readonly forecasters: readonly Forecaster[];
    readonly standing: WorkloadModel | undefined;
    readonly events?: readonly PlannedEvent[] | undefined;
    /** Other groups' histories, up to the same moment or before. */
    readonly donors?: readonly Series[] | undefined;
  },
): Result<WorkloadModel, ForecastRefusal> {
  const { forecasters, standing, events: plannedEvents = [], donors = [] } = given;
  const events = learnUplifts(whole, plannedEvents);
  const history = historyWithoutEvents(whole, plannedEvents, events);
  const { series: repaired, repairedSteps } = trainingHistory(history);
  const judged = { ...(isYoung(repaired) ? withoutPlan(options) : options), asItCame: history.values };
  const renewed =
    standing === undefined || choiceDue(standing, repaired)
      ? undefined
      : renewArtefact(repaired, { standing, options: judged }, forecasters);
  const claiming = standing === undefined || chosenByOthers(standing) ? undefined : standing;
  const anew = (): Result<ForecastArtefact, ForecastRefusal> =>
    donors.length > 0 && isYoung(repaired)
      ? fitYoung(repaired, judged, donors)
      : fitArtefact(repaired, { ...judged, standing: claiming }, forecasters);
  const artefact = renewed?.ok === true ? renewed : anew();
  if (!artefact.ok) return artefact;
  const { events: _older, ...fresh }: WorkloadModel = { ...artefact.value, ...noted(repairedSteps) };
  return accept(tried(events.length === 0 ? fresh : { ...fresh, events }, history, { options, standing }));
}

/**
 * Fits the direct regression alone anew, and tries the arms on what came since its last fit; the choice among forecasters
 * stands, and so do the uplifts of the events, which `events` plans in the same order. Refuses as `fitDirect` does. Cost: 0.1 s.
 */
export function refreshWorkload(
  whole: Series,
  options: WorkloadOptions,
  { standing, events }: { readonly standing: WorkloadModel; readonly events?: readonly PlannedEvent[] | undefined },
): Result<WorkloadModel, ForecastRefusal> {
  if (options.plan === undefined || isYoung(whole)) return accept(standing);
  const history = withoutLearned(whole, standing, events);
  const { series: repaired, repairedSteps } = trainingHistory(history);
  const direct = fitDirect(repaired, options.plan);
  if (!direct.ok) return direct;
  const fresh = { ...standing, direct: direct.value, ...noted(repairedSteps) };
  return accept(tried(fresh, history, { options, standing }));
}

/** A regression of a day knows no other: replayed on the day after, its plan cost up to six times the reactive rule. */
const withoutPlan = ({ plan: _plan, ...rest }: WorkloadOptions): WorkloadOptions => rest;

/** True where other groups' errors stood in when the champion was chosen (`fitYoung`): it has no plan, and no claim to stay. */
export const chosenByOthers = ({ chosen, stepMs }: WorkloadModel): boolean =>
  chosen !== undefined && spansYoung(chosen.steps, stepMs);

/** What stands in a model about repairs: nothing where there were none, also after a fit that had some. */
const noted = (steps: number): Pick<WorkloadModel, 'repairedSteps'> => ({
  repairedSteps: steps === 0 ? undefined : steps,
});

/** A history without the events, by what a standing model has learned of them; those that it does not know stay in it. */
function withoutLearned(history: Series, standing: WorkloadModel, events: readonly PlannedEvent[] = []): Series {
  const learned = new Map(standing.events?.map((event) => [event.id, event]));
  const both = events.flatMap((event) => {
    const known = learned.get(event.id);
    return known === undefined ? [] : [{ event, known }];
  });
  return historyWithoutEvents(
    history,
    both.map(({ event }) => event),
    both.map(({ known }) => known),
  );
}

function tried(
  fresh: WorkloadModel,
  history: Series,
  { options, standing }: { options: WorkloadOptions; standing: WorkloadModel | undefined },
): WorkloadModel {
  const judged = standing?.direct ?? fresh.direct;
  if (judged === undefined || options.trial === undefined) return fresh;
  const { trial, band: priced } = tryArms(history, { direct: judged, trial: standing?.trial }, options.trial);
  const record = standing?.direct && recordErrors(history, { ...standing, direct: standing.direct }, options.trial);
  const refit = fresh.direct !== undefined && standing?.direct !== undefined;
  const gated =
    refit && !mayReplace({ fresh: fresh.direct, standing: standing.direct, priced }, history, options.trial);
  return { ...fresh, trial, ...(record && { record }), direct: gated ? standing.direct : fresh.direct };
}
