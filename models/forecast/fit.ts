import { accept, type Result, refuse } from '../kernel/result.ts';
import { endOf, type Series } from '../kernel/series.ts';
import type { CandidateScore, ForecastArtefact } from './artefact.ts';
import type { TuneTerms } from './calibrate.ts';
import { type Candidate, candidateOf, lossOf } from './candidate.ts';
import { chooseChampion, type Verdict } from './champion.ts';
import { type DirectOptions, fitDirect } from './direct-regression.ts';
import type { Forecaster, ForecastRefusal } from './forecaster.ts';
import { renewedCalibration, strideOf, thinned } from './renewed-calibration.ts';
import { dayOrigins, type HeldOutPlan, heldOutDays } from './rolling-origin.ts';
import { said } from './said.ts';

const DAY_MS = 86_400_000;

/** Held-out days by which a model is judged at least: each day's quantiles come from the others. */
const LEAST_DAYS = 2;

export interface FitOptions {
  /** Lead window in steps. */
  readonly windowSteps: number;
  /** Quantile that the price asks for; the peaks of models are compared there and at its neighbours. */
  readonly level: number;
  /** How far the champion's path shall reach, in steps. */
  readonly pathSteps: number;
  /** Horizons that a plan of capacity looks at; without them no plan is prepared. */
  readonly plan?: DirectOptions;
  /**
   * Days held out one after the other, the newest ones.
   * @default 5
   */
  readonly calibrationDays?: number;
  /**
   * The load of each step as it came, where outliers were bridged in the history that models are fitted to: quantiles are
   * calibrated on what came.
   * @default the history's values
   */
  readonly asItCame?: Float64Array | undefined;
}

/** What a choice among forecasters is made with. */
export interface ChoiceOptions extends FitOptions {
  /** The champion in use, with when it was chosen; none when absent. */
  readonly standing?: Pick<ForecastArtefact, 'model' | 'chosen'> | undefined;
}

/**
 * Chooses among forecasters by rolling origins over the newest days of a history, and fits the best to all of it.
 *
 * Each candidate is refitted before each held-out day and walks through it as the hot path would; the quantile of the
 * peak over the lead window is scored by pinball loss (`calibrate.ts`), the path of the day by its absolute error. One that
 * needs more history than lies before the oldest days is compared on the newest, two at least. The first forecaster is the
 * yardstick, and a change of champion has a price (`champion.ts`). The artefact's calibration holds the champion's scores,
 * all from windows that ended before the fit.
 * Refuses: less than two days of history, and when no forecaster answers.
 * Cost: (held-out days + 1) fits of each forecaster. Deterministic.
 * Source: Tashman, Out-of-sample tests of forecasting accuracy, Int. J. of Forecasting 16 (2000); conformal.ts.
 */
export function fitArtefact(
  history: Series,
  options: ChoiceOptions,
  forecasters: readonly Forecaster[],
): Result<ForecastArtefact, ForecastRefusal> {
  const stepsPerDay = Math.round(DAY_MS / history.stepMs);
  const n = history.values.length;
  const days = Math.min(options.calibrationDays ?? 5, Math.floor(n / stepsPerDay) - 1);
  if (days < 1) return refuse({ kind: 'too-short', have: n, need: 2 * stepsPerDay });
  const { windowSteps, asItCame } = options;
  const origins = dayOrigins(n, stepsPerDay, days);
  const plan = { origins, stepsPerDay, windowSteps, actual: asItCame, leastDays: LEAST_DAYS };
  const terms = tuneTermsOf(history, options);

  const candidates: Candidate[] = [];
  const refused: CandidateScore[] = [];
  for (const forecaster of forecasters) {
    const tried = triedOn(history, forecaster, { plan, terms });
    if (tried.ok) candidates.push(tried.value);
    else refused.push({ model: forecaster.name, pinball: null, pathError: null, refused: tried.refusal, origins: 0 });
  }
  const { standing } = options;
  const verdict = chooseChampion(
    candidates,
    standing && { model: standing.model, unseenDays: unseenDays(history, origins, standing.chosen?.atMs) },
  );
  if (verdict === undefined) {
    const why = refused.map((r) => `${r.model}: ${r.refused}`).join('; ');
    return refuse({ kind: 'no-signal', reason: `no model answered: ${why}` });
  }
  return artefactOf(history, options, { ...verdict, candidates, refused });
}

