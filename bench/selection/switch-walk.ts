import type { Choice } from '../../models/forecast/artefact.ts';
import type { Tuned, TuneTerms } from '../../models/forecast/calibrate.ts';
import { type Candidate, candidateOf } from '../../models/forecast/candidate.ts';
import { chooseChampion } from '../../models/forecast/champion.ts';
import { conformalIndex, peakAt, pinball } from '../../models/forecast/conformal.ts';
import { choiceDue, tuneTermsOf } from '../../models/forecast/fit.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { dayOrigins, type HeldOutDay, heldOutDays, peakPairs } from '../../models/forecast/rolling-origin.ts';
import { endOf, instant, type Series, slice } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 5;

/** The level that a penalty of 20 asks for. */
const LEVEL = 20 / 21;

/** Fifteen minutes, twenty in steps of ten: what a plan looks at beyond a lead of five. */
const WINDOW_MS = 900_000;

/** More mornings than this of one load would say what this load is like. */
const MOST_MORNINGS = 20;

/** What serving by one forecaster costs from a morning on, in the load's unit. */
export interface MorningCost {
  /** Pinball loss of the peak's quantile at the price of 20, on the day that begins. */
  readonly peak: number;
  /** Absolute error of the path of that day, and of 48 hours; the latter NaN where the half ends before. */
  readonly day: number;
  readonly twoDays: number;
}

/** A candidate on one morning: what the days before say of it, and what the days that begin cost it. */
export interface Served extends Candidate {
  readonly cost: MorningCost;
}

/** A day that begins: how many lie before it, and who can serve it. */
export interface Morning {
  readonly day: number;
  readonly candidates: readonly Served[];
}

/** What served on a day, and what that cost. */
export interface ServedDay {
  readonly day: number;
  readonly model: string;
  readonly cost: MorningCost;
}

/** The newest mornings from the third day on, all candidates. Deterministic; a fit of each candidate a day. */
export function morningsOf(history: Series, forecasters: readonly Forecaster[]): readonly Morning[] {
  const stepsPerDay = Math.round(DAY_MS / history.stepMs);
  const windowSteps = Math.max(2, Math.round(WINDOW_MS / history.stepMs));
  const terms = tuneTermsOf(history, { windowSteps, level: LEVEL, pathSteps: 0 });
  const days = Math.floor(history.values.length / stepsPerDay);
  const first = Math.max(2, days - MOST_MORNINGS);
  return Array.from({ length: Math.max(0, days - first) }, (_, i) => first + i).map((day) => {
    const known = slice(history, 0, day * stepsPerDay);
    const origins = dayOrigins(day * stepsPerDay, stepsPerDay, Math.min(MOST_DAYS, day - 1));
    const came = history.values.subarray(day * stepsPerDay);
    const candidates = forecasters.flatMap((forecaster) => {
      const held = heldOutDays(known, forecaster, { origins, stepsPerDay, windowSteps, leastDays: 2 });
      const path = forecaster.path(known, 2 * stepsPerDay);
      if (!held.ok || !path.ok) return [];
      const candidate = candidateOf(forecaster, held.value, terms);
      return [
        { ...candidate, cost: costOf({ path: path.value, actual: came }, candidate.tuned, { terms, stepsPerDay }) },
      ];
    });
    return { day, candidates };
  });
}

function costOf(
  { path, actual }: HeldOutDay,
  { correction, power, scores }: Tuned,
  { terms, stepsPerDay }: { readonly terms: TuneTerms; readonly stepsPerDay: number },
): MorningCost {
  const { windowSteps } = terms;
  const whole = {
    path: path.subarray(0, stepsPerDay + windowSteps),
    actual: actual.subarray(0, stepsPerDay + windowSteps),
  };
  const peaks = peakPairs(whole, correction, terms);
  const score = scores[conformalIndex(scores.length, LEVEL)]!;
  const losses = peaks.expected.map((peak, i) => pinball(peaks.actual[i]!, peakAt(peak, score, power), LEVEL));
  const errorOver = (steps: number): number =>
    actual.length < steps ? Number.NaN : meanAbsoluteError(actual.subarray(0, steps), path);
  return {
    peak: mean(losses),
    day: errorOver(stepsPerDay),
    twoDays: errorOver(2 * stepsPerDay),
  };
}

/** So many days of a load, a step each: what says how long it has been known. */
const daysKnown = (days: number): Series => ({ startMs: instant(0), stepMs: DAY_MS, values: new Float64Array(days) });

/** Chooses when the controller would (`choiceDue`), the champion in use protected by this price of a change. */
export function served(mornings: readonly Morning[], switchingCost?: number): readonly ServedDay[] {
  let last: { readonly model: string; readonly chosen: Choice } | undefined;
  return mornings.flatMap(({ day, candidates }) => {
    const named = (model: string | undefined) => candidates.find(({ forecaster }) => forecaster.name === model);
    const standing = named(last?.model);
    if (last !== undefined && standing !== undefined && !choiceDue(last, daysKnown(day))) {
      return [{ day, model: last.model, cost: standing.cost }];
    }
    const unseenDays = Math.min(candidates[0]?.tuned.daily.length ?? 0, day - (last?.chosen.steps ?? day));
    const verdict = chooseChampion(candidates, last && { model: last.model, unseenDays }, switchingCost);
    const next = named(verdict?.champion.forecaster.name);
    if (next === undefined) return [];
    const model = next.forecaster.name;
    last = { model, chosen: { atMs: endOf(daysKnown(day)), steps: day } };
    return [{ day, model, cost: next.cost }];
  });
}

/** How often what serves changed. */
export const changesIn = (days: readonly ServedDay[]): number =>
  days.filter(({ model }, i) => i > 0 && model !== days[i - 1]!.model).length;

/** What some days cost together; a path of 48 hours that has no end counts for nothing. */
export function costOver(days: readonly ServedDay[]): MorningCost {
  const sum = (of: (cost: MorningCost) => number): number =>
    days.map(({ cost }) => of(cost)).reduce((total, cost) => (Number.isNaN(cost) ? total : total + cost), 0);
  return { peak: sum(({ peak }) => peak), day: sum(({ day }) => day), twoDays: sum(({ twoDays }) => twoDays) };
}
