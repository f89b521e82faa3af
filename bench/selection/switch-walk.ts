import type { Tuned, TuneTerms } from '../../models/forecast/calibrate.ts';
import { type Candidate, candidateOf } from '../../models/forecast/candidate.ts';
import { chooseChampion } from '../../models/forecast/champion.ts';
import { conformalIndex, peakAt, pinball } from '../../models/forecast/conformal.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { dayOrigins, type HeldOutDay, heldOutDays, peakPairs } from '../../models/forecast/rolling-origin.ts';
import { type Series, slice } from '../../models/kernel/series.ts';

const DAY_MS = 86_400_000;
const LEVEL = 0.95;
const MOST_DAYS = 5;

/** A lead of five minutes and the time that a plan looks beyond it. */
const WINDOW_MS = 900_000;

/** More mornings than this of one load would say what this load is like. */
const MOST_MORNINGS = 20;

/** What serving by one forecaster costs from a morning on, in the load's unit. */
export interface MorningCost {
  /** Pinball loss of the peak's 0.95 quantile over a quarter of an hour, on the day that begins. */
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

/** What serving by a rule cost over all mornings, and how often it changed its champion. */
export interface Serving {
  readonly cost: MorningCost;
  readonly changes: number;
  readonly mornings: number;
}

/** The newest mornings from the third day on, all candidates. Deterministic; a fit of each candidate a day. */
export function morningsOf(history: Series, forecasters: readonly Forecaster[]): readonly Morning[] {
  const stepsPerDay = Math.round(DAY_MS / history.stepMs);
  const windowSteps = Math.max(2, Math.round(WINDOW_MS / history.stepMs));
  const terms: TuneTerms = { windowSteps, stride: 1, levels: [LEVEL] };
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
    peak: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    day: errorOver(stepsPerDay),
    twoDays: errorOver(2 * stepsPerDay),
  };
}

/** Serves by choosing anew each morning, the champion in use protected by this price of a change. */
export function served(mornings: readonly Morning[], switchingCost?: number): Serving {
  let model: string | undefined;
  let chosenAt = 0;
  let changes = 0;
  const costs: MorningCost[] = [];
  mornings.forEach(({ candidates }, k) => {
    const heldOut = candidates[0]?.tuned.daily.length ?? 0;
    const standing = model === undefined ? undefined : { model, unseenDays: Math.min(heldOut, k - chosenAt) };
    const chosen = chooseChampion(candidates, standing, switchingCost)?.champion.forecaster.name;
    const serving = candidates.find(({ forecaster }) => forecaster.name === chosen);
    if (serving === undefined) return;
    if (chosen !== model) {
      if (model !== undefined) changes++;
      model = chosen;
      chosenAt = k;
    }
    costs.push(serving.cost);
  });
  return { cost: summed(costs), changes, mornings: costs.length };
}

function summed(costs: readonly MorningCost[]): MorningCost {
  const sum = (of: (cost: MorningCost) => number): number =>
    costs.map(of).reduce((total, cost) => (Number.isNaN(cost) ? total : total + cost), 0);
  return { peak: sum(({ peak }) => peak), day: sum(({ day }) => day), twoDays: sum(({ twoDays }) => twoDays) };
}
