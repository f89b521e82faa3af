import type { Tuned, TuneTerms } from '../../models/forecast/calibrate.ts';
import { type Candidate, candidateOf, chooseChampion } from '../../models/forecast/champion.ts';
import { conformalIndex, peakAt, pinball } from '../../models/forecast/conformal.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { dayOrigins, type HeldOutDay, heldOutDays, peakPairs } from '../../models/forecast/rolling-origin.ts';
import { type Series, slice } from '../../models/kernel/series.ts';

const DAY_MS = 86_400_000;
const LEVEL = 0.95;
const MOST_DAYS = 5;

/** Two leads of five minutes. */
const WINDOW_MS = 600_000;

/** A candidate on one morning: what the days before say of it, and what the day that begins costs it. */
interface Morning extends Candidate {
  readonly cost: number;
}

/** What serving by a rule cost, and how often it changed its champion. */
export interface SwitchRow {
  readonly loss: number;
  readonly changes: number;
  readonly days: number;
}

/** Every morning from the third day on, all candidates. Deterministic; a fit of each candidate a day. */
export function morningsOf(history: Series, forecasters: readonly Forecaster[]): readonly (readonly Morning[])[] {
  const stepsPerDay = Math.round(DAY_MS / history.stepMs);
  const windowSteps = Math.max(2, Math.round(WINDOW_MS / history.stepMs));
  const terms: TuneTerms = { windowSteps, stride: 1, levels: [LEVEL] };
  const days = Math.floor(history.values.length / stepsPerDay);
  return Array.from({ length: Math.max(0, days - 3) }, (_, i) => i + 3).map((day) => {
    const known = slice(history, 0, day * stepsPerDay);
    const origins = dayOrigins(known.values.length, stepsPerDay, Math.min(MOST_DAYS, day - 1));
    return forecasters.flatMap((forecaster) => {
      const held = heldOutDays(known, forecaster, { origins, stepsPerDay, windowSteps, leastDays: 2 });
      const path = forecaster.path(known, stepsPerDay + windowSteps);
      if (!held.ok || !path.ok) return [];
      const candidate = candidateOf(forecaster, held.value, terms);
      const actual = history.values.subarray(known.values.length, known.values.length + stepsPerDay + windowSteps);
      return [{ ...candidate, cost: costOf({ path: path.value, actual }, candidate.tuned, terms) }];
    });
  });
}

/** Mean pinball loss of the day that begins. */
function costOf(day: HeldOutDay, { correction, power, scores }: Tuned, terms: TuneTerms): number {
  const { expected, actual } = peakPairs(day, correction, terms);
  const score = scores[conformalIndex(scores.length, LEVEL)]!;
  return (
    expected.reduce((sum, peak, i) => sum + pinball(actual[i]!, peakAt(peak, score, power), LEVEL), 0) / expected.length
  );
}

/** Serves by choosing anew each morning, the champion in use protected by this price of a change. */
export function switchRow(mornings: readonly (readonly Morning[])[], switchingCost: number): SwitchRow {
  let model: string | undefined;
  let chosenDay = 0;
  let [loss, changes] = [0, 0];
  mornings.forEach((candidates, day) => {
    const heldOut = candidates[0]?.tuned.daily.length ?? 0;
    const unseenDays = Math.min(heldOut, day - chosenDay);
    const standing = model === undefined ? undefined : { model, unseenDays };
    const verdict = chooseChampion(candidates, standing, switchingCost);
    if (verdict === undefined) return;
    const chosen = verdict.champion.forecaster.name;
    if (chosen !== model) {
      if (model !== undefined) changes++;
      model = chosen;
      chosenDay = day;
    }
    loss += candidates.find(({ forecaster }) => forecaster.name === chosen)?.cost ?? 0;
  });
  return { loss, changes, days: mornings.length };
}
