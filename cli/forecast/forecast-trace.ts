import { plannedEvents } from '../../loop/events.ts';
import type { Fitter } from '../../loop/fitter.ts';
import { LEDGER_LEVELS } from '../../loop/ledger.ts';
import type { EventRule, LearnedEvent } from '../../models/calendar/event.ts';
import { factorOver } from '../../models/calendar/event-factor.ts';
import { withoutEvents } from '../../models/calendar/without-events.ts';
import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import type { CleanLoad } from '../../models/clean/load.ts';
import { criticalRatio } from '../../models/decide/newsvendor.ts';
import type { CandidateScore } from '../../models/forecast/artefact.ts';
import { peakWithEvents } from '../../models/forecast/event-correction.ts';
import type { ForecastRefusal } from '../../models/forecast/forecaster.ts';
import { predictPeak } from '../../models/forecast/peak.ts';
import type { ForecasterSources } from '../../models/forecast/registry.ts';
import { said } from '../../models/forecast/said.ts';
import { DAYS_OF_ITS_OWN, isYoung } from '../../models/forecast/young.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { endOf, type GappedSeries, type Series } from '../../models/kernel/series.ts';
import type { WorkloadModel } from '../../models/learn/fit-workload.ts';

export interface ForecastTask extends ForecasterSources {
  readonly series: GappedSeries;
  readonly horizonSteps: number;
  readonly windowSteps: number;
  /** Steps of history that are used, the newest ones. */
  readonly historySteps: number;
  readonly shortagePenalty: number;
  /** What moves the load at known times. */
  readonly events?: readonly EventRule[] | undefined;
}

/** A forecast from the end of a trace. Load in the trace's unit per step. */
export interface TraceForecast {
  readonly model: string;
  /** Why this model answers and no other candidate, in words. */
  readonly why?: string;
  readonly fittedSteps: number;
  /** Expected load of steps 1…horizon after the trace. */
  readonly path: readonly number[];
  readonly window: {
    readonly steps: number;
    readonly expectedPeak: number;
    /** Level → load that the peak of the window stays below with that probability. */
    readonly quantiles: Readonly<Record<string, number>>;
    /** The level that the price asks for, and the load at it. */
    readonly level: number;
    readonly loadAtLevel: number;
    /** Levels above this have too few scores to calibrate them; the largest load seen answers there. */
    readonly highestLevel: number;
  };
  readonly scores: readonly CandidateScore[];
  /** What the events were found to do; absent where none was named. */
  readonly events?: readonly Pick<LearnedEvent, 'name' | 'uplift' | 'occurrences'>[];
  /** Outliers that were bridged before the fit; absent where there were none. */
  readonly repaired?: number;
}

/**
 * Fits what the controller would fit and forecasts from the end of the trace; refuses in words. Throws `BadInputError` for
 * names or networks where other groups alone are asked (`isYoung`). Cost: one fit.
 */
export async function forecastTrace(task: ForecastTask, fitter: Fitter): Promise<Result<TraceForecast, string>> {
  const cleaned = cleanedTail(task);
  if (!cleaned.ok) return cleaned;
  const window = fitWindow(cleaned.value);
  if (!window.ok) return refuse(window.refusal.reason);
  const level = criticalRatio(task.shortagePenalty);
  const { windowSteps, horizonSteps } = task;
  const pathSteps = Math.max(horizonSteps, windowSteps);
  const history = window.value;
  requireSay(task, history);
  const fitted = await fitter.fit({
    window: history,
    options: { windowSteps, level, pathSteps },
    standing: undefined,
    networks: task.networks,
    donors: task.donors,
    names: task.names,
    ...(task.events === undefined ? {} : { events: plannedEvents(task.events, spanOf(history, pathSteps)) }),
  });
  if (!fitted.ok) return refuse(`${said(fitted.refusal)}${shortOf(fitted.refusal, history, task)}`);
  return predicted(fitted.value, cleaned.value, { ...task, level, fittedSteps: history.values.length });
}

/** A flag that would be ignored is a misunderstanding: what other groups' errors judge is not chosen among models. */
function requireSay({ donors = [], names, networks }: ForecastTask, history: Series): void {
  const given = [names && '--models', networks && '--weights'].find((flag) => flag !== undefined);
  if (given === undefined || donors.length === 0 || !isYoung(history)) return;
  const hours = Math.floor((history.values.length * history.stepMs) / 3_600_000);
  throw new BadInputError(
    `${given}: ${hours} hours of the load are learned from, and of less than ${DAYS_OF_ITS_OWN} days --donors alone decide; leave one of the two out`,
  );
}

/** A history and the path after it. */
const spanOf = (history: Series, pathSteps: number) => ({
  fromMs: history.startMs,
  toMs: endOf(history) + pathSteps * history.stepMs,
});

function predicted(
  artefact: WorkloadModel,
  cleaned: CleanLoad,
  task: ForecastTask & { readonly level: number; readonly fittedSteps: number },
): Result<TraceForecast, string> {
  const { events = [], stepMs } = artefact;
  const peak = predictPeak(artefact, withoutEvents(cleaned.series, events), task.windowSteps);
  if (!peak.ok) return refuse(peak.refusal.reason);
  const answer = peakWithEvents(peak.value, events, stepMs);
  const lift = (k: number): number =>
    factorOver(events, artefact.fittedAtMs + k * stepMs, artefact.fittedAtMs + (k + 1) * stepMs);
  return accept({
    model: artefact.model,
    ...(artefact.chosen?.why === undefined ? {} : { why: artefact.chosen.why }),
    fittedSteps: task.fittedSteps,
    path: artefact.path.slice(0, task.horizonSteps).map((load, k) => load * lift(k)),
    window: {
      steps: task.windowSteps,
      expectedPeak: answer.expectedPeak,
      quantiles: Object.fromEntries(LEDGER_LEVELS.map((p) => [String(p), answer.quantile(p)])),
      level: task.level,
      loadAtLevel: answer.quantile(task.level),
      highestLevel: answer.highestLevel,
    },
    scores: artefact.scores,
    ...(artefact.repairedSteps === undefined ? {} : { repaired: artefact.repairedSteps }),
    ...(task.events === undefined
      ? {}
      : { events: events.map(({ name, uplift, occurrences }) => ({ name, uplift, occurrences })) }),
  });
}

/** Why a history is too short that might be longer, in words. */
function shortOf(refusal: ForecastRefusal, { values }: Series, { series, historySteps }: ForecastTask): string {
  if (refusal.kind !== 'too-short') return '';
  if (historySteps < refusal.need) return ` (--history leaves ${historySteps} of them)`;
  return values.length < Math.min(historySteps, series.values.length)
    ? ' (nothing before a gap that is too long to bridge is learned from)'
    : '';
}