/** A forecaster with what it was worth on held-out days. Refuses in words: where it declines them, or they cannot judge it. */
function triedOn(
  history: Series,
  forecaster: Forecaster,
  { plan, terms }: { readonly plan: HeldOutPlan; readonly terms: TuneTerms },
): Result<Candidate, string> {
  const held = heldOutDays(history, forecaster, plan);
  if (!held.ok) {
    const before = held.refusal.kind === 'too-short' ? ' before a held-out day' : '';
    return refuse(`${said(held.refusal)}${before}`);
  }
  const candidate = candidateOf(forecaster, held.value, terms);
  return Number.isFinite(candidate.tuned.pinball)
    ? accept(candidate)
    : refuse(`too few of its ${held.value.length} held-out day(s) hold a whole window of ${terms.windowSteps} steps`);
}

/** What candidates are tuned for: the window, and the levels that its price may ask for. */
export const tuneTermsOf = ({ stepMs }: Series, { windowSteps, level }: FitOptions): TuneTerms => ({
  windowSteps,
  stride: strideOf(Math.round(DAY_MS / stepMs)),
  levels: neighbours(level),
});

/** How many held-out days begin after a choice was made; all of them where nobody knows when. */
const unseenDays = ({ startMs, stepMs }: Series, origins: readonly number[], chosenAtMs = startMs): number =>
  origins.filter((origin) => startMs + origin * stepMs >= chosenAtMs).length;

/** A champion, and those that it was chosen among. */
export interface Chosen extends Verdict {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly CandidateScore[];
}

/** What a fit leaves of a champion: its path, and its errors. Refuses where it cannot be fitted. Cost: one fit, and the plan's. */
export function artefactOf(
  history: Series,
  options: FitOptions,
  { champion, why, candidates, refused }: Chosen,
): Result<ForecastArtefact, ForecastRefusal> {
  const path = champion.forecaster.path(history, options.pathSteps);
  if (!path.ok) return path;
  const { tuned } = champion;
  const direct = options.plan === undefined ? undefined : fitDirect(history, options.plan);
  return accept({
    version: 1,
    model: champion.forecaster.name,
    fittedAtMs: endOf(history),
    stepMs: history.stepMs,
    chosen: { atMs: endOf(history), steps: history.values.length, why },
    path: Array.from(path.value),
    correction: tuned.correction,
    calibration: { windowSteps: options.windowSteps, power: tuned.power, scores: Array.from(thinned(tuned.scores)) },
    scores: [...rankedByLoss(candidates).map(scoreOfCandidate), ...refused],
    ...(direct?.ok === true ? { direct: direct.value } : {}),
  });
}

/** A choice stands for a week, or until there is half as much history again. */
const CHOICE_STANDS_MS = 7 * DAY_MS;
const OUTGROWN = 1.5;

/** Whether the choice among forecasters is due again. Pure. */
export function choiceDue({ chosen }: Pick<ForecastArtefact, 'chosen'>, history: Series): boolean {
  if (chosen === undefined) return true;
  return endOf(history) - chosen.atMs >= CHOICE_STANDS_MS || history.values.length >= OUTGROWN * chosen.steps;
}

/**
 * Fits the standing champion to a longer history; the candidates' scores stand until the next choice,
 * and its calibration learns from what came since (`renewedCalibration`).
 * Refuses when the champion is unknown, or cannot be fitted any more. Cost: one fit, and that of the direct regression.
 */
export function renewArtefact(
  history: Series,
  { standing, options }: { readonly standing: ForecastArtefact; readonly options: FitOptions },
  forecasters: readonly Forecaster[],
): Result<ForecastArtefact, ForecastRefusal> {
  const champion = forecasters.find(({ name }) => name === standing.model);
  if (champion === undefined) return refuse({ kind: 'no-signal', reason: `no forecaster "${standing.model}"` });
  const path = champion.path(history, options.pathSteps);
  if (!path.ok) return path;
  const direct = options.plan === undefined ? undefined : fitDirect(history, options.plan);
  const { direct: _older, ...kept } = standing;
  return accept({
    ...kept,
    fittedAtMs: endOf(history),
    path: Array.from(path.value),
    calibration: renewedCalibration(standing, { ...history, values: options.asItCame ?? history.values }),
    ...(direct?.ok === true ? { direct: direct.value } : {}),
  });
}

/** Losses compare where they are those of the same days: first who answered for most, and best first among them. */
const rankedByLoss = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort((a, b) => b.tuned.origins - a.tuned.origins || lossOf(a.tuned.daily) - lossOf(b.tuned.daily));

const scoreOfCandidate = ({ forecaster, tuned }: Candidate): CandidateScore => ({
  model: forecaster.name,
  pinball: tuned.pinball,
  pathError: tuned.pathError,
  refused: null,
  origins: tuned.origins,
});

/** The level asked for, half-way back to the middle of what lies above it, and half-way up: what a price may become. */
function neighbours(level: number): readonly number[] {
  const above = 1 - level;
  return [Math.max(0.5, level - above), level, level + above / 2];
}
